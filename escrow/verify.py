"""The proof that the ledger is right: recomputed from transfers alone, one finding per broken rule."""

from collections.abc import Iterator
from dataclasses import dataclass

from django.db import connection

from escrow.models import Account
from escrow.queries import equation


@dataclass(frozen=True)
class Finding:
    """A broken rule and one example of what breaks it."""

    rule: str
    detail: str


#: Each returns the rows that break the rule; none when the ledger is right.
CHECKS = {
    "counters equal the transfers": """
        SELECT a.code, b.debits_posted_minor, coalesce(d.total, 0), b.credits_posted_minor, coalesce(c.total, 0)
          FROM escrow_balance b JOIN escrow_account a ON a.id = b.account_id
          LEFT JOIN (SELECT debit_account_id AS id, sum(amount_minor) AS total FROM escrow_transfer GROUP BY 1) d
                 ON d.id = b.account_id
          LEFT JOIN (SELECT credit_account_id AS id, sum(amount_minor) AS total FROM escrow_transfer GROUP BY 1) c
                 ON c.id = b.account_id
         WHERE b.debits_posted_minor <> coalesce(d.total, 0) OR b.credits_posted_minor <> coalesce(c.total, 0)""",
    "every client account has its counters": """
        SELECT a.code FROM escrow_account a LEFT JOIN escrow_balance b ON b.account_id = a.id
         WHERE b.account_id IS NULL AND a.kind NOT IN ('bank', 'stripe', 'costs', 'chargebacks', 'fees')""",
    "no client account is below zero": """
        SELECT a.code FROM escrow_balance b JOIN escrow_account a ON a.id = b.account_id
         WHERE b.credits_posted_minor < b.debits_posted_minor""",
    "no client account was ever below zero": """
        SELECT a.code, s.id, s.balance FROM (
            SELECT account_id, id, sum(change) OVER (PARTITION BY account_id ORDER BY id) AS balance FROM (
                SELECT debit_account_id AS account_id, id, -amount_minor AS change FROM escrow_transfer
                UNION ALL
                SELECT credit_account_id, id, amount_minor FROM escrow_transfer) sides) s
          JOIN escrow_account a ON a.id = s.account_id JOIN escrow_balance b ON b.account_id = s.account_id
         WHERE s.balance < 0 LIMIT 3""",
    "every transfer belongs to an entry": """
        SELECT t.id FROM escrow_transfer t LEFT JOIN escrow_entry e ON e.id = t.entry_id WHERE e.id IS NULL""",
    "every entry has all its transfers": """
        SELECT e.id, e.transfer_count, count(t.id) FROM escrow_entry e
          LEFT JOIN escrow_transfer t ON t.entry_id = e.id
         GROUP BY e.id HAVING count(t.id) <> e.transfer_count""",
    "every entry names its cause": """
        SELECT id FROM escrow_entry WHERE reference = '' OR kind = ''""",
    "every transfer is between known accounts of its currency": """
        SELECT t.id FROM escrow_transfer t
          LEFT JOIN escrow_account d ON d.id = t.debit_account_id
          LEFT JOIN escrow_account c ON c.id = t.credit_account_id
         WHERE d.currency IS DISTINCT FROM t.currency OR c.currency IS DISTINCT FROM t.currency""",
    "every transfer is an allowed one": """
        SELECT t.id, t.purpose FROM escrow_transfer t
          JOIN escrow_account d ON d.id = t.debit_account_id JOIN escrow_account c ON c.id = t.credit_account_id
          LEFT JOIN escrow_allowedtransfer a
                 ON a.purpose = t.purpose AND a.debit_kind = d.kind AND a.credit_kind = c.kind
         WHERE a.id IS NULL""",
    "every snapshot equals the transfers": """
        SELECT a.code, s.through_transfer_id FROM escrow_balancesnapshot s
          JOIN escrow_account a ON a.id = s.account_id
         WHERE (s.debits_posted_minor, s.credits_posted_minor) <>
               ((SELECT coalesce(sum(amount_minor), 0) FROM escrow_transfer t
                  WHERE t.debit_account_id = s.account_id AND t.id <= s.through_transfer_id),
                (SELECT coalesce(sum(amount_minor), 0) FROM escrow_transfer t
                  WHERE t.credit_account_id = s.account_id AND t.id <= s.through_transfer_id))""",
    "a frozen flag follows the last freeze or release": """
        SELECT a.code FROM escrow_balance b JOIN escrow_account a ON a.id = b.account_id
         WHERE b.is_frozen <> coalesce((SELECT f.is_frozen FROM escrow_freeze f WHERE f.account_id = b.account_id
                                         ORDER BY f.id DESC LIMIT 1), false)""",
}


def verify_ledger() -> list[Finding]:
    """Recompute the whole ledger; an empty list means that it is right."""
    return [*_broken_rules(), *_broken_equations()]


def _broken_rules() -> Iterator[Finding]:
    with connection.cursor() as cursor:
        for rule, query in CHECKS.items():
            cursor.execute(query)
            rows = cursor.fetchmany(3)
            yield from (Finding(rule, ", ".join(map(str, row))) for row in rows)


def _broken_equations() -> Iterator[Finding]:
    for currency in Account.objects.values_list("currency", flat=True).distinct():
        sides = equation(currency=currency)
        if not sides.holds:
            yield Finding("client money held equals client money owed", f"{sides.held_total} and {sides.owed_total}")
