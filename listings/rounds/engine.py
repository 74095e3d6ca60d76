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

from django.db import DatabaseError, InterfaceError, OperationalError, connection
from django.utils import timezone

from listings.rounds.batch import BidRequest, RoundRow
from listings.rounds.core.allocate import Code
from listings.rounds.operations import Outcome, place_bids
from marketplace.lib.errors import Refused

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
            reply(_busy(bid))
            return
        queue.append(Waiting(bid, reply))
        if round_id not in self._running:
            self._running.add(round_id)
            task = asyncio.get_running_loop().create_task(self._drain(round_id, queue))
            self._tasks.add(task)
            task.add_done_callback(self._tasks.discard)

    async def _drain(self, round_id: int, queue: deque[Waiting]) -> None:
        loop = asyncio.get_running_loop()
        try:
            while queue:
                waiting = [queue.popleft() for _ in range(min(len(queue), LARGEST_BATCH))]
                outcomes, row = await loop.run_in_executor(self._threads, _commit, round_id, waiting)
                for (_bid, reply), outcome in zip(waiting, outcomes, strict=True):
                    reply(outcome)
                if row is not None:
                    self._on_progress(row)
        finally:
            self._running.discard(round_id)
            if not queue:
                self._queues.pop(round_id, None)


def _commit(round_id: int, waiting: list[Waiting]) -> tuple[list[Outcome], RoundRow | None]:
    """
    Commit one batch in this thread; if the database fails it, try once more, then each bid by itself.

    The second try is safe even when the first one was committed unseen: every bid finds its own answer again.
    """
    bids = [bid for bid, _reply in waiting]
    for attempt in (1, 2):
        try:
            result = place_bids(round_id=round_id, bids=bids, at=timezone.now())
            return result.outcomes, result.round
        except (OperationalError, InterfaceError):
            logger.warning(
                "batch of %d for round %d failed (attempt %d)", len(bids), round_id, attempt, exc_info=True
            )
            connection.close()
        except (DatabaseError, Refused, LookupError):
            logger.exception("batch of %d for round %d", len(bids), round_id)
            break
    if len(waiting) == 1:
        return [_busy(bids[0])], None
    alone = [_commit(round_id, [one]) for one in waiting]
    return [outcomes[0] for outcomes, _row in alone], alone[-1][1]


def _busy(bid: BidRequest) -> Outcome:
    """Not decided and not stored: the client may send it again under the same id."""
    return Outcome(bid.client_id, Code.BUSY, 0, 0, 0, 0)
