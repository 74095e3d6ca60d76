"""Rounds open and close on time, and the sweep repairs what was missed."""

from datetime import datetime, timedelta
from typing import Any

import pytest

from investors.models import Investor
from listings.rounds import operations, tasks
from listings.rounds.models import Round, RoundState
from listings.rounds.operations import place_bid, repair_rounds
from marketplace.lib.outbox.operations import relay
from tests.rounds.stage import assert_books_are_right, bid, cash, scheduled_round

SOON, HOUR = timedelta(minutes=10), timedelta(hours=1)


def state_of(round_: Round) -> str:
    return Round.objects.get(pk=round_.pk).state


def test_a_missed_opening_is_repaired(db: None, now: datetime) -> None:
    round_ = scheduled_round(at=now, opens_in=SOON)
    assert repair_rounds(at=now + SOON - timedelta(seconds=1)) == 0
    assert repair_rounds(at=now + SOON) == 1
    assert state_of(round_) == RoundState.OPEN
    assert repair_rounds(at=now + SOON) == 0


def test_a_missed_closing_is_repaired(round_: Round, ann: Investor, now: datetime) -> None:
    place_bid(round_id=round_.pk, bid=bid(ann, 100_00, at=now), at=now)
    assert repair_rounds(at=now + HOUR) == 1
    assert (state_of(round_), cash(ann)) == (RoundState.FAILED, 8_000_00)
    assert_books_are_right(round_)


def test_a_round_that_was_missed_from_beginning_to_end(db: None, now: datetime) -> None:
    round_ = scheduled_round(at=now, opens_in=SOON)
    assert repair_rounds(at=now + SOON + HOUR) == 1
    assert state_of(round_) == RoundState.FAILED


def test_one_bad_round_stops_no_other(db: None, now: datetime, monkeypatch: pytest.MonkeyPatch) -> None:
    bad, good = scheduled_round(at=now), scheduled_round(at=now)
    original = operations.endings.open_round

    def open_round(*, round_id: int, at: datetime) -> bool:
        if round_id == bad.pk:
            raise RuntimeError("broken")
        return original(round_id=round_id, at=at)

    monkeypatch.setattr(operations.endings, "open_round", open_round)
    assert repair_rounds(at=now) == 1
    assert (state_of(bad), state_of(good)) == (RoundState.SCHEDULED, RoundState.OPEN)


Alarms = list[tuple[str, dict[str, int], datetime]]


@pytest.fixture
def alarms(monkeypatch: pytest.MonkeyPatch) -> Alarms:
    """What is booked instead of sent to a broker."""
    booked: Alarms = []
    for task in (tasks.open_round, tasks.close_round):

        def book(task: Any = task, *, kwargs: dict[str, int], eta: datetime) -> None:
            booked.append((task.name, kwargs, eta))

        monkeypatch.setattr(task, "apply_async", book)
    return booked


def test_scheduling_sets_two_alarms(db: None, now: datetime, alarms: Alarms) -> None:
    round_ = scheduled_round(at=now, opens_in=SOON)
    relay(at=now)
    ids = {"round_id": round_.pk}
    assert alarms == [("rounds.open", ids, round_.opens_at), ("rounds.close", ids, round_.closes_at)]
    relay(at=now)
    assert len(alarms) == 2


def test_an_alarm_that_the_broker_would_repeat_is_set_when_its_time_is_near(
    db: None, today: datetime, alarms: Alarms
) -> None:
    far = scheduled_round(at=today - HOUR, opens_in=HOUR + timedelta(seconds=4), lasts=24 * HOUR)
    scheduled_round(at=today, opens_in=24 * HOUR)
    relay(at=today)
    near = ("rounds.open", {"round_id": far.pk}, far.opens_at)
    assert alarms == [near]
    tasks.repair()
    assert alarms == [near, near]


def test_the_tasks_read_the_clock(round_: Round, ann: Investor, now: datetime) -> None:
    # The round's hour is long over by the real clock.
    assert tasks.open_round(round_id=round_.pk) is True
    assert tasks.close_round(round_id=round_.pk) == RoundState.FAILED
    assert tasks.repair() == 0
