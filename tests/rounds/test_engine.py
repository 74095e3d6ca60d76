"""The group-commit engine: what comes together is committed together, and a full queue says so."""

from datetime import datetime
from typing import Any

import pytest

from investors.models import Investor
from listings.rounds import commit, engine
from listings.rounds.batch import BidRequest
from listings.rounds.core.allocate import Code
from listings.rounds.models import Bid, Round
from listings.rounds.operations import place_bids
from tests.rounds.engine_room import EngineRoom, codes, hundreds
from tests.rounds.stage import assert_books_are_right, bid, scheduled_round


@pytest.fixture
def batches(monkeypatch: pytest.MonkeyPatch) -> list[int]:
    """The sizes of the batches placed."""
    sizes: list[int] = []

    def counted(*, round_id: int, bids: list[BidRequest], at: datetime) -> Any:
        sizes.append(len(bids))
        return place_bids(round_id=round_id, bids=bids, at=at)

    monkeypatch.setattr(commit, "place_bids", counted)
    return sizes


def test_bids_that_come_together_are_committed_together(
    engine_room: EngineRoom, open_round: Round, rich: Investor, today: datetime, batches: list[int]
) -> None:
    assert codes(engine_room.offer(open_round.pk, hundreds(rich, 30, at=today))) == [None] * 30
    assert batches == [30]
    assert [row.funded_minor for row in engine_room.progress] == [3_000_00]
    assert_books_are_right(open_round)


def test_a_lone_bid_is_committed_at_once(
    engine_room: EngineRoom, open_round: Round, rich: Investor, today: datetime, batches: list[int]
) -> None:
    engine_room.offer(open_round.pk, hundreds(rich, 1, at=today))
    engine_room.offer(open_round.pk, hundreds(rich, 1, at=today))
    assert batches == [1, 1]


def test_a_batch_has_a_largest_size(
    engine_room: EngineRoom,
    open_round: Round,
    rich: Investor,
    today: datetime,
    batches: list[int],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(engine, "LARGEST_BATCH", 10)
    engine_room.offer(open_round.pk, hundreds(rich, 25, at=today))
    assert batches == [10, 10, 5]
    assert Bid.objects.count() == 25


def test_a_full_queue_says_busy_and_stores_nothing(
    engine_room: EngineRoom, open_round: Round, rich: Investor, today: datetime, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(engine, "LONGEST_QUEUE", 5)
    bids = hundreds(rich, 8, at=today)
    assert codes(engine_room.offer(open_round.pk, bids)) == [None] * 5 + [Code.BUSY] * 3
    assert Bid.objects.count() == 5
    assert engine_room.engine.queue_depth == 0
    assert codes(engine_room.offer(open_round.pk, bids[5:])) == [None] * 3


def test_rounds_have_queues_of_their_own(
    engine_room: EngineRoom, open_round: Round, rich: Investor, today: datetime, batches: list[int]
) -> None:
    other = scheduled_round(at=today)
    engine_room.offer(open_round.pk, hundreds(rich, 2, at=today))
    engine_room.offer(other.pk, hundreds(rich, 3, at=today))
    assert [row.id for row in engine_room.progress] == [open_round.pk, other.pk]
    assert batches == [2, 3]


def test_the_bid_that_fills_the_round_tells_so(
    engine_room: EngineRoom, open_round: Round, rich: Investor, today: datetime
) -> None:
    answers = engine_room.offer(open_round.pk, [bid(rich, 9_900_00, at=today), bid(rich, 300_00, at=today)])
    assert [outcomes[0].accepted_minor for outcomes in answers] == [9_900_00, 100_00]
    assert engine_room.progress[-1].state == "filled"
