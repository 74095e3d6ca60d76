"""A hub on an event loop of its own, and readers that keep what they hear."""

import asyncio
from collections.abc import Callable, Coroutine
from typing import Any

import orjson
from channels.db import database_sync_to_async
from django.db import connection

from listings.rounds import hub as hub_module
from listings.rounds.hub import Hub
from listings.rounds.queries import Progress

State = dict[str, Any]


class Reader:
    """Keeps what it hears."""

    def __init__(self, investor_id: int | None = None) -> None:
        self.investor_id = investor_id
        self.heard: list[State] = []

    def send(self, message: bytes) -> None:
        self.heard.append(orjson.loads(message))

    def types(self) -> list[str]:
        return [message["type"] for message in self.heard]

    def sequences(self) -> list[int]:
        return [message["seq"] for message in self.heard if "seq" in message]


def state(seq: int, name: str = "open", round_id: int = 1) -> State:
    return Progress(round_id, seq, name, "CNY", 1_000, seq, 1_000 - seq, seq, "", "").as_dict()


def play(scenario: Callable[[Hub], Coroutine[Any, Any, None]]) -> None:
    """Run a scenario with a hub."""

    async def whole() -> None:
        hub = Hub()
        try:
            await asyncio.wait_for(scenario(hub), 10)
        finally:
            await hub.stop()
            await database_sync_to_async(_hang_up)()

    asyncio.run(whole())


def _hang_up() -> None:
    """The thread of its looks at the database outlives the loop."""
    connection.close()


async def until(true: Callable[[], bool]) -> None:
    """Wait until something is so; the scenario's own time limit ends it."""
    while not true():
        await asyncio.sleep(0.01)


async def ticks(count: int = 2) -> None:
    await asyncio.sleep(count / hub_module.FRAMES_PER_SECOND + 0.01)
