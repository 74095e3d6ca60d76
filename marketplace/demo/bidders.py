"""What investors do in a flash round, and not all of them tidily."""

import asyncio
from collections.abc import Awaitable, Callable
from random import Random
from uuid import uuid4

from marketplace.demo.offers import PASSING, Answer, Answers, Offer
from marketplace.demo.room import Seat

#: How often a bid is sent again that was not decided (the server was busy).
ATTEMPTS = 5
STEP_MINOR = 100_00
MALFORMED = (
    "not even JSON",
    '{"type": "bid"}',
    '{"type": "buy", "amount_minor": 10000}',
    '{"type": "bid", "client_id": "7", "amount_minor": 10000}',
    '{"type": "bid", "client_id": "%(id)s", "amount_minor": 100.5}',
    '{"type": "bid", "client_id": "%(id)s", "amount_minor": -10000}',
    '{"type": "bid", "client_id": "%(id)s", "amount_minor": "10000"}',
    '{"type": "bid", "client_id": "%(id)s", "amount_minor": 10000, "currency": "CNY"}',
    '{"type": "bid", "client_id": "%(id)s", "amount_minor": 99999999999999999999999}',
    '["bid", 10000]',
)

Act = Callable[["Bidder"], Awaitable[None]]


class Bidder:
    """One investor with a seat, and what they are going to do there."""

    def __init__(self, seat: Seat, random: Random, answers: Answers) -> None:
        self.seat = seat
        self.random = random
        self.answers = answers

    async def bid_away(self) -> None:
        """Do everything that was planned, one thing after the other."""
        for act in self._plan():
            await act(self)

    async def ask(self, offer: Offer) -> Answer:
        """Send a bid until it is decided; every answer is kept."""
        for _ in range(ATTEMPTS):
            answer = await self.seat.offer(offer)
            self.answers.all.append(answer)
            if answer.code not in PASSING:
                break
            await asyncio.sleep(0.2)
        return answer

    def new_offer(self, steps: int | None = None) -> Offer:
        """A bid nobody has sent; of some hundred yuan."""
        steps = steps or self.random.randint(2, 14)
        return Offer(self.seat.investor_id, str(uuid4()), steps * STEP_MINOR, self.random.random() < 0.9)

    def _plan(self) -> list[Act]:
        """Three to five things, mostly plain bids."""
        chances = ((plain, 60), (twice, 12), (once_more, 8), (other_amount, 6), (lost, 8), (odd, 3), (mumbles, 6))
        acts, weights = zip(*chances, strict=True)
        return [plain, *self.random.choices(acts, weights, k=self.random.randint(2, 4))]


async def plain(bidder: Bidder) -> None:
    """A bid and its answer."""
    await bidder.ask(bidder.new_offer())


async def twice(bidder: Bidder) -> None:
    """A double click."""
    bidder.answers.duplicates += 1
    bidder.answers.all.extend(await bidder.seat.double_click(bidder.new_offer()))


async def once_more(bidder: Bidder) -> None:
    """The same bid again, after its answer."""
    bidder.answers.duplicates += 1
    offer = bidder.new_offer()
    await bidder.ask(offer)
    await bidder.ask(offer)


async def other_amount(bidder: Bidder) -> None:
    """The same id with another amount."""
    offer = bidder.new_offer()
    if (await bidder.ask(offer)).decides:
        bidder.answers.mismatches += 1
        await bidder.ask(offer._replace(amount_minor=offer.amount_minor + STEP_MINOR))


async def lost(bidder: Bidder) -> None:
    """The connection breaks after a bid was sent and before it was answered; the bid is sent again."""
    bidder.answers.reconnects += 1
    offer = bidder.new_offer()
    await bidder.seat.hand_in(offer)
    if bidder.random.random() < 0.5:
        # Half of the time the bid is on its way; otherwise it may be lost with the connection.
        await asyncio.sleep(0.01)
    bidder.seat.drop()
    await bidder.seat.enter()
    await bidder.seat.missed(after=0)
    await bidder.ask(offer)


async def odd(bidder: Bidder) -> None:
    """Too little, and not a multiple of the step."""
    for amount_minor in (50_00, 250_50):
        offer = bidder.new_offer()._replace(amount_minor=amount_minor)
        await bidder.ask(offer)


async def mumbles(bidder: Bidder) -> None:
    """Something that is no message of the protocol."""
    bidder.answers.malformed_sent += 1
    text = bidder.random.choice(MALFORMED).replace("%(id)s", str(uuid4()))
    refused = await bidder.seat.mumble(text)
    # Not in one line: others count while we wait.
    bidder.answers.malformed_refused += refused
