"""
One hub per process: hears how rounds stand, and tells this process's readers a few times a second.

Frames are built once per round and tick, and conflated: a reader gets the latest state, never a backlog. What Redis
loses is made up for by a look at the database every `LOOK_SECONDS`.
"""

import asyncio
import logging
from collections import defaultdict
from time import monotonic, time
from typing import Any, Protocol

import orjson
import redis.asyncio
from channels.db import database_sync_to_async
from django.conf import settings
from redis.exceptions import RedisError

from listings.rounds.broadcast import PREFIX, channel
from listings.rounds.queries import allotments, progress_of

logger = logging.getLogger(__name__)

FRAMES_PER_SECOND = 4
LOOK_SECONDS = 2.0
RECONNECT_SECONDS = 0.5
#: Readers written to before other work gets its turn.
READERS_AT_ONCE = 100

State = dict[str, Any]


class Reader(Protocol):
    """A socket that reads a round."""

    investor_id: int | None

    def send(self, message: bytes) -> None:
        """Write one JSON message, or drop the reader when it is too slow."""


#: How far a round has come: decisions are numbered only while it is live, and a full one may still be cancelled.
STAGES = {"scheduled": 0, "open": 1, "filled": 2, "partly_filled": 2, "failed": 2, "cancelled": 3}
LIVE_STATES = ("scheduled", "open")


class Hub:
    """Readers by round, the latest state of each round, and the loops that keep both together."""

    def __init__(self) -> None:
        self._readers: dict[int, set[Reader]] = defaultdict(set)
        self._latest: dict[int, State] = {}
        #: What to call the next frame of a round: progress, opened or closed.
        self._news: dict[int, str] = {}
        self._loops: list[asyncio.Task[None]] = []
        self._sending: set[asyncio.Task[None]] = set()
        self._redis = redis.asyncio.Redis.from_url(settings.REDIS_URL, socket_connect_timeout=1)

    def join(self, round_id: int, reader: Reader, *, shown: State) -> None:
        """Send this reader every tick's frame, from the state it was shown on; the first one starts the loops."""
        self._readers[round_id].add(reader)
        known = self._latest.setdefault(round_id, shown)
        if _is_newer(known, shown):
            # It came between the reader's look at the database and now: told to everybody once more.
            self._news[round_id] = _news(known, shown, self._news.get(round_id))
        else:
            self.offer(shown)
        if not self._loops:
            loop = asyncio.get_running_loop()
            self._loops = [loop.create_task(each()) for each in (self._tick, self._listen, self._look)]

    async def stop(self) -> None:
        """End the loops and let go of Redis."""
        tasks = [*self._loops, *self._sending]
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)
        self._loops.clear()
        await self._redis.aclose()

    def leave(self, round_id: int, reader: Reader) -> None:
        """Stop sending to a reader."""
        readers = self._readers.get(round_id)
        if readers is None:
            return
        readers.discard(reader)
        if not readers:
            del self._readers[round_id]
            self._latest.pop(round_id, None)

    def reader_count(self, round_id: int) -> int:
        """How many of this process's sockets read a round."""
        return len(self._readers.get(round_id, ()))

    def offer(self, state: State) -> None:
        """Take a newer state of a round; an older one is ignored."""
        round_id = state["round"]
        if round_id in self._readers and _is_newer(state, self._latest.get(round_id)):
            self._news[round_id] = _news(state, self._latest.get(round_id), self._news.get(round_id))
            self._latest[round_id] = state

    def publish(self, state: State) -> None:
        """Offer a state here and to the hubs of all other processes."""
        self.offer(state)
        task = asyncio.get_running_loop().create_task(self._send(state))
        self._sending.add(task)
        task.add_done_callback(self._sending.discard)

    async def _send(self, state: State) -> None:
        try:
            await self._redis.publish(channel(state["round"]), orjson.dumps(state))
        except (RedisError, OSError):
            logger.warning("round %s could not be announced", state["round"])

    async def _tick(self) -> None:
        while True:
            started = monotonic()
            news, self._news = self._news, {}
            for round_id, name in news.items():
                try:
                    await self._tell(round_id, name)
                except Exception:
                    logger.exception("the readers of round %s could not be told", round_id)
            await asyncio.sleep(max(0.0, started + 1 / FRAMES_PER_SECOND - monotonic()))

    async def _tell(self, round_id: int, name: str) -> None:
        state = self._latest.get(round_id)
        if state is None:
            return
        frame = _frame(name, state)
        for count, reader in enumerate(list(self._readers.get(round_id, ())), start=1):
            _hand(reader, frame)
            if count % READERS_AT_ONCE == 0:
                # Bids get their turn in between: many readers slow the ticks down, not the acknowledgements.
                await asyncio.sleep(0)
        if name == "closed":
            await self._tell_results(round_id, state["state"])

    async def _tell_results(self, round_id: int, state: str) -> None:
        """One query for all readers of this process: what each of them was allotted."""
        allotted = dict(await database_sync_to_async(allotments)(round_id))
        for reader in list(self._readers.get(round_id, ())):
            if reader.investor_id is not None:
                total = allotted.get(reader.investor_id, 0) if state in ("filled", "partly_filled") else 0
                result = {"type": "result", "round": round_id, "state": state, "allotted_minor": total}
                _hand(reader, orjson.dumps(result))

    async def _listen(self) -> None:
        while True:
            try:
                async with self._redis.pubsub() as pubsub:
                    await pubsub.psubscribe(f"{PREFIX}*")
                    async for message in pubsub.listen():
                        if message["type"] == "pmessage":
                            self.offer(orjson.loads(message["data"]))
            except (RedisError, OSError):
                logger.warning("the hub lost Redis; trying again")
            except Exception:
                logger.exception("the hub could not use what it heard")
            await asyncio.sleep(RECONNECT_SECONDS)

    async def _look(self) -> None:
        while True:
            await asyncio.sleep(LOOK_SECONDS)
            live = [i for i in self._readers if self._latest.get(i, {}).get("state", "open") in LIVE_STATES]
            if live:
                try:
                    for state in await database_sync_to_async(progress_of)(live):
                        self.offer(state.as_dict())
                except Exception:
                    logger.exception("the hub could not look at the rounds")


def _hand(reader: Reader, message: bytes) -> None:
    """A reader who cannot be written to keeps nobody else from hearing."""
    try:
        reader.send(message)
    except Exception:
        logger.exception("a reader could not be told")


def _news(state: State, known: State | None, waiting: str | None) -> str:
    """An opening or an end is told once, even when progress follows within the same tick."""
    before = known["state"] if known else state["state"]
    if state["state"] not in LIVE_STATES and (waiting == "closed" or before != state["state"]):
        return "closed"
    if state["state"] == "open" and (waiting == "opened" or before == "scheduled"):
        return "opened"
    return "progress"


def _is_newer(state: State, known: State | None) -> bool:
    return known is None or _age(state) > _age(known)


def _age(state: State) -> tuple[int, int]:
    """Decisions only grow in number, and states only move on."""
    return state["seq"], STAGES[state["state"]]


def _frame(name: str, state: State) -> bytes:
    return orjson.dumps({"type": name, "server_ms": int(time() * 1_000), **state})
