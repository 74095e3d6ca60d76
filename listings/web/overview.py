"""What a page about one listing shows, for whoever reads it."""

from dataclasses import dataclass
from datetime import date

from django.utils.functional import Promise

from listings.models import Listing
from listings.rounds.models import Round
from listings.rounds.queries import round_of
from listings.states import SENTENCES, ListingState
from listings.web.repayment import RepaymentPreview, repayment_preview
from loans.models import Loan
from loans.queries import visible_to
from marketplace.lib.actor import Actor
from marketplace.lib.web.parts import TimelineEntry

S = ListingState
#: There will be no loan.
WITHOUT_LOAN = frozenset({S.REJECTED, S.WITHDRAWN, S.FAILED, S.CANCELLED})
#: The round has decided how much is lent.
AMOUNT_IS_KNOWN = frozenset({S.FUNDED, S.CONTRACTED, S.DISBURSED})


@dataclass(frozen=True, slots=True)
class ListingOverview:
    """A listing with its round, its loan if the reader may see that, and what repaying it looks like."""

    listing: Listing
    sentence: str | Promise
    round: Round | None
    loan: Loan | None
    preview: RepaymentPreview | None
    paid_out_on: date | None
    timeline: list[TimelineEntry]


def listing_overview(listing: Listing, *, actor: Actor, day: date, timeline: list[TimelineEntry]) -> ListingOverview:
    """Gather a listing's page; the repayment plan starts on `day` until the loan is really paid out."""
    round_ = round_of(listing)
    paid_out_on = Loan.objects.filter(listing=listing).values_list("disbursed_on", flat=True).first()
    return ListingOverview(
        listing=listing,
        sentence=SENTENCES[S(listing.state)],
        round=round_,
        loan=visible_to(actor).filter(listing=listing).first(),
        preview=_preview(listing, round_, paid_out_on or day),
        paid_out_on=paid_out_on,
        timeline=timeline,
    )


def _preview(listing: Listing, round_: Round | None, paid_out_on: date) -> RepaymentPreview | None:
    if S(listing.state) in WITHOUT_LOAN:
        return None
    known = round_ is not None and S(listing.state) in AMOUNT_IS_KNOWN
    principal_minor = round_.funded_minor if round_ and known else listing.principal_minor
    return repayment_preview(listing, paid_out_on=paid_out_on, principal_minor=principal_minor)
