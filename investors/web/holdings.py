"""An investor's shares of loans with what they brought so far."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.db.models import Sum

from investors.models import Investor
from loans.models import Loan
from loans.queries import participations_of
from marketplace.lib.money import Money


@dataclass(frozen=True, slots=True)
class Holding:
    """One share: what was lent, what is still to come back, and the interest that reached the wallet."""

    loan: Loan
    lent: Money
    outstanding: Money
    interest: Money


def as_holdings(participations: Iterable[Any]) -> list[Holding]:
    """Rows of `loans.queries.participations_of` in money."""
    return [
        Holding(
            loan=row.loan,
            lent=Money(row.principal_minor, row.loan.currency),
            outstanding=Money(row.outstanding_minor, row.loan.currency),
            interest=Money(row.interest_minor - row.service_fee_minor, row.loan.currency),
        )
        for row in participations
    ]


def latest_holdings(investor: Investor, *, count: int) -> list[Holding]:
    """The newest shares."""
    return as_holdings(participations_of(investor.pk)[:count])


def outstanding_to(investor: Investor) -> Money:
    """Principal of all shares that is still to come back."""
    shares = participations_of(investor.pk).order_by()
    return Money(shares.aggregate(total=Sum("outstanding_minor", default=0))["total"])
