"""Every read of the ledger: balances now and then, statements, the client-money equation."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime

from django.db import connection
from django.db.models import Case, F, IntegerField, Q, QuerySet, Sum, Value, When, Window

from escrow.chart import CLIENT_LIABILITIES, CLIENT_MONEY_HELD, COSTS, DEBIT_NORMAL, INCOME, OMNIBUS, Kind
from escrow.models import Account, Balance, Entry, Transfer
from marketplace.lib.money import DEFAULT_CURRENCY, Money


class UnknownAccount(LookupError):
    """No account has this code."""


def account_ids(codes: Iterable[str]) -> dict[str, int]:
    """
    Ids by code.

    :raises UnknownAccount: if a code names no account
    """
    wanted = set(codes)
    found = dict(Account.objects.filter(code__in=wanted).values_list("code", "id"))
    if missing := wanted - found.keys():
        raise UnknownAccount(sorted(missing)[0])
    return found


def balance(code: str) -> Money:
    """What an account holds now, on its normal side."""
    return balances([code])[code]


def balances(codes: Iterable[str]) -> dict[str, Money]:
    """
    What accounts hold now, each on its normal side.

    :raises UnknownAccount: if a code names no account
    """
    accounts = {a.code: a for a in Account.objects.filter(code__in=set(codes))}
    if missing := set(codes) - accounts.keys():
        raise UnknownAccount(sorted(missing)[0])
    held = {
        row.account_id: (row.debits_posted_minor, row.credits_posted_minor)
        for row in Balance.objects.filter(account__in=accounts.values())
    }
    omnibus = [a.code for a in accounts.values() if a.kind in OMNIBUS]
    held |= {account_id: (debits, credits) for account_id, debits, credits in totals(omnibus)}
    return {code: _normal(a, *held[a.id]) for code, a in accounts.items()}


def balance_at(code: str, at: datetime) -> Money:
    """What an account held at a past moment: the sum of what was posted until then."""
    account = Account.objects.get(code=code)
    until = Transfer.objects.filter(posted_at__lte=at)
    debits = until.filter(debit_account=account).aggregate(s=Sum("amount_minor"))["s"] or 0
    credits_ = until.filter(credit_account=account).aggregate(s=Sum("amount_minor"))["s"] or 0
    return _normal(account, debits, credits_)


def totals(codes: Iterable[str], *, through_transfer_id: int | None = None) -> list[tuple[int, int, int]]:
    """(account id, debits, credits) summed from each account's last snapshot and the transfers after it."""
    with connection.cursor() as cursor:
        cursor.execute(TOTALS, {"codes": list(codes), "through": through_transfer_id})
        return cursor.fetchall()


TOTALS = """
SELECT a.id, coalesce(s.debits_posted_minor, 0) + d.total, coalesce(s.credits_posted_minor, 0) + c.total
  FROM escrow_account a
  LEFT JOIN LATERAL (SELECT * FROM escrow_balancesnapshot s
                      WHERE s.account_id = a.id AND s.through_transfer_id <= coalesce(%(through)s, s.through_transfer_id)
                      ORDER BY s.through_transfer_id DESC LIMIT 1) s ON true
  CROSS JOIN LATERAL (SELECT coalesce(sum(amount_minor), 0)::bigint AS total FROM escrow_transfer t
                       WHERE t.debit_account_id = a.id AND t.id > coalesce(s.through_transfer_id, 0)
                         AND t.id <= coalesce(%(through)s, t.id)) d
  CROSS JOIN LATERAL (SELECT coalesce(sum(amount_minor), 0)::bigint AS total FROM escrow_transfer t
                       WHERE t.credit_account_id = a.id AND t.id > coalesce(s.through_transfer_id, 0)
                         AND t.id <= coalesce(%(through)s, t.id)) c
 WHERE a.code = ANY(%(codes)s)
"""


def statement(code: str) -> QuerySet[Transfer]:
    """
    An account's transfers, latest first, each with `change_minor` (+ in, - out) and `balance_after_minor`.

    The running balance follows the order of posting (transfer id).
    """
    account = Account.objects.get(code=code)
    sign = -1 if account.kind in DEBIT_NORMAL else 1
    change = Case(
        When(credit_account=account, then=F("amount_minor") * Value(sign)),
        default=F("amount_minor") * Value(-sign),
        output_field=IntegerField(),
    )
    return (
        Transfer.objects.filter(Q(debit_account=account) | Q(credit_account=account))
        .annotate(change_minor=change)
        .annotate(balance_after_minor=Window(Sum("change_minor"), order_by=F("id").asc()))
        .select_related("entry", "debit_account", "credit_account")
        .order_by("-id")
    )


def journal(*, reference: str = "", account: str = "", kind: str = "") -> QuerySet[Entry]:
    """Entries, latest first, narrowed by cause, account code or kind."""
    entries = Entry.objects.prefetch_related("transfers__debit_account", "transfers__credit_account")
    if reference:
        entries = entries.filter(reference__startswith=reference)
    if kind:
        entries = entries.filter(kind=kind)
    if account:
        touched = Transfer.objects.filter(Q(debit_account__code=account) | Q(credit_account__code=account))
        entries = entries.filter(pk__in=touched.values("entry_id"))
    return entries.order_by("-id")


@dataclass(frozen=True)
class EquationLine:
    """One kind of account and the sum of what its accounts hold, on their normal side."""

    kind: Kind
    total: Money


@dataclass(frozen=True)
class Equation:
    """Bank + Stripe = client liabilities + platform income not yet drawn, less costs."""

    held: list[EquationLine]
    liabilities: list[EquationLine]
    income: list[EquationLine]
    costs: list[EquationLine]
    currency: str

    @property
    def held_total(self) -> Money:
        """Client money at the bank and at Stripe."""
        return self._sum(self.held)

    @property
    def owed_total(self) -> Money:
        """What we owe clients, and income not yet drawn, less costs."""
        return self._sum(self.liabilities) + self._sum(self.income) - self._sum(self.costs)

    @property
    def holds(self) -> bool:
        """Say whether the two sides agree to the minor unit."""
        return self.held_total == self.owed_total

    def _sum(self, lines: list[EquationLine]) -> Money:
        return Money(sum(line.total.minor for line in lines), self.currency)


def equation(*, currency: str = DEFAULT_CURRENCY, at: datetime | None = None) -> Equation:
    """The client-money equation in one currency, now or at a past moment."""
    by_kind = dict(_totals_by_kind(currency, at))

    def lines(kinds: Iterable[Kind]) -> list[EquationLine]:
        return [
            EquationLine(kind, Money(by_kind.get(kind, 0), currency)) for kind in Kind if kind in set(kinds)
        ]

    return Equation(
        lines(CLIENT_MONEY_HELD), lines(CLIENT_LIABILITIES), lines(INCOME), lines(COSTS), currency
    )


def _totals_by_kind(currency: str, at: datetime | None) -> Iterator[tuple[Kind, int]]:
    """Client accounts from their counters and omnibus accounts from their transfers, so that the sides are independent."""
    accounts = Account.objects.filter(currency=currency)
    if at is None:
        omnibus = dict(accounts.filter(kind__in=OMNIBUS).values_list("code", "kind"))
        ids = account_ids(omnibus)
        sums = {ids_: (d, c) for ids_, d, c in totals(omnibus)}
        per_kind: dict[str, int] = {}
        for code, kind in omnibus.items():
            debits, credits_ = sums[ids[code]]
            per_kind[kind] = per_kind.get(kind, 0) + (
                debits - credits_ if kind in DEBIT_NORMAL else credits_ - debits
            )
        yield from ((Kind(kind), total) for kind, total in per_kind.items())
        client = Balance.objects.filter(account__currency=currency).values("account__kind")
        for row in client.annotate(total=Sum(F("credits_posted_minor") - F("debits_posted_minor"))):
            yield Kind(row["account__kind"]), int(row["total"])
        return
    until = Transfer.objects.filter(posted_at__lte=at, currency=currency)
    debits_by = dict(until.values_list("debit_account__kind").annotate(s=Sum("amount_minor")))
    credits_by = dict(until.values_list("credit_account__kind").annotate(s=Sum("amount_minor")))
    for kind in Kind:
        net = int(credits_by.get(kind) or 0) - int(debits_by.get(kind) or 0)
        yield kind, -net if kind in DEBIT_NORMAL else net


def _normal(account: Account, debits: int, credits_: int) -> Money:
    net = credits_ - debits
    return Money(int(-net if account.kind in DEBIT_NORMAL else net), account.currency)
