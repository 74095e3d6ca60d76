"""Where the hub hears from: other processes by Redis, and the database when Redis is away."""

import asyncio
from datetime import datetime

import pytest
from channels.db import database_sync_to_async
from django.test.utils import override_settings

from investors.models import Investor
from listings.rounds import hub as hub_module
from listings.rounds.broadcast import announce
from listings.rounds.hub import Hub
from listings.rounds.models import Round
from listings.rounds.operations import close_round, open_round, place_bid, place_bids
from listings.rounds.queries import progress
from tests import cast
from tests.rounds.hub_room import Reader, State, play, until
from tests.rounds.stage import bid, scheduled_round

NOWHERE = "redis://127.0.0.1:9/0"


@pytest.fixture(autouse=True)
def _quick(transactional_db: None, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(hub_module, "FRAMES_PER_SECOND", 50)
    monkeypatch.setattr(hub_module, "RECONNECT_SECONDS", 0.05)


@pytest.fixture
def now_known(open_round: Round) -> State:
    return progress(open_round.pk).as_dict()


def test_another_process_is_heard(
    open_round: Round, rich: Investor, today: datetime, now_known: State, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(hub_module, "LOOK_SECONDS", 60)
    reader = Reader()
    place_bid(round_id=open_round.pk, bid=bid(rich, 300_00, at=today), at=today)

    async def scenario(hub: Hub) -> None:
        hub.join(open_round.pk, reader, shown=now_known)
        while not reader.heard:  # until the hub listens, what is said is lost
            await database_sync_to_async(announce)(open_round.pk)
            await asyncio.sleep(0.05)

    play(scenario)
    assert (reader.types(), reader.heard[0]["funded_minor"]) == (["opened"], 300_00)


def test_hubs_tell_each_other(open_round: Round, now_known: State, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(hub_module, "LOOK_SECONDS", 60)
    reader = Reader()

    async def scenario(hub: Hub) -> None:
        hub.join(open_round.pk, reader, shown=now_known)
        other = Hub()
        while not reader.heard:
            other.publish({**now_known, "seq": 5})
            await asyncio.sleep(0.05)
        await other.stop()

    play(scenario)
    assert reader.sequences() == [5]


@override_settings(REDIS_URL=NOWHERE)
def test_without_redis_the_database_is_looked_at(
    open_round: Round, rich: Investor, today: datetime, now_known: State, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(hub_module, "LOOK_SECONDS", 0.05)
    reader = Reader()
    place_bid(round_id=open_round.pk, bid=bid(rich, 300_00, at=today), at=today)

    async def scenario(hub: Hub) -> None:
        hub.join(open_round.pk, reader, shown=now_known)
        hub.publish(now_known)
        await until(lambda: bool(reader.heard))

    play(scenario)
    assert reader.heard[0]["remaining_minor"] == 9_700_00


@override_settings(REDIS_URL=NOWHERE)
def test_a_round_opens_fills_and_everybody_hears_their_share(today: datetime, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(hub_module, "LOOK_SECONDS", 0.05)
    round_ = scheduled_round(at=today, target_minor=1_000_00)
    ann, ben = (cast.investor(name, at=today, cash_minor=1_000_00) for name in ("Ann", "Ben"))
    readers = [Reader(ann.pk), Reader(ben.pk), Reader(), Reader(ben.pk + 1)]
    shown = progress(round_.pk).as_dict()
    bids = [bid(ann, 700_00, at=today), bid(ben, 500_00, at=today)]

    async def scenario(hub: Hub) -> None:
        for reader in readers:
            hub.join(round_.pk, reader, shown=shown)
        await database_sync_to_async(open_round_now)(round_, today)
        await until(lambda: len(readers[0].heard) == 1)
        await database_sync_to_async(place_bids)(round_id=round_.pk, bids=bids, at=today)
        await until(lambda: len(readers[3].heard) == 3)

    play(scenario)
    assert [reader.types() for reader in readers] == [
        ["opened", "closed", "result"], ["opened", "closed", "result"], ["opened", "closed"],
        ["opened", "closed", "result"],
    ]  # fmt: skip
    assert [reader.heard[-1].get("allotted_minor") for reader in readers] == [700_00, 300_00, None, 0]


def open_round_now(round_: Round, at: datetime) -> None:
    open_round(round_id=round_.pk, at=at)


@override_settings(REDIS_URL=NOWHERE)
def test_a_failed_round_allots_nothing(
    open_round: Round, rich: Investor, today: datetime, now_known: State, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(hub_module, "LOOK_SECONDS", 0.05)
    place_bid(round_id=open_round.pk, bid=bid(rich, 300_00, at=today), at=today)
    close_round(round_id=open_round.pk, at=open_round.closes_at)
    reader = Reader(rich.pk)

    async def scenario(hub: Hub) -> None:
        hub.join(open_round.pk, reader, shown=now_known)
        await until(lambda: len(reader.heard) == 2)

    play(scenario)
    assert [(m["type"], m["state"]) for m in reader.heard] == [("closed", "failed"), ("result", "failed")]
    assert reader.heard[-1]["allotted_minor"] == 0
