"""
Penalty for paying late (罚息): overdue rate = contract rate x (1 + uplift), per day on what is overdue.

penalty = Σ over days after grace of overdue balance x rate x (1 + uplift) / 360, the balance cut at every
payment. Source: the documents' penalty rates ("uplift on the contract rate", daily = annual/360).
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from fractions import Fraction
from itertools import pairwise

from loans.core.buckets import Allocation, Component
from loans.core.errors import GraceTooLong, RateBelowZero
from loans.core.rounding import round_minor
from loans.core.schedule import Instalment


@dataclass(frozen=True, slots=True, kw_only=True)
class PenaltyTerms:
    """
    What was agreed about paying late: rate and uplift as shares (an uplift of 0.5 makes 12 % into 18 %).

    The first `grace_days` after a due date cost nothing, also later on.

    :raises RateBelowZero: if rate or uplift is negative
    :raises GraceTooLong: if the grace is negative
    """

    annual_rate: Decimal
    uplift: Decimal
    grace_days: int = 0
    on_interest: bool = False
    days_in_year: int = 360

    def __post_init__(self) -> None:
        for rate in (self.annual_rate, self.uplift):
            if not rate.is_finite() or rate < 0:
                raise RateBelowZero(rate=rate)
        if self.grace_days < 0:
            raise GraceTooLong(grace=self.grace_days, periods=1)

    @property
    def daily_rate(self) -> Fraction:
        """The penalty on one unit overdue for one day."""
        return Fraction(self.annual_rate) * (1 + Fraction(self.uplift)) / self.days_in_year


def penalty_accrued_minor(row: Instalment, *, paid: Iterable[Allocation], terms: PenaltyTerms, day: date) -> int:
    """
    The penalty an instalment has made up to `day`, paid or not, rounded once (half-even).

    `paid` are this instalment's allocations; a payment counts from its day on: due on the 1st and paid on
    the 5th makes four days.
    """
    bearing = {Component.PRINCIPAL, Component.INTEREST} if terms.on_interest else {Component.PRINCIPAL}
    reductions = [a for a in paid if a.number == row.number and a.bucket.component in bearing]
    owed = row.principal_minor + (row.interest_minor if terms.on_interest else 0)
    start = row.due_on + timedelta(days=terms.grace_days)
    cuts = sorted({start, day, *(a.on for a in reductions if start < a.on < day)}) if start < day else []
    minor_days = sum(
        (owed - sum(a.amount_minor for a in reductions if a.on <= since)) * (until - since).days
        for since, until in pairwise(cuts)
    )
    return round_minor(minor_days * terms.daily_rate)


def penalty_owed_minor(row: Instalment, *, paid: Iterable[Allocation], terms: PenaltyTerms, day: date) -> int:
    """The penalty accrued up to `day` less the penalties paid by then; never below zero."""
    mine = [a for a in paid if a.number == row.number and a.on <= day]
    settled = sum(a.amount_minor for a in mine if a.bucket.component is Component.PENALTY)
    return max(0, penalty_accrued_minor(row, paid=mine, terms=terms, day=day) - settled)
