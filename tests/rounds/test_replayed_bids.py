"""The same client id from the same investor is one bid, for ever."""

from datetime import datetime, timedelta
from typing import Any

import pytest

from investors.models import Investor
from listings.rounds.batch import BidRequest
from listings.rounds.core.allocate import Code
from listings.rounds.models import Bid, Round
from listings.rounds.operations import place_bid, place_bids
from tests import cast
from tests.rounds.stage import assert_books_are_right, bid, cash, scheduled_round


@pytest.fixture
def first(round_: Round, ann: Investor, now: datetime) -> BidRequest:
    """Ann's accepted bid of 3,000.00."""
    placed = bid(ann, 3_000_00, at=now)
    place_bid(round_id=round_.pk, bid=placed, at=now)
    return placed


def test_a_replay_gets_the_same_answer_and_moves_nothing(
    round_: Round, ann: Investor, now: datetime, first: BidRequest
) -> None:
    before = Bid.objects.get()
    outcome = place_bid(round_id=round_.pk, bid=first, at=now + timedelta(minutes=1))
    assert outcome == (first.client_id, None, before.pk, 1, 3_000_00, 5_000_00)
    assert Bid.objects.get().pk == before.pk
    assert_books_are_right(round_)


def test_a_replay_is_answered_after_the_round_has_closed(round_: Round, now: datetime, first: BidRequest) -> None:
    outcome = place_bid(round_id=round_.pk, bid=first, at=now + timedelta(days=1))
    assert (outcome.code, outcome.accepted_minor) == (None, 3_000_00)


@pytest.mark.parametrize("change", [{"amount_minor": 3_100_00}, {"allow_partial": False}])
def test_the_same_id_with_other_content_is_a_mismatch(
    round_: Round, ann: Investor, now: datetime, first: BidRequest, change: dict[str, Any]
) -> None:
    outcome = place_bid(round_id=round_.pk, bid=first._replace(**change), at=now)
    assert (outcome.code, outcome.bid_id, outcome.sequence) == (Code.DUPLICATE_MISMATCH, 0, 0)
    assert (Bid.objects.count(), cash(ann)) == (1, 5_000_00)


def test_the_same_id_in_another_round_is_a_mismatch(ann: Investor, now: datetime, first: BidRequest) -> None:
    other = scheduled_round(at=now)
    assert place_bid(round_id=other.pk, bid=first, at=now).code == Code.DUPLICATE_MISMATCH
    assert (Bid.objects.count(), cash(ann)) == (1, 5_000_00)


def test_the_same_id_from_another_investor_is_another_bid(
    round_: Round, ben: Investor, now: datetime, first: BidRequest
) -> None:
    outcome = place_bid(round_id=round_.pk, bid=first._replace(investor_id=ben.pk), at=now)
    assert (outcome.code, outcome.accepted_minor) == (None, 3_000_00)
    assert Bid.objects.count() == 2


def test_a_refusal_stays_a_refusal(round_: Round, ann: Investor, now: datetime) -> None:
    poor = bid(ann, 9_000_00, at=now)
    assert place_bid(round_id=round_.pk, bid=poor, at=now).code == Code.INSUFFICIENT_FUNDS
    cast.deposit(ann, 5_000_00, at=now)
    outcome = place_bid(round_id=round_.pk, bid=poor, at=now)
    assert (outcome.code, outcome.sequence) == (Code.INSUFFICIENT_FUNDS, 1)
    assert cash(ann) == 13_000_00


def test_twins_in_one_batch_are_one_bid(round_: Round, ann: Investor, ben: Investor, now: datetime) -> None:
    twin = bid(ann, 1_000_00, at=now)
    batch = [twin, bid(ben, 100_00, at=now), twin, twin._replace(amount_minor=2_000_00)]
    outcomes = place_bids(round_id=round_.pk, bids=batch, at=now).outcomes
    assert [o.code for o in outcomes] == [None, None, None, Code.DUPLICATE_MISMATCH]
    assert [o.sequence for o in outcomes] == [1, 2, 1, 0]
    assert (Bid.objects.count(), cash(ann)) == (2, 7_000_00)
    assert_books_are_right(round_)


def test_old_and_new_bids_in_one_batch(round_: Round, ann: Investor, now: datetime, first: BidRequest) -> None:
    outcomes = place_bids(round_id=round_.pk, bids=[bid(ann, 200_00, at=now), first], at=now).outcomes
    assert [(o.sequence, o.accepted_minor) for o in outcomes] == [(2, 200_00), (1, 3_000_00)]
    assert cash(ann) == 4_800_00
