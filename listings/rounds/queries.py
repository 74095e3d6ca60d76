"""Reads of rounds that others may use."""

from collections.abc import Sequence
from dataclasses import asdict, dataclass
from datetime import datetime
from typing import Any

from django.db.models import Q, QuerySet, Sum

from escrow import chart
from escrow.queries import balance
from listings.models import Listing
from listings.rounds.batch import RoundRow
from listings.rounds.models import TAKES_BIDS, Bid, Round, RoundState
from marketplace.lib.errors import NotFound


@dataclass(frozen=True, slots=True)
class Progress:
    """Where a round stands: amounts in minor units, times as UTC ISO text, `seq` only grows."""

    round: int
    seq: int
    state: str
    currency: str
    target_minor: int
    funded_minor: int
    remaining_minor: int
    bid_count: int
    opens_at: str
    closes_at: str

    def as_dict(self) -> dict[str, Any]:
        """The fields as the protocol sends them."""
        return asdict(self)


def get_round(round_id: int) -> Round:
    """
    One round with its listing.

    :raises NotFound: if there is none
    """
    found = Round.objects.select_related("listing__borrower").filter(pk=round_id).first()
    if found is None:
        raise NotFound
    return found


def round_of(listing: Listing) -> Round | None:
    """A listing's latest round."""
    return Round.objects.filter(listing=listing).order_by("-pk").first()


def moments_between(since: datetime, until: datetime) -> QuerySet[Round]:
    """Rounds that open or close after `since` and not after `until`."""
    opening = Q(state=RoundState.SCHEDULED, opens_at__gt=since, opens_at__lte=until)
    closing = Q(state__in=TAKES_BIDS, closes_at__gt=since, closes_at__lte=until)
    return Round.objects.filter(opening | closing).order_by("pk")


def progress(round_id: int) -> Progress:
    """
    Where a round stands now.

    :raises NotFound: if there is none
    """
    return _progress(get_round(round_id))


def progress_of(round_ids: Sequence[int]) -> list[Progress]:
    """Where several rounds stand now; unknown ones are left out."""
    return [_progress(found) for found in Round.objects.filter(pk__in=round_ids)]


def bids_of(round_id: int, investor_id: int, *, after: int = 0) -> QuerySet[Bid]:
    """An investor's decided bids in a round after a sequence, oldest first."""
    return Bid.objects.filter(round_id=round_id, investor_id=investor_id, sequence__gt=after).order_by("sequence")


def bids_by(investor_id: int) -> QuerySet[Bid]:
    """An investor's bids in all rounds, latest first."""
    return Bid.objects.filter(investor_id=investor_id).select_related("round__listing").order_by("-id")


def allotments(round_id: int) -> list[tuple[int, int]]:
    """(investor id, minor units) of what was accepted, summed per investor, in order of investor id."""
    accepted = Bid.objects.filter(round_id=round_id, accepted_minor__gt=0)
    return list(accepted.values_list("investor_id").annotate(total=Sum("accepted_minor")).order_by("investor_id"))


def accepted_minor(round_id: int, investor_id: int) -> int:
    """What was accepted of an investor's bids in a round, in minor units."""
    total: int = Bid.objects.filter(round_id=round_id, investor_id=investor_id).aggregate(
        total=Sum("accepted_minor", default=0)
    )["total"]
    return int(total)


def bid_message(bid: Bid) -> dict[str, Any]:
    """A bid as the protocol sends it."""
    return {
        "bid": bid.pk,
        "client_id": str(bid.client_id),
        "amount_minor": bid.amount_minor,
        "accepted_minor": bid.accepted_minor,
        "decision": bid.decision,
        "code": bid.code,
        "sequence": bid.sequence,
    }


def snapshot(round_id: int, investor_id: int | None) -> dict[str, Any]:
    """
    Everything a reader of a round needs to start from: progress, and for an investor their bids and cash.

    :raises NotFound: if there is no such round
    """
    found = get_round(round_id)
    mine: dict[str, Any] = {"bids": [], "accepted_minor": 0, "cash_minor": None}
    if investor_id is not None:
        latest = bids_of(round_id, investor_id).reverse()[:50]
        mine = {
            "bids": [bid_message(bid) for bid in latest],
            "accepted_minor": accepted_minor(round_id, investor_id),
            "cash_minor": balance(chart.investor_cash(investor_id)).minor,
        }
    terms = {
        "listing": found.listing_id,
        "annual_rate_bps": found.annual_rate_bps,
        "minimum_bid_minor": found.minimum_bid_minor,
        "step_minor": found.step_minor,
        "maximum_per_investor_minor": found.maximum_per_investor_minor,
    }
    return {**_progress(found).as_dict(), **terms, "my": mine}


def progress_of_row(row: RoundRow) -> Progress:
    """Where a round stands, from the row that a batch has just left."""
    return _progress(row)


def _progress(found: Round | RoundRow) -> Progress:
    return Progress(
        round=found.id,
        seq=found.last_sequence,
        state=found.state,
        currency=found.currency,
        target_minor=found.target_minor,
        funded_minor=found.funded_minor,
        remaining_minor=found.target_minor - found.funded_minor,
        bid_count=found.bid_count,
        opens_at=_utc(found.opens_at),
        closes_at=_utc(found.closes_at),
    )


def _utc(moment: datetime) -> str:
    return moment.isoformat()
