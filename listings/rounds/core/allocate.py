"""Who gets what in a first-come round: the decision alone, no clock, no database."""

from collections.abc import Mapping, MutableMapping, Sequence
from enum import StrEnum
from typing import NamedTuple


class Code(StrEnum):
    """Why a bid was refused, as the protocol says it."""

    NOT_OPEN = "not_open"
    SOLD_OUT = "sold_out"
    BELOW_MINIMUM = "below_minimum"
    NOT_A_MULTIPLE = "not_a_multiple"
    ABOVE_LIMIT = "above_limit"
    INSUFFICIENT_FUNDS = "insufficient_funds"
    NOT_ELIGIBLE = "not_eligible"
    OWN_LISTING = "own_listing"
    DUPLICATE_MISMATCH = "duplicate_mismatch"
    RATE_LIMITED = "rate_limited"
    BUSY = "busy"
    INVALID_MESSAGE = "invalid_message"


class Book(NamedTuple):
    """What of a round matters to a decision; amounts in minor units."""

    is_open: bool
    remaining_minor: int
    minimum_bid_minor: int
    step_minor: int
    maximum_per_investor_minor: int | None


class Offer(NamedTuple):
    """One bid as it came in."""

    investor_id: int
    amount_minor: int
    allow_partial: bool


class Verdict(NamedTuple):
    """What of an offer is accepted; `code` says why nothing is."""

    accepted_minor: int
    code: Code | None


def allocate(
    book: Book,
    offers: Sequence[Offer],
    *,
    wallets: Mapping[int, int],
    held: Mapping[int, int],
    barred: Mapping[int, Code],
) -> list[Verdict]:
    """
    Decide offers in their order: each is accepted whole, cut to what is left, or refused.

    `wallets` and `held` give minor units by investor (free money; accepted in this round before), `barred` the
    investors who may not bid. The sum accepted never exceeds `book.remaining_minor`, nor a wallet, nor a limit.
    """
    purse = dict(wallets)
    holding = dict(held)
    remaining = book.remaining_minor
    verdicts = []
    for offer in offers:
        verdict = _decide(book, offer, remaining, purse, holding, barred)
        if verdict.accepted_minor:
            remaining -= verdict.accepted_minor
            purse[offer.investor_id] -= verdict.accepted_minor
            holding[offer.investor_id] = holding.get(offer.investor_id, 0) + verdict.accepted_minor
        verdicts.append(verdict)
    return verdicts


def _decide(
    book: Book,
    offer: Offer,
    remaining: int,
    purse: MutableMapping[int, int],
    holding: MutableMapping[int, int],
    barred: Mapping[int, Code],
) -> Verdict:
    investor_id, amount, allow_partial = offer
    if not book.is_open:
        return NOT_OPEN
    if investor_id in barred:
        return Verdict(0, barred[investor_id])
    if amount < book.minimum_bid_minor:
        return BELOW_MINIMUM
    if amount % book.step_minor:
        return NOT_A_MULTIPLE
    limit = book.maximum_per_investor_minor
    if limit is not None and holding.get(investor_id, 0) + amount > limit:
        return ABOVE_LIMIT
    if remaining == 0 or (amount > remaining and not allow_partial):
        return SOLD_OUT
    if purse.get(investor_id, 0) < amount:
        return INSUFFICIENT_FUNDS
    return Verdict(amount if amount < remaining else remaining, None)


NOT_OPEN = Verdict(0, Code.NOT_OPEN)
SOLD_OUT = Verdict(0, Code.SOLD_OUT)
BELOW_MINIMUM = Verdict(0, Code.BELOW_MINIMUM)
NOT_A_MULTIPLE = Verdict(0, Code.NOT_A_MULTIPLE)
ABOVE_LIMIT = Verdict(0, Code.ABOVE_LIMIT)
INSUFFICIENT_FUNDS = Verdict(0, Code.INSUFFICIENT_FUNDS)
