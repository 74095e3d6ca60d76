"""What a borrower can or must do next, by the state of their listing."""

from dataclasses import dataclass

from django.db.models import Case, IntegerField, QuerySet, Value, When
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from listings.models import Listing
from listings.queries import moves_open_to
from listings.states import ListingState
from marketplace.lib.actor import Actor

S = ListingState
WAIT_FOR_REVIEW = _("Nothing to do for now: you will see here what was decided.")
START_AGAIN = _("You may write a new listing.")

NEXT: dict[ListingState, str | Promise] = {
    S.DRAFT: _("Check it, then send it to review."),
    S.SUBMITTED: WAIT_FOR_REVIEW,
    S.INVESTIGATING: WAIT_FOR_REVIEW,
    S.RISK_REVIEW: WAIT_FOR_REVIEW,
    S.COMMITTEE: WAIT_FOR_REVIEW,
    S.APPROVED: _("Your listing passed review. Operations will give its round a time."),
    S.SCHEDULED: _("The time of its round is set; you need not do anything."),
    S.OPEN: _("Investors are bidding. Watch it fill up."),
    S.FUNDED: _("The money is together: sign the contract to get it."),
    S.CONTRACTED: _("You have signed. Finance pays out to your wallet."),
    S.DISBURSED: _("The money is in your wallet. Pay the instalments on their days."),
    S.RETURNED: _("Read below what to change, change it and send it again."),
    S.REJECTED: START_AGAIN,
    S.WITHDRAWN: START_AGAIN,
    S.FAILED: START_AGAIN,
    S.CANCELLED: START_AGAIN,
}
EDITABLE = frozenset({S.DRAFT, S.RETURNED})
#: States in which everybody waits for the borrower.
PRESSING = EDITABLE | {S.FUNDED}
#: The word in the address of each move that a borrower makes.
MOVES = {"submit": "submit", "withdraw": "withdraw", "sign": "sign_contract"}


@dataclass(frozen=True, slots=True)
class NextStep:
    """A sentence, whether it presses, and which of the borrower's doors are open."""

    text: str | Promise
    is_pressing: bool
    can_edit: bool
    can_submit: bool
    can_sign: bool
    can_withdraw: bool


def next_step(listing: Listing, actor: Actor) -> NextStep:
    """What the actor, the listing's borrower, does next."""
    state = ListingState(listing.state)
    moves = {name for name, _label in moves_open_to(listing, actor)}
    return NextStep(
        text=NEXT[state],
        is_pressing=state in PRESSING,
        can_edit=state in EDITABLE,
        can_submit=MOVES["submit"] in moves,
        can_sign=MOVES["sign"] in moves,
        can_withdraw=MOVES["withdraw"] in moves,
    )


def pressing_first(listings: QuerySet[Listing]) -> QuerySet[Listing]:
    """Listings that wait for the borrower before the others, newest first."""
    rank = Case(When(state__in=PRESSING, then=Value(0)), default=Value(1), output_field=IntegerField())
    return listings.order_by(rank, "-id")
