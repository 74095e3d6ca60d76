"""Money on a day, as the effective rates see it."""

from dataclasses import dataclass
from datetime import date

from loans.core.errors import CoreError


@dataclass(frozen=True, slots=True)
class CashFlow:
    """An amount in minor units on a day; where the direction matters, money out is negative."""

    on: date
    amount_minor: int


class FlowsOfOneSign(CoreError):
    """Money only goes one way: there is no rate of return."""

    code = "flows_of_one_sign"
    sentence = "a rate needs money going both ways"


class NoRateFits(CoreError):
    """No rate makes these flows balance."""

    code = "no_rate_fits"
    sentence = "no rate balances these flows"
