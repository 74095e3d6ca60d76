"""Reads of listings that others may use."""

from django.db.models import Q, QuerySet

from listings.models import Listing, Move
from listings.states import PUBLISHED, ListingState
from marketplace.accounts.roles import STAFF
from marketplace.lib.actor import Actor
from marketplace.lib.errors import NotFound


def published() -> QuerySet[Listing]:
    """What everybody may see, newest first."""
    return Listing.objects.filter(state__in=PUBLISHED).select_related("borrower").order_by("-id")


def visible_to(actor: Actor) -> QuerySet[Listing]:
    """What an actor may see: staff everything but drafts, borrowers their own, everybody what is published."""
    seen = ~Q(state=ListingState.DRAFT) if actor.has(*STAFF) else Q(state__in=PUBLISHED)
    if actor.user_id is not None:
        seen |= Q(borrower__user_id=actor.user_id)
    return Listing.objects.select_related("borrower").filter(seen)


def get_listing(listing_id: int, *, actor: Actor) -> Listing:
    """
    One listing.

    :raises NotFound: if there is none, or the actor may not see it
    """
    listing = visible_to(actor).filter(pk=listing_id).first()
    if listing is None:
        raise NotFound
    return listing


def of_borrower(user_id: int) -> QuerySet[Listing]:
    """A borrower's own listings, newest first."""
    return Listing.objects.filter(borrower__user_id=user_id).order_by("-id")


def work_queue(actor: Actor) -> QuerySet[Listing]:
    """What waits for somebody with the actor's roles, the oldest first."""
    waiting = {
        "loan_officer": [ListingState.SUBMITTED, ListingState.INVESTIGATING],
        "risk_officer": [ListingState.RISK_REVIEW],
        "committee_member": [ListingState.COMMITTEE],
        "operations": [ListingState.APPROVED],
        "finance": [ListingState.CONTRACTED],
    }
    states = [state for role, its in waiting.items() if actor.has(role) for state in its]
    return Listing.objects.filter(state__in=states).select_related("borrower").order_by("id")


def history(listing: Listing) -> QuerySet[Move]:
    """A listing's moves, oldest first."""
    return Move.objects.filter(listing=listing).order_by("id")


def moves_open_to(listing: Listing, actor: Actor) -> list[tuple[str, str]]:
    """(name, label) of the moves the actor could do now, in the order of the machine."""
    return [
        (move.name, str(move.custom["label"]))
        for move in listing.get_available_user_state_transitions(actor)  # type: ignore[attr-defined]
    ]
