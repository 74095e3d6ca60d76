"""Money moves on the day it is where the books are kept, not on the day it is in Greenwich."""

from datetime import UTC, date, datetime, timedelta

import pytest

from escrow.models import Entry
from listings.rounds.operations import close_round, place_bid
from tests import cast
from tests.rounds.stage import bid, scheduled_round

pytestmark = pytest.mark.django_db

#: Already the 3rd in Shanghai.
EVENING_OF_THE_2ND = datetime(2026, 3, 2, 20, 0, tzinfo=UTC)


def test_bids_and_their_return_are_booked_on_the_platforms_day() -> None:
    round_ = scheduled_round(at=EVENING_OF_THE_2ND)
    ann = cast.investor("Ann", at=EVENING_OF_THE_2ND, cash_minor=1_000_00)

    place_bid(round_id=round_.pk, bid=bid(ann, 1_000_00, at=EVENING_OF_THE_2ND), at=EVENING_OF_THE_2ND)
    close_round(round_id=round_.pk, at=EVENING_OF_THE_2ND + timedelta(hours=2))

    moved = Entry.objects.filter(kind__in=["bid", "bids_returned"])
    assert {entry.kind: entry.value_date for entry in moved} == {
        "bid": date(2026, 3, 3),
        "bids_returned": date(2026, 3, 3),
    }
