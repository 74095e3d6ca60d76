"""Batches, cancellations and closings that meet on the same rows."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import datetime
from functools import partial
from threading import Event
from typing import Any

import pytest

from investors.models import Investor
from listings.rounds import batch
from listings.rounds.core.allocate import Code
from listings.rounds.models import Bid, Round, RoundState
from listings.rounds.operations import BatchResult, cancel_listing, close_round, place_bids
from marketplace.accounts.roles import Role
from tests import cast
from tests.rounds.stage import TARGET_MINOR, assert_books_are_right, behind, bid, cash, scheduled_round
from tests.rounds.threads import at_once, in_background, wait_until_blocked

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def crowd(transactional_db: None, now: datetime) -> list[Investor]:
    return [cast.investor(f"Investor{n}", at=now, cash_minor=5_000_00) for n in range(4)]


def batch_of(round_: Round, people: list[Investor], now: datetime, *, each: int) -> Callable[[], BatchResult]:
    bids = [bid(person, 500_00, at=now) for person in people for _ in range(each)]
    return partial(place_bids, round_id=round_.pk, bids=bids, at=now)


def test_four_batches_at_once_never_oversell(round_: Round, crowd: list[Investor], now: datetime) -> None:
    orders = [crowd, crowd[::-1], crowd[2:] + crowd[:2], crowd]
    results = at_once(*(batch_of(round_, order, now, each=2) for order in orders))
    accepted = [o.accepted_minor for result in results for o in result.outcomes if o.code is None]
    assert sum(accepted) == behind(round_) == TARGET_MINOR
    codes = {o.code for result in results for o in result.outcomes}
    assert codes == {None, Code.SOLD_OUT}
    assert list(Bid.objects.order_by("sequence").values_list("sequence", flat=True)) == list(range(1, 33))
    assert_books_are_right(round_)


def test_two_rounds_at_once_never_overdraw_a_wallet(crowd: list[Investor], now: datetime) -> None:
    rounds = [scheduled_round(at=now, target_minor=20_000_00) for _ in range(2)]
    at_once(*(batch_of(rounds[n % 2], crowd[:: 1 if n < 2 else -1], now, each=3) for n in range(4)))
    assert [cash(person) for person in crowd] == [0, 0, 0, 0]
    assert behind(rounds[0]) + behind(rounds[1]) == 20_000_00
    for round_ in rounds:
        assert_books_are_right(round_)


def test_the_same_client_id_in_two_rounds_at_once(
    crowd: list[Investor], now: datetime, monkeypatch: pytest.MonkeyPatch
) -> None:
    first, second = scheduled_round(at=now), scheduled_round(at=now)
    placed = bid(crowd[0], 500_00, at=now)
    before_storing, go_on = Event(), Event()
    original = batch.insert_bids

    def insert_bids(cursor: Any, row: batch.RoundRow, *args: Any, **kwargs: Any) -> Any:
        if row.id == first.pk:
            before_storing.set()
            assert go_on.wait(10)
        return original(cursor, row, *args, **kwargs)

    monkeypatch.setattr(batch, "insert_bids", insert_bids)
    with ThreadPoolExecutor(2) as pool:
        winner = in_background(pool, partial(place_bids, round_id=first.pk, bids=[placed], at=now))
        assert before_storing.wait(10)
        loser = in_background(pool, partial(place_bids, round_id=second.pk, bids=[placed], at=now))
        wait_until_blocked()
        go_on.set()
        codes = [future.result(10).outcomes[0].code for future in (winner, loser)]
    assert codes == [None, Code.DUPLICATE_MISMATCH]
    assert (Bid.objects.get().round_id, cash(crowd[0])) == (first.pk, 4_500_00)


def test_a_cancellation_between_batches_returns_everything(round_: Round, crowd: list[Investor], now: datetime) -> None:
    staff = cast.staff(Role.OPERATIONS)
    cancel = partial(cancel_listing, listing_id=round_.listing_id, by=staff, at=now, reason="A forged invoice.")
    bids = [batch_of(round_, order, now, each=1) for order in (crowd, crowd[::-1], crowd)]
    at_once(*bids, cancel)
    assert Round.objects.get(pk=round_.pk).state == RoundState.CANCELLED
    assert [cash(person) for person in crowd] == [5_000_00] * 4
    assert behind(round_) == 0
    assert_books_are_right(round_)


def test_two_closings_at_once_return_the_money_once(round_: Round, crowd: list[Investor], now: datetime) -> None:
    batch_of(round_, crowd, now, each=1)()
    close = partial(close_round, round_id=round_.pk, at=round_.closes_at)
    assert at_once(close, close) == [RoundState.FAILED, RoundState.FAILED]
    assert [cash(person) for person in crowd] == [5_000_00] * 4
    assert_books_are_right(round_)
