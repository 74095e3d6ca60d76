"""A round that takes bids, and investors with money."""

from collections.abc import Iterator
from datetime import datetime

import pytest
from django.utils import timezone

from investors.models import Investor
from listings.rounds.models import Round
from tests import cast
from tests.rounds import stage
from tests.rounds.engine_room import EngineRoom


@pytest.fixture
def round_(db: None, now: datetime) -> Round:
    """10,000.00 wanted in steps of 100.00, all or nothing; open from `now` for an hour."""
    return stage.scheduled_round(at=now)


@pytest.fixture
def ann(db: None, now: datetime) -> Investor:
    """Has 8,000.00."""
    return cast.investor("Ann", at=now, cash_minor=8_000_00)


@pytest.fixture
def ben(db: None, now: datetime) -> Investor:
    """Has 8,000.00."""
    return cast.investor("Ben", at=now, cash_minor=8_000_00)


@pytest.fixture
def today() -> datetime:
    """The real clock, for what reads it itself: the engine, the site."""
    return timezone.now()


@pytest.fixture
def open_round(transactional_db: None, today: datetime) -> Round:
    """As `round_`, committed, and open by the real clock."""
    return stage.scheduled_round(at=today)


@pytest.fixture
def rich(transactional_db: None, today: datetime) -> Investor:
    """Has 100,000.00, committed."""
    return cast.investor("Ann", at=today, cash_minor=100_000_00)


@pytest.fixture
def engine_room(transactional_db: None) -> Iterator[EngineRoom]:
    """An engine of this process."""
    room = EngineRoom()
    yield room
    room.stop()
