"""
The group-commit engine: bids of a round that arrive while a batch is being committed become the next batch.

One engine per process, on the event loop; batches run in threads, one at a time per round, rounds in parallel.
Nothing is acknowledged before its commit. A full queue answers `busy` at once.
"""

import asyncio
import logging
from collections import deque
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from typing import NamedTuple

from listings.rounds.batch import BidRequest, RoundRow
from listings.rounds.commit import Committed, all_busy, busy, commit
from listings.rounds.operations import Outcome

logger = logging.getLogger(__name__)

LARGEST_BATCH = 1_000
LONGEST_QUEUE = 20_000
#: Batches committed at once by one process.
PARALLEL_ROUNDS = 4

Reply = Callable[[Outcome], None]
Listener = Callable[[RoundRow], None]


class Waiting(NamedTuple):
    """A bid in the queue and who waits for its outcome."""

    bid: BidRequest
    reply: Reply


class Engine:
    """Queues bids by round, commits them in batches and hands each its outcome."""

    def __init__(self, *, on_progress: Listener) -> None:
        self._queues: dict[int, deque[Waiting]] = {}
        self._running: set[int] = set()
        self._tasks: set[asyncio.Task[None]] = set()
        self._on_progress = on_progress
        self._threads = ThreadPoolExecutor(PARALLEL_ROUNDS, thread_name_prefix="bids")

    @property
    def queue_depth(self) -> int:
        """Bids waiting for a batch."""
        return sum(map(len, self._queues.values()))

    def submit(self, round_id: int, bid: BidRequest, reply: Reply) -> None:
        """Queue a bid; `reply` is called on the event loop once it is decided, or at once when too many wait."""
        queue = self._queues.setdefault(round_id, deque())
        if len(queue) >= LONGEST_QUEUE:
            reply(busy(bid))
            return
        queue.append(Waiting(bid, reply))
        if round_id not in self._running:
            self._running.add(round_id)
            task = asyncio.get_running_loop().create_task(self._drain(round_id, queue))
            self._tasks.add(task)
            task.add_done_callback(self._tasks.discard)

    async def _drain(self, round_id: int, queue: deque[Waiting]) -> None:
        while queue:
            waiting = [queue.popleft() for _ in range(min(len(queue), LARGEST_BATCH))]
            self._tell(waiting, await self._committed(round_id, waiting))
        self._running.discard(round_id)
        self._queues.pop(round_id, None)

    async def _committed(self, round_id: int, waiting: list[Waiting]) -> Committed:
        """Every bid gets an outcome, whatever goes wrong on the way."""
        bids = [bid for bid, _reply in waiting]
        try:
            return await asyncio.get_running_loop().run_in_executor(self._threads, commit, round_id, bids)
        except Exception:
            logger.exception("batch of %d for round %d", len(bids), round_id)
            return all_busy(bids)

    def _tell(self, waiting: list[Waiting], committed: Committed) -> None:
        """A reader who cannot be told keeps nobody else from hearing."""
        for (bid, reply), outcome in zip(waiting, committed.outcomes, strict=True):
            try:
                reply(outcome)
            except Exception:
                logger.exception("the outcome of bid %s could not be told", bid.client_id)
        if committed.round is not None:
            try:
                self._on_progress(committed.round)
            except Exception:
                logger.exception("progress of round %d could not be told", committed.round.id)
