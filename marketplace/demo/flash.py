"""The flash round: hundreds of investors in the live room, who bid all at once."""

import asyncio
from collections.abc import Callable, Mapping, Sequence
from datetime import datetime
from random import Random
from time import perf_counter

from django.utils import timezone

from investors.models import Investor
from marketplace.demo.bidders import Bidder
from marketplace.demo.offers import Answers
from marketplace.demo.room import Room, Seat

HANDSHAKES_AT_ONCE = 40


def flash_round(
    room: Room,
    investors: Sequence[Investor],
    *,
    sessions: Mapping[int, str],
    opens_at: datetime,
    seed: int,
    on_seat: Callable[[], None],
    on_done: Callable[[], None],
) -> Answers:
    """
    Seat everybody, wait for the second, let them bid; what they were answered.

    :param on_seat: called when another investor is connected
    :param on_done: called when an investor has done everything they came for
    """
    answers = Answers()
    bidders = [
        Bidder(Seat(room, investor.pk, sessions[investor.pk]), Random(f"{seed}:{number}"), answers)
        for number, investor in enumerate(investors)
    ]
    asyncio.run(_play(bidders, answers, opens_at=opens_at, on_seat=on_seat, on_done=on_done))
    return answers


async def _play(
    bidders: Sequence[Bidder],
    answers: Answers,
    *,
    opens_at: datetime,
    on_seat: Callable[[], None],
    on_done: Callable[[], None],
) -> None:
    gate = asyncio.Semaphore(HANDSHAKES_AT_ONCE)

    async def enter(bidder: Bidder) -> None:
        async with gate:
            await bidder.seat.enter()
        on_seat()

    async def bid(bidder: Bidder) -> None:
        await bidder.bid_away()
        on_done()

    first, *others = bidders
    try:
        await enter(first)
        # Who is first cannot wait for the second, and is told so.
        await first.ask(first.new_offer())
        await asyncio.gather(*(enter(bidder) for bidder in others))
        await asyncio.sleep(max(0.0, (opens_at - timezone.now()).total_seconds()))
        started = perf_counter()
        await asyncio.gather(*(bid(bidder) for bidder in bidders))
        answers.seconds = perf_counter() - started
    finally:
        await asyncio.gather(*(bidder.seat.leave() for bidder in bidders))
