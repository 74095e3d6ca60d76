"""A loan of 10,000.00 held by Ann (6,000.00) and Ben (4,000.00): 12 % a year, six instalments from 2 April 2026."""

from datetime import datetime

import pytest

from borrowers.models import Borrower
from investors.models import Investor
from listings.models import Listing
from loans.models import Loan
from tests import cast
from tests.loans import lend


@pytest.fixture
def bai(db: None, now: datetime) -> Borrower:
    """The borrower."""
    return cast.borrower("Bai", at=now)


@pytest.fixture
def ann(db: None, now: datetime) -> Investor:
    """Lends 6,000.00."""
    return cast.investor("Ann", at=now, cash_minor=6_000_00)


@pytest.fixture
def ben(db: None, now: datetime) -> Investor:
    """Lends 4,000.00."""
    return cast.investor("Ben", at=now, cash_minor=4_000_00)


@pytest.fixture
def listing(bai: Borrower, ann: Investor, ben: Investor, now: datetime) -> Listing:
    """Funded and signed, not paid out."""
    return lend.contracted_listing([(ann, 6_000_00), (ben, 4_000_00)], at=now, borrower=bai)


@pytest.fixture
def loan(bai: Borrower, ann: Investor, ben: Investor, now: datetime) -> Loan:
    """Paid out on 2 March 2026; instalments of 1,725.48, the last of 1,725.51. Bai has 9,600.00."""
    return lend.running_loan([(ann, 6_000_00), (ben, 4_000_00)], at=now, borrower=bai)
