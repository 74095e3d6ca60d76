"""A round takes bids from its second on, whoever notices first, and never after its end."""

from datetime import datetime, timedelta

from investors.models import Investor
from listings.models import Move
from listings.rounds.core.allocate import Code
from listings.rounds.models import Round, RoundMove, RoundState
from listings.rounds.operations import close_round, open_round, place_bid
from marketplace.lib.outbox.models import Event
from tests.rounds.stage import bid, cash, scheduled_round

SOON = timedelta(minutes=10)


def test_a_bid_before_the_opening_is_refused(ann: Investor, now: datetime) -> None:
    round_ = scheduled_round(at=now, opens_in=SOON)
    at = now + SOON - timedelta(microseconds=1)
    assert place_bid(round_id=round_.pk, bid=bid(ann, 100_00, at=at), at=at).code == Code.NOT_OPEN
    round_.refresh_from_db()
    assert (round_.state, cash(ann)) == (RoundState.SCHEDULED, 8_000_00)


def test_the_first_bid_at_the_opening_second_opens_the_round(ann: Investor, now: datetime) -> None:
    round_ = scheduled_round(at=now, opens_in=SOON)
    at = now + SOON
    assert place_bid(round_id=round_.pk, bid=bid(ann, 100_00, at=at), at=at).code is None
    round_.refresh_from_db()
    assert (round_.state, round_.listing.state) == (RoundState.OPEN, "open")
    assert RoundMove.objects.values_list("from_state", "to_state", "by_label", "at").get() == (
        "scheduled", "open", "system", at,
    )  # fmt: skip
    assert Event.objects.filter(name="round.open", payload={"round_id": round_.pk}).count() == 1


def test_a_bid_at_the_closing_second_is_too_late(round_: Round, ann: Investor) -> None:
    at = round_.closes_at
    assert place_bid(round_id=round_.pk, bid=bid(ann, 100_00, at=at), at=at).code == Code.NOT_OPEN
    assert cash(ann) == 8_000_00


def test_a_bid_on_a_closed_round_is_refused(round_: Round, ann: Investor) -> None:
    close_round(round_id=round_.pk, at=round_.closes_at)
    late = round_.closes_at + SOON
    assert place_bid(round_id=round_.pk, bid=bid(ann, 100_00, at=late), at=late).code == Code.NOT_OPEN
    assert cash(ann) == 8_000_00


def test_a_full_round_says_sold_out(now: datetime, ann: Investor, ben: Investor) -> None:
    small = scheduled_round(at=now, target_minor=500_00)
    place_bid(round_id=small.pk, bid=bid(ann, 500_00, at=now), at=now)
    assert place_bid(round_id=small.pk, bid=bid(ben, 100_00, at=now), at=now).code == Code.SOLD_OUT
    assert cash(ben) == 8_000_00


def test_opening_twice_is_opening_once(db: None, now: datetime) -> None:
    round_ = scheduled_round(at=now, opens_in=SOON)
    assert open_round(round_id=round_.pk, at=now) is False
    assert open_round(round_id=round_.pk, at=now + SOON) is True
    assert open_round(round_id=round_.pk, at=now + SOON) is False
    assert RoundMove.objects.count() == 1
    assert Move.objects.filter(listing=round_.listing_id, name="open").count() == 1
