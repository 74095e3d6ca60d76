"""An investor's bids in words: what became of each, and of the money behind it."""

from collections.abc import Iterable
from dataclasses import dataclass

from django.db.models import Sum
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from investors.models import Investor
from listings.rounds.core.allocate import Code
from listings.rounds.models import Bid, Decision, RoundState
from listings.rounds.web.messages import TEXTS
from listings.states import ListingState
from marketplace.lib.money import Money

#: Rounds that hold the money of accepted bids, and listings that are not paid out yet.
HOLDING = (RoundState.OPEN, RoundState.FILLED, RoundState.PARTLY_FILLED)
BEFORE_PAY_OUT = (ListingState.OPEN, ListingState.FUNDED, ListingState.CONTRACTED)
RETURNED = (RoundState.FAILED, RoundState.CANCELLED)


@dataclass(frozen=True, slots=True)
class BidLine:
    """A bid as its investor reads it; `family` colours the words."""

    bid: Bid
    words: str | Promise
    family: str
    #: Why it was refused; empty otherwise.
    reason: str | Promise

    @property
    def offered(self) -> Money:
        """What was offered."""
        return Money(self.bid.amount_minor, self.bid.round.currency)

    @property
    def accepted(self) -> Money:
        """What was accepted of it."""
        return Money(self.bid.accepted_minor, self.bid.round.currency)


def bid_lines(bids: Iterable[Bid]) -> list[BidLine]:
    """Bids with what became of them; `round__listing` should be loaded."""
    return [_line(bid) for bid in bids]


def money_on_bids(investor: Investor) -> Money:
    """What stands behind accepted bids whose loans are not paid out yet."""
    standing = Bid.objects.filter(
        investor=investor,
        accepted_minor__gt=0,
        round__state__in=HOLDING,
        round__listing__state__in=BEFORE_PAY_OUT,
    )
    return Money(standing.aggregate(total=Sum("accepted_minor", default=0))["total"])


def _line(bid: Bid) -> BidLine:
    if bid.decision == Decision.REFUSED:
        return BidLine(bid, _("Refused"), "lost", _reason(bid.code))
    if bid.round.state in RETURNED:
        return BidLine(bid, _("Money returned"), "ended", "")
    if bid.round.listing.state == ListingState.DISBURSED:
        return BidLine(bid, _("Lent"), "done", "")
    if bid.round.state == RoundState.OPEN:
        return BidLine(bid, _("In the round"), "live", "")
    return BidLine(bid, _("Waiting for the pay-out"), "waiting", "")


def _reason(code: str) -> str | Promise:
    return TEXTS[Code(code)] if code in set(Code) else code
