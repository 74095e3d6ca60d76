"""Ordinary rounds: some investors bid over HTTP, others from the live room."""

import asyncio
from collections.abc import Mapping, Sequence
from random import Random
from time import perf_counter
from uuid import uuid4

import httpx
from django.conf import settings
from django.utils.crypto import get_random_string

from investors.models import Investor
from listings.rounds.models import Round
from marketplace.demo.offers import Answer, Answers, Offer
from marketplace.demo.room import PATIENCE, Room, Seat
from marketplace.demo.wallets import is_poor

STEP_MINOR = 100_00
LARGEST_STEPS = 40
#: Ordinary rounds are offered a little more than they need.
OVER_OFFERED_PERCENT = 115
AT_ONCE = 8
#: An answer of the HTTP API that carries `accepted` or `refused`.
ANSWERED = frozenset({200, 409, 429})


def offers_for(found: Round, investors: Sequence[Investor], random: Random, *, percent: int) -> list[Offer]:
    """
    Bids of random people and sizes; those of people with money sum to at least `percent` of the round's target.

    :param investors: in the order of the cast, which says who is poor
    """
    offers, covered_minor = [], 0
    while covered_minor * 100 < found.target_minor * percent:
        number, amount_minor = random.randrange(len(investors)), random.randint(1, LARGEST_STEPS) * STEP_MINOR
        offers.append(Offer(investors[number].pk, str(uuid4()), amount_minor))
        covered_minor += 0 if is_poor(number) else amount_minor
    return offers


def fund(site: str, found: Round, offers: Sequence[Offer], *, sessions: Mapping[int, str]) -> Answers:
    """Bring in the offers, every second one over HTTP, the others over WebSocket."""
    return asyncio.run(_fund(site, found, offers, sessions))


async def _fund(site: str, found: Round, offers: Sequence[Offer], sessions: Mapping[int, str]) -> Answers:
    gate = asyncio.Semaphore(AT_ONCE)
    started = perf_counter()
    async with httpx.AsyncClient(base_url=site, timeout=PATIENCE, trust_env=False) as client:

        async def one(number: int, offer: Offer) -> Answer:
            async with gate:
                if number % 2:
                    return await _over_http(client, found.pk, offer, sessions[offer.investor_id])
                return await _over_websocket(Room(site, found.pk), offer, sessions[offer.investor_id])

        answers = await asyncio.gather(*(one(number, offer) for number, offer in enumerate(offers)))
    return Answers(list(answers), seconds=perf_counter() - started)


async def _over_http(client: httpx.AsyncClient, round_id: int, offer: Offer, session_key: str) -> Answer:
    token = get_random_string(32)
    cookies = f"{settings.SESSION_COOKIE_NAME}={session_key}; {settings.CSRF_COOKIE_NAME}={token}"
    sent_at = perf_counter()
    response = await client.post(
        f"/api/rounds/{round_id}/bids", json=offer.body, headers={"Cookie": cookies, "X-CSRFToken": token}
    )
    if response.status_code not in ANSWERED:
        response.raise_for_status()
    return Answer.of(offer, response.json(), perf_counter() - sent_at)


async def _over_websocket(room: Room, offer: Offer, session_key: str) -> Answer:
    seat = Seat(room, offer.investor_id, session_key)
    await seat.enter()
    try:
        return await seat.offer(offer)
    finally:
        await seat.leave()
