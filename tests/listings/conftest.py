"""The two borrowers."""

from datetime import datetime

import pytest

from borrowers.models import Borrower
from tests import cast


@pytest.fixture
def bai(db: None, now: datetime) -> Borrower:
    """Who asks for the money."""
    return cast.borrower("Bai", at=now)


@pytest.fixture
def cheng(db: None, now: datetime) -> Borrower:
    """Who has nothing to do with it."""
    return cast.borrower("Cheng", at=now)
