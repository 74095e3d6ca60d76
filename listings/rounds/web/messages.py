"""The protocol's words: what a client may send, and how an outcome reads in each language."""

from datetime import datetime
from functools import lru_cache
from typing import Any
from uuid import UUID

import orjson
from django.utils import translation
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from listings.rounds.batch import BidRequest
from listings.rounds.core.allocate import Code
from listings.rounds.operations import Outcome

KINDS = ("bid", "sync", "ping")
LARGEST_MESSAGE_BYTES = 2_048
#: What JavaScript can count exactly; far above any round's target.
LARGEST_AMOUNT_MINOR = 2**53 - 1

TEXTS: dict[Code, str | Promise] = {
    Code.NOT_OPEN: _("The round is not open."),
    Code.SOLD_OUT: _("Less is left than you offered."),
    Code.BELOW_MINIMUM: _("The amount is below the smallest bid."),
    Code.NOT_A_MULTIPLE: _("The amount is not a multiple of the step."),
    Code.ABOVE_LIMIT: _("This is above what one investor may hold of this listing."),
    Code.INSUFFICIENT_FUNDS: _("There is not enough free money in your wallet."),
    Code.NOT_ELIGIBLE: _("This account may not bid here."),
    Code.OWN_LISTING: _("Nobody can fund their own listing."),
    Code.DUPLICATE_MISMATCH: _("This bid was sent before with another amount."),
    Code.RATE_LIMITED: _("Too many messages; please wait a moment."),
    Code.BUSY: _("Very many bids are waiting; please try again."),
    Code.INVALID_MESSAGE: _("The message was not understood."),
}


class InvalidMessage(ValueError):
    """A message outside the protocol; `client_id` is kept when it could be read."""

    def __init__(self, client_id: str | None = None) -> None:
        super().__init__("invalid message")
        self.client_id = client_id


def parse(raw: str | None) -> dict[str, Any]:
    """
    Read a message's JSON object with a known `type`.

    :raises InvalidMessage: if it is anything else, or too long
    """
    if raw is None or len(raw) > LARGEST_MESSAGE_BYTES:
        raise InvalidMessage
    try:
        message = orjson.loads(raw)
    except orjson.JSONDecodeError:
        raise InvalidMessage from None
    if not isinstance(message, dict) or message.get("type") not in KINDS:
        raise InvalidMessage(client_id_of(message))
    return message


def parse_bid(message: dict[str, Any], *, investor_id: int, received_at: datetime) -> BidRequest:
    """
    Read a bid.

    :raises InvalidMessage: if a field is missing, unknown, or not what it should be
    """
    client_id = client_id_of(message)
    amount = message.get("amount_minor")
    allow_partial = message.get("allow_partial", True)
    if (
        client_id is None
        or type(amount) is not int
        or not 0 < amount <= LARGEST_AMOUNT_MINOR
        or type(allow_partial) is not bool
        or not message.keys() <= {"type", "client_id", "amount_minor", "allow_partial"}
    ):
        raise InvalidMessage(client_id)
    return BidRequest(investor_id, client_id, amount, allow_partial, received_at)


def parse_sync(message: dict[str, Any]) -> int:
    """
    Read the sequence a client has seen last.

    :raises InvalidMessage: if it is not a whole number from zero
    """
    after = message.get("after")
    if type(after) is not int or not 0 <= after <= LARGEST_AMOUNT_MINOR or not message.keys() <= {"type", "after"}:
        raise InvalidMessage
    return after


def parse_ping(message: dict[str, Any]) -> None:
    """
    Check that a ping says nothing else.

    :raises InvalidMessage: if it does
    """
    if message.keys() != {"type"}:
        raise InvalidMessage


def answer(outcome: Outcome, language: str) -> dict[str, Any]:
    """The `accepted` or `refused` message of an outcome."""
    if outcome.code is not None:
        return refusal(outcome.code, language, client_id=outcome.client_id)
    return {
        "type": "accepted",
        "client_id": outcome.client_id,
        "bid": outcome.bid_id,
        "accepted_minor": outcome.accepted_minor,
        "sequence": outcome.sequence,
        "cash_minor": outcome.cash_minor,
    }


def refusal(code: Code, language: str, *, client_id: str | None = None) -> dict[str, Any]:
    """A `refused` message with its sentence in the reader's language."""
    return {"type": "refused", "client_id": client_id, "code": code.value, "text": text(code, language)}


@lru_cache(maxsize=256)
def text(code: Code, language: str) -> str:
    """The sentence of a code in a language."""
    with translation.override(language):
        return str(TEXTS[code])


def client_id_in(raw: str | None) -> str | None:
    """The client id of a message that is not going to be handled."""
    try:
        return client_id_of(parse(raw))
    except InvalidMessage as invalid:
        return invalid.client_id


def client_id_of(message: object) -> str | None:
    """The canonical client id of a message, if it has one."""
    value = message.get("client_id") if isinstance(message, dict) else None
    if not isinstance(value, str) or len(value) != 36:
        return None
    try:
        return str(UUID(value))
    except ValueError:
        return None
