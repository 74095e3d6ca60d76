"""The group-commit engine when something breaks: every bid is answered, once, and nothing is done twice."""

from collections.abc import Callable
from datetime import datetime
from typing import Any

import psycopg
import pytest
from django.db import connection

from investors.models import Investor
from listings.rounds import batch, commit
from listings.rounds.batch import BidRequest
from listings.rounds.core.allocate import Code
from listings.rounds.models import Bid, Round
from listings.rounds.operations import BatchResult, Outcome, place_bids
from tests.rounds.engine_room import EngineRoom, codes, hundreds
from tests.rounds.stage import assert_books_are_right, behind, bid

END_OTHERS = """
SELECT pg_terminate_backend(pid) FROM pg_stat_activity
 WHERE datname = current_database() AND usename = current_user AND pid <> pg_backend_pid()
"""


def end_other_sessions() -> None:
    """As if the database server had been restarted, for everybody but this thread."""
    with connection.cursor() as cursor:
        cursor.execute(END_OTHERS)


def end_own_session() -> None:
    """The thread's own connection dies under it."""
    raw: psycopg.Connection[Any] = connection.connection
    with psycopg.connect(raw.info.dsn, password=raw.info.password, autocommit=True) as other:
        other.execute("SELECT pg_terminate_backend(%s)", [raw.info.backend_pid])


def once(fault: Callable[[], None], then: Callable[..., Any], *, before: bool) -> Callable[..., Any]:
    """`then` with a fault right before or after its first call."""
    calls: list[int] = []

    def broken(*args: Any, **kwargs: Any) -> Any:
        calls.append(1)
        if before and len(calls) == 1:
            fault()
        result = then(*args, **kwargs)
        if not before and len(calls) == 1:
            fault()
        return result

    return broken


def test_a_connection_lost_between_batches(
    engine_room: EngineRoom, open_round: Round, rich: Investor, today: datetime
) -> None:
    assert codes(engine_room.offer(open_round.pk, hundreds(rich, 3, at=today))) == [None] * 3
    end_other_sessions()
    assert codes(engine_room.offer(open_round.pk, hundreds(rich, 3, at=today))) == [None] * 3
    assert (Bid.objects.count(), behind(open_round)) == (6, 600_00)


@pytest.mark.parametrize("line", ["decided_before", "insert_bids", "update_round"])
def test_a_connection_lost_in_mid_batch(
    engine_room: EngineRoom,
    open_round: Round,
    rich: Investor,
    today: datetime,
    monkeypatch: pytest.MonkeyPatch,
    line: str,
) -> None:
    monkeypatch.setattr(batch, line, once(end_own_session, getattr(batch, line), before=True))
    assert codes(engine_room.offer(open_round.pk, hundreds(rich, 5, at=today))) == [None] * 5
    assert (Bid.objects.count(), behind(open_round)) == (5, 500_00)
    assert_books_are_right(open_round)


def test_a_connection_lost_after_an_unseen_commit(
    engine_room: EngineRoom, open_round: Round, rich: Investor, today: datetime, monkeypatch: pytest.MonkeyPatch
) -> None:
    def lose_the_answer() -> None:
        raise psycopg.OperationalError("the connection is lost")

    monkeypatch.setattr(commit, "place_bids", once(lose_the_answer, place_bids, before=False))
    assert codes(engine_room.offer(open_round.pk, hundreds(rich, 5, at=today))) == [None] * 5
    assert (Bid.objects.count(), behind(open_round)) == (5, 500_00)


def test_a_database_that_stays_away_is_busy_and_the_bid_may_come_again(
    engine_room: EngineRoom, open_round: Round, rich: Investor, today: datetime, monkeypatch: pytest.MonkeyPatch
) -> None:
    def away(**_: Any) -> BatchResult:
        raise psycopg.OperationalError("connection refused")

    bids = hundreds(rich, 3, at=today)
    with monkeypatch.context() as patch:
        patch.setattr(commit, "place_bids", away)
        assert codes(engine_room.offer(open_round.pk, bids)) == [Code.BUSY] * 3
    assert codes(engine_room.offer(open_round.pk, bids)) == [None] * 3


@pytest.mark.parametrize(
    "poison",
    [
        lambda at: BidRequest(999_999_999, "00000000-0000-0000-0000-000000000001", 100_00, True, at),
        lambda at: BidRequest(1, "not a uuid", 100_00, True, at),
    ],
    ids=["an investor without a wallet", "a client id the database refuses"],
)
def test_a_poisoned_bid_spoils_no_other(
    engine_room: EngineRoom,
    open_round: Round,
    rich: Investor,
    today: datetime,
    poison: Callable[[datetime], BidRequest],
) -> None:
    good = hundreds(rich, 4, at=today)
    answers = engine_room.offer(open_round.pk, [*good[:2], poison(today), *good[2:]])
    assert codes(answers) == [None, None, Code.BUSY, None, None]
    assert (Bid.objects.count(), behind(open_round)) == (4, 400_00)


def test_a_reader_who_cannot_be_told_keeps_nobody_from_hearing(
    engine_room: EngineRoom, open_round: Round, rich: Investor, today: datetime
) -> None:
    bids = hundreds(rich, 3, at=today)

    def reply(outcome: Outcome) -> None:
        if outcome.client_id == bids[0].client_id:
            raise ConnectionError("gone")

    assert codes(engine_room.offer(open_round.pk, bids, reply=reply)) == [None] * 3


def test_an_engine_goes_on_after_a_failure_nobody_thought_of(
    engine_room: EngineRoom, open_round: Round, rich: Investor, today: datetime, monkeypatch: pytest.MonkeyPatch
) -> None:
    bids = [bid(rich, 100_00, at=today)]
    with monkeypatch.context() as patch:
        patch.setattr(commit, "place_bids", lambda **_: 1 / 0)
        assert codes(engine_room.offer(open_round.pk, bids)) == [Code.BUSY]
    assert codes(engine_room.offer(open_round.pk, bids)) == [None]
