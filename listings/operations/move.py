"""Moving a listing through its state machine: lock, re-read, permission, move, history row, event."""

from datetime import datetime
from typing import Any, cast

from django.utils.translation import gettext_lazy as _
from django_fsm import can_proceed, has_transition_perm

from listings.models import Listing, Move
from listings.queries import get_listing
from marketplace.lib.actor import Actor
from marketplace.lib.errors import NotAllowed, NotFound, Refused
from marketplace.lib.outbox.operations import record
from marketplace.lib.transactions import needs_transaction, owns_transaction

#: Moves that change nothing but the state; the others belong to verbs of their own (a round, a pay-out).
PLAIN_MOVES = frozenset(
    {
        "submit",
        "take_in",
        "pass_to_risk",
        "pass_to_committee",
        "approve",
        "send_back",
        "reject",
        "withdraw",
        "sign_contract",
    }
)
#: The next person must be able to read why.
NEED_A_REASON = frozenset({"send_back", "reject", "cancel"})


class MoveNotPossible(Refused):
    """The listing's state does not allow this move (any more)."""

    code = "move_not_possible"
    message = _("This is not possible while the listing is in the state “%(state)s”.")


class ReasonMissing(Refused):
    """A rejection, a return or a cancellation says why."""

    code = "reason_missing"
    message = _("Please say why: the borrower and your colleagues will read it.")
    http_status = 422


@owns_transaction
def move_listing(*, listing_id: int, move: str, by: Actor, at: datetime, reason: str = "") -> Listing:
    """
    Do one of `PLAIN_MOVES`.

    :raises NotFound: if there is no such listing, or the actor may not see it
    :raises NotAllowed: if the actor's role does not include the move
    :raises MoveNotPossible: if the state does not allow it, or it is not a plain move
    :raises ReasonMissing: if the move needs a reason and has none
    """
    listing = get_listing(listing_id, actor=by)
    if move not in PLAIN_MOVES:
        raise MoveNotPossible(move=move, state=str(listing.get_state_display()))
    return apply_move(listing_id=listing_id, move=move, by=by, at=at, reason=reason)


@needs_transaction
def apply_move(*, listing_id: int, move: str, by: Actor, at: datetime, reason: str = "") -> Listing:
    """Do any move of the machine inside the caller's transaction. Raises as `move_listing`."""
    rows = Listing.objects.select_related("borrower").select_for_update(no_key=True, of=("self",))
    listing = rows.filter(pk=listing_id).first()
    if listing is None:
        raise NotFound
    check_move(listing, move, by=by)
    if move in NEED_A_REASON and not reason.strip():
        raise ReasonMissing(move=move)
    from_state = listing.state
    getattr(listing, move)()
    listing.save(update_fields=["state"])
    _remember(listing, move=move, from_state=from_state, by=by, at=at, reason=reason.strip())
    return listing


def check_move(listing: Listing, move: str, *, by: Actor) -> None:
    """
    Refuse a move that the actor could not do to the listing as it is now.

    :raises MoveNotPossible: if the state does not allow it
    :raises NotAllowed: if the actor's role does not include it
    """
    transition = getattr(listing, move)
    if not can_proceed(transition, check_conditions=False):
        raise MoveNotPossible(move=move, state=str(listing.get_state_display()))
    # The machine hands the actor on to our permissions, where its type expects a Django user.
    if not has_transition_perm(transition, cast(Any, by)):
        raise NotAllowed(move=move)


def _remember(listing: Listing, *, move: str, from_state: str, by: Actor, at: datetime, reason: str) -> None:
    Move.objects.create(
        listing=listing,
        name=move,
        from_state=from_state,
        to_state=listing.state,
        by_id=by.user_id,
        by_label=by.label,
        reason=reason,
        at=at,
    )
    record(
        name=f"listing.{listing.state}",
        aggregate=f"listing:{listing.pk}",
        payload={"listing_id": listing.pk, "from_state": from_state, "by": by.label},
        at=at,
    )
