"""The HTTP twin of the room: everything can be asked again, and a bid placed with the same id and result."""

from typing import Any, cast
from uuid import UUID

from django.http import HttpRequest
from django.utils import timezone
from django.utils.translation import get_language
from ninja import Router, Schema
from ninja.security import django_auth
from pydantic import ConfigDict, Field, StrictBool, StrictInt

from listings.rounds.batch import BidRequest
from listings.rounds.broadcast import announce
from listings.rounds.commit import LOST, place_twice
from listings.rounds.core.allocate import Code
from listings.rounds.queries import bid_message, bids_of, progress, snapshot
from listings.rounds.web.bidder import bidder
from listings.rounds.web.limits import investors
from listings.rounds.web.messages import LARGEST_AMOUNT_MINOR, answer, refusal
from marketplace.accounts.models import User
from marketplace.lib.errors import NotAllowed

router = Router(tags=["rounds"])


class BidIn(Schema):
    """A bid; amounts in minor units."""

    model_config = ConfigDict(extra="forbid")

    client_id: UUID
    amount_minor: StrictInt = Field(gt=0, le=LARGEST_AMOUNT_MINOR)
    allow_partial: StrictBool = True


@router.get("{int:round_id}", url_name="round_progress")
def round_progress(request: HttpRequest, round_id: int) -> dict[str, Any]:  # noqa: ARG001  the API passes it by name
    """Where a round stands; open to everybody."""
    return progress(round_id).as_dict()


@router.get("{int:round_id}/snapshot", auth=django_auth, url_name="round_snapshot")
def round_snapshot(request: HttpRequest, round_id: int) -> dict[str, Any]:
    """The room's first message: progress, the reader's own bids and cash."""
    investor = bidder(cast(User, request.user))
    now = timezone.now().isoformat()
    return {"server_time": now, **snapshot(round_id, None if investor is None else investor.pk)}


@router.get("{int:round_id}/bids", auth=django_auth, url_name="round_bids")
def my_bids(request: HttpRequest, round_id: int, after: int = 0) -> dict[str, Any]:
    """The reader's own decisions after a sequence, at most 500."""
    bids = bids_of(round_id, _investor_id(request), after=after)[:500]
    return {**progress(round_id).as_dict(), "bids": [bid_message(bid) for bid in bids]}


@router.post(
    "{int:round_id}/bids",
    auth=django_auth,
    response={200: dict[str, Any], 409: dict[str, Any], 429: dict[str, Any], 503: dict[str, Any]},
    url_name="round_bid",
)
def bid(request: HttpRequest, round_id: int, data: BidIn) -> tuple[int, dict[str, Any]]:
    """
    Place a bid: 200 with `accepted`, 409 with `refused`, as the room would say it; 429 when too many come.

    503 with `busy` when the database could not be asked: send it again under the same id.
    """
    now = timezone.now()
    language = get_language() or "en"
    investor_id = _investor_id(request)
    if not investors().take(investor_id):
        return 429, refusal(Code.RATE_LIMITED, language, client_id=str(data.client_id))
    placed = BidRequest(investor_id, str(data.client_id), data.amount_minor, data.allow_partial, now)
    try:
        (outcome,) = place_twice(round_id, [placed]).outcomes
    except LOST:
        return 503, refusal(Code.BUSY, language, client_id=placed.client_id)
    if outcome.code is None:
        announce(round_id)
        return 200, answer(outcome, language)
    return 409, answer(outcome, language)


def _investor_id(request: HttpRequest) -> int:
    investor = bidder(cast(User, request.user))
    if investor is None:
        raise NotAllowed
    return investor.pk
