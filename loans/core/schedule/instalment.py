"""One row of a repayment schedule."""

from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True, slots=True, kw_only=True)
class Instalment:
    """
    What falls due on one day, in minor units.

    `days` are calendar days since the row before (the first: since interest starts); `opening_minor` and
    `closing_minor` are the principal owed before and after it if everything is paid as agreed.
    """

    number: int
    due_on: date
    days: int
    opening_minor: int
    principal_minor: int
    interest_minor: int
    fee_minor: int
    closing_minor: int

    @property
    def total_minor(self) -> int:
        """Principal, interest and fee together."""
        return self.principal_minor + self.interest_minor + self.fee_minor
