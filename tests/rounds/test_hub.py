"""One hub per process: readers hear the latest state, soon, and never an older one."""

import asyncio

import pytest

from listings.rounds import hub as hub_module
from listings.rounds.hub import Hub
from tests.rounds.hub_room import Reader, play, state, ticks

#: The hub asks for no rows here, but its threads let go of their connections as always.
pytestmark = pytest.mark.django_db


@pytest.fixture
def alone(monkeypatch: pytest.MonkeyPatch) -> None:
    """Quick, without Redis and without looks at the database."""
    monkeypatch.setattr(hub_module, "FRAMES_PER_SECOND", 50)

    async def idle(_hub: Hub) -> None:
        await asyncio.sleep(60)

    monkeypatch.setattr(Hub, "_listen", idle)
    monkeypatch.setattr(Hub, "_look", idle)


def test_many_states_in_a_tick_become_one_frame(alone: None) -> None:
    reader = Reader()

    async def scenario(hub: Hub) -> None:
        hub.join(1, reader, shown=state(0))
        await ticks()
        for seq in range(1, 100):
            hub.offer(state(seq))
        await ticks(3)

    play(scenario)
    assert (reader.types(), reader.sequences()) == (["progress"], [99])


def test_an_older_state_is_ignored(alone: None) -> None:
    reader = Reader()

    async def scenario(hub: Hub) -> None:
        hub.join(1, reader, shown=state(5))
        for older in (state(4), state(5), state(5, "scheduled")):
            hub.offer(older)
        await ticks()

    play(scenario)
    assert reader.heard == []


def test_rounds_are_kept_apart_and_leaving_ends_it(alone: None) -> None:
    one, two = Reader(), Reader()

    async def scenario(hub: Hub) -> None:
        hub.join(1, one, shown=state(0))
        hub.join(2, two, shown=state(0, round_id=2))
        hub.offer(state(1))
        await ticks()
        hub.leave(1, one)
        hub.leave(1, one)
        hub.offer(state(2))
        hub.offer(state(3, round_id=2))
        await ticks()
        assert (hub.reader_count(1), hub.reader_count(2)) == (0, 1)

    play(scenario)
    assert (one.sequences(), two.sequences()) == ([1], [3])


def test_who_joins_late_hears_what_they_missed(alone: None) -> None:
    first, late = Reader(), Reader()

    async def scenario(hub: Hub) -> None:
        hub.join(1, first, shown=state(0))
        hub.offer(state(7))
        await ticks()
        hub.join(1, late, shown=state(3))
        await ticks()

    play(scenario)
    assert late.sequences() == [7]


def test_who_knows_more_than_the_hub_tells_it(alone: None) -> None:
    first, late = Reader(), Reader()

    async def scenario(hub: Hub) -> None:
        hub.join(1, first, shown=state(0))
        hub.join(1, late, shown=state(4))
        await ticks()

    play(scenario)
    assert first.sequences() == [4]


def test_an_opening_is_told_even_when_bids_follow_at_once(alone: None) -> None:
    reader = Reader()

    async def scenario(hub: Hub) -> None:
        hub.join(1, reader, shown=state(0, "scheduled"))
        await ticks()
        hub.offer(state(0, "open"))
        hub.offer(state(1, "open"))
        await ticks()
        hub.offer(state(2, "open"))
        await ticks()

    play(scenario)
    assert reader.types() == ["opened", "progress"]


def test_a_reader_who_cannot_be_written_to_keeps_nobody_from_hearing(alone: None) -> None:
    class Broken(Reader):
        def send(self, message: bytes) -> None:
            raise OSError("gone")

    readers = [Reader() for _ in range(20)]

    async def scenario(hub: Hub) -> None:
        for reader in (Broken(), *readers):
            hub.join(1, reader, shown=state(0))
        hub.offer(state(1))
        await ticks()

    play(scenario)
    assert [reader.sequences() for reader in readers] == [[1]] * 20
