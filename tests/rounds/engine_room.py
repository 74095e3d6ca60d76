"""A group-commit engine on an event loop of its own."""

import asyncio
from collections.abc import Callable
from datetime import datetime
from threading import Barrier

from django.db import connection

from investors.models import Investor
from listings.rounds import engine
from listings.rounds.batch import BidRequest, RoundRow
from listings.rounds.core.allocate import Code
from listings.rounds.operations import Outcome
from tests.rounds.stage import bid

Answers = list[list[Outcome]]


class EngineRoom:
    """Offers bids to an engine and collects what each of them was answered."""

    def __init__(self) -> None:
        self.progress: list[RoundRow] = []
        self.engine = engine.Engine(on_progress=self.progress.append)

    def offer(
        self, round_id: int, bids: list[BidRequest], *, reply: Callable[[Outcome], None] | None = None
    ) -> Answers:
        """Submit all bids in one go and wait until the queue is empty; `reply` is called besides."""
        answers: Answers = [[] for _ in bids]

        def collect(place: list[Outcome]) -> Callable[[Outcome], None]:
            def collected(outcome: Outcome) -> None:
                place.append(outcome)
                if reply is not None:
                    reply(outcome)

            return collected

        async def scenario() -> None:
            for one, place in zip(bids, answers, strict=True):
                self.engine.submit(round_id, one, collect(place))
            while self.engine._running:
                await asyncio.sleep(0.005)

        asyncio.run(asyncio.wait_for(scenario(), 20))
        return answers

    def stop(self) -> None:
        """Let every thread hang up its database connection."""
        all_there = Barrier(engine.PARALLEL_ROUNDS)

        def hang_up() -> None:
            all_there.wait(timeout=10)
            connection.close()

        for _ in range(engine.PARALLEL_ROUNDS):
            self.engine._threads.submit(hang_up)
        self.engine._threads.shutdown()


def codes(answers: Answers) -> list[Code | None]:
    """The code of each bid, which was answered exactly once."""
    assert [len(outcomes) for outcomes in answers] == [1] * len(answers)
    return [outcomes[0].code for outcomes in answers]


def hundreds(who: Investor, count: int, *, at: datetime) -> list[BidRequest]:
    """So many bids of 100.00."""
    return [bid(who, 100_00, at=at) for _ in range(count)]
