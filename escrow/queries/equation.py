"""The client-money equation: what we hold at the bank and at Stripe is what we owe."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime

from django.db import connection

from escrow.chart import CLIENT_LIABILITIES, CLIENT_MONEY_HELD, COSTS, DEBIT_NORMAL, INCOME, Kind
from marketplace.lib.money import DEFAULT_CURRENCY, Money


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
    net = _net_credits_now(currency) if at is None else _net_credits_at(currency, at)

    def lines(kinds: Collection[Kind]) -> list[EquationLine]:
        return [
            EquationLine(kind, Money(_on_normal_side(kind, net.get(kind, 0)), currency))
            for kind in Kind
            if kind in kinds
        ]

    return Equation(lines(CLIENT_MONEY_HELD), lines(CLIENT_LIABILITIES), lines(INCOME), lines(COSTS), currency)


# Client accounts from their counters and omnibus accounts from their transfers, so that the sides are independent;
# one statement, so that a posting in between cannot appear on one side only.
NET_NOW = """
SELECT kind, sum(net)::bigint FROM (
    SELECT a.kind, b.credits_posted_minor - b.debits_posted_minor AS net
      FROM escrow_balance b JOIN escrow_account a ON a.id = b.account_id WHERE a.currency = %(currency)s
    UNION ALL
    SELECT kind, credits_posted_minor - debits_posted_minor FROM escrow_omnibus_total
     WHERE currency = %(currency)s) accounts
 GROUP BY kind
"""
NET_AT = """
SELECT a.kind, sum(net)::bigint FROM (
    SELECT debit_account_id AS account_id, -amount_minor AS net FROM escrow_transfer WHERE posted_at <= %(at)s
    UNION ALL
    SELECT credit_account_id, amount_minor FROM escrow_transfer WHERE posted_at <= %(at)s) sides
  JOIN escrow_account a ON a.id = sides.account_id WHERE a.currency = %(currency)s
 GROUP BY a.kind
"""


def _net_credits_now(currency: str) -> dict[str, int]:
    with connection.cursor() as cursor:
        cursor.execute(NET_NOW, {"currency": currency})
        return dict(cursor.fetchall())


def _net_credits_at(currency: str, at: datetime) -> dict[str, int]:
    with connection.cursor() as cursor:
        cursor.execute(NET_AT, {"currency": currency, "at": at})
        return dict(cursor.fetchall())


def _on_normal_side(kind: Kind, net_credits_minor: int) -> int:
    return -net_credits_minor if kind in DEBIT_NORMAL else net_credits_minor
