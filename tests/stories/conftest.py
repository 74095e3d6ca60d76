"""The cast of the stories: Bai borrows 10,000.00, of which Ann lends 6,000.00 and Ben 4,000.00."""

from datetime import date

import pytest

from borrowers.models import Borrower
from investors.models import Investor
from tests import cast
from tests.loans import lend

PAID_OUT = date(2026, 3, 2)


@pytest.fixture
def bai(db: None) -> Borrower:
    """The borrower, with an empty wallet."""
    return cast.borrower("Bai", at=lend.noon(PAID_OUT))


@pytest.fixture
def ann(db: None) -> Investor:
    """Has exactly what she lends."""
    return cast.investor("Ann", at=lend.noon(PAID_OUT), cash_minor=6_000_00)


@pytest.fixture
def ben(db: None) -> Investor:
    """Has exactly what he lends."""
    return cast.investor("Ben", at=lend.noon(PAID_OUT), cash_minor=4_000_00)
