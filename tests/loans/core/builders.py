"""Short ways to write terms, schedules and allocations in these tests: 12,000.00 at 12 % over 12 months."""

from dataclasses import replace
from datetime import date
from decimal import Decimal
from typing import Any

from loans.core.buckets import Allocation, Bucket
from loans.core.penalty import PenaltyTerms
from loans.core.terms import Terms

PAID_OUT = date(2024, 1, 10)
#: 12 % + half = 18 % a year, 0.05 % a day: 5 fen a day on 100.00.
PENALTY = PenaltyTerms(annual_rate=Decimal("0.12"), uplift=Decimal("0.5"))
STANDARD = Terms(principal_minor=1_200_000, annual_rate=Decimal("0.12"), periods=12, paid_out_on=PAID_OUT)


def terms(**changes: Any) -> Terms:
    """The standard terms with some changed."""
    return replace(STANDARD, **changes)


def paid(number: int, bucket: Bucket, amount_minor: int, on: date) -> Allocation:
    """One allocation."""
    return Allocation(number, bucket, amount_minor, on)
