"""The trial balance: every account on its side, and the two sides agree."""

from dataclasses import dataclass
from datetime import datetime

from django.db import connection

from escrow.chart import Kind
from marketplace.lib.money import Money


@dataclass(frozen=True, slots=True)
class TrialLine:
    """One account of the platform's own (`code`), or all accounts of a kind that belong to parties (no code)."""

    kind: Kind
    code: str
    accounts: int
    debit: Money
    credit: Money


@dataclass(frozen=True, slots=True)
class TrialBalance:
    """The lines of one currency."""

    currency: str
    lines: list[TrialLine]

    @property
    def debit_total(self) -> Money:
        """The sum of the debit side."""
        return Money(sum(line.debit.minor for line in self.lines), self.currency)

    @property
    def credit_total(self) -> Money:
        """The sum of the credit side."""
        return Money(sum(line.credit.minor for line in self.lines), self.currency)

    @property
    def agrees(self) -> bool:
        """Say whether the sides are equal to the minor unit."""
        return self.debit_total == self.credit_total


LINES = """
SELECT a.currency, a.kind, CASE WHEN a.owner_type = '' THEN a.code ELSE '' END AS own_code,
       count(*), coalesce(sum(s.net), 0)::bigint
  FROM escrow_account a
  LEFT JOIN (SELECT account_id, sum(net) AS net FROM (
                SELECT debit_account_id AS account_id, -amount_minor AS net FROM escrow_transfer
                 WHERE posted_at <= coalesce(%(at)s, posted_at)
                UNION ALL
                SELECT credit_account_id, amount_minor FROM escrow_transfer
                 WHERE posted_at <= coalesce(%(at)s, posted_at)) sides
              GROUP BY account_id) s ON s.account_id = a.id
 GROUP BY 1, 2, 3
"""


def trial_balance(*, at: datetime | None = None) -> list[TrialBalance]:
    """
    The trial balance of each currency, now or at a past moment, that moment included.

    Summed from the transfers alone, so that it is independent of the counters.
    """
    with connection.cursor() as cursor:
        cursor.execute(LINES, {"at": at})
        rows = cursor.fetchall()
    order = list(Kind.values)
    rows.sort(key=lambda row: (row[0], order.index(row[1]), row[2]))
    currencies = sorted({row[0] for row in rows})
    return [TrialBalance(c, [_line(*row) for row in rows if row[0] == c]) for c in currencies]


def _line(currency: str, kind: str, code: str, accounts: int, net_credits_minor: int) -> TrialLine:
    nothing, net = Money(0, currency), Money(abs(net_credits_minor), currency)
    debit, credit = (net, nothing) if net_credits_minor < 0 else (nothing, net)
    return TrialLine(Kind(kind), code, accounts, debit, credit)
