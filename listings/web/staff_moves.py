"""Moving a listing on: what will happen, a button below it, one call."""

from collections.abc import Callable
from functools import wraps
from typing import TypeVar, cast

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from listings.models import Listing
from listings.operations import PLAIN_MOVES, MoveNotPossible, move_listing
from listings.rounds.operations import cancel_listing
from listings.web import staff_confirm
from listings.web.lookup import listing_or_404
from listings.web.staff_confirm import OfferedMove, check_not_stale, last_move_id, offered_move
from listings.web.staff_forms import OpinionForm
from listings.web.staff_pages import file_page
from marketplace.accounts.access import allowed
from marketplace.accounts.permissions import Capability
from marketplace.accounts.requests import UserRequest
from marketplace.lib.web.posted import CONFIRMED, StrictForm, is_confirmed, posted

View = TypeVar("View", bound=Callable[..., HttpResponse])


def back_to_the_file(view: View) -> View:
    """When the listing has moved on, answer with its file as it is now and say so."""

    @wraps(view)
    def page(request: UserRequest, listing_id: int, **kwargs: str) -> HttpResponse:
        try:
            return view(request, listing_id, **kwargs)
        except MoveNotPossible as refusal:
            return file_page(request, listing_id, refusal=refusal)

    return cast(View, page)


@allowed(Capability.MOVE_LISTING)
@require_http_methods(["GET", "POST"])
@back_to_the_file
def listing_move(request: UserRequest, listing_id: int, move: str) -> HttpResponse:
    """Move a listing with an opinion: seen first, then confirmed."""
    if move not in PLAIN_MOVES:
        raise Http404
    listing = listing_or_404(listing_id, actor=request.actor)
    form = _opinion(request, listing, move)
    if _is_agreed(request, listing, form):
        move_listing(
            listing_id=listing_id,
            move=move,
            by=request.actor,
            at=timezone.now(),
            reason=form.cleaned_data["opinion"],
        )
        return _moved(request, listing_id)
    offered = offered_move(listing, move, actor=request.actor)
    return confirmation(request, listing, offered, form, staff_confirm.facts_of_move(listing, offered))


@allowed(Capability.MOVE_LISTING)
@require_http_methods(["GET", "POST"])
@back_to_the_file
def listing_cancel(request: UserRequest, listing_id: int) -> HttpResponse:
    """Cancel a listing and send the money behind it home."""
    listing = listing_or_404(listing_id, actor=request.actor)
    form = _opinion(request, listing, "cancel")
    if _is_agreed(request, listing, form):
        reason = form.cleaned_data["opinion"]
        cancel_listing(listing_id=listing_id, by=request.actor, at=timezone.now(), reason=reason)
        return _moved(request, listing_id)
    offered = offered_move(listing, "cancel", actor=request.actor)
    return confirmation(request, listing, offered, form, staff_confirm.facts_of_cancelling(listing))


def confirmation(
    request: UserRequest, listing: Listing, move: OfferedMove, form: StrictForm, facts: list[staff_confirm.Fact]
) -> HttpResponse:
    """The page before the button: what will happen, and the form with what is still to be said."""
    context = {
        "listing": listing,
        "move": move,
        "form": form,
        "facts": facts,
        "action": request.path,
        "confirmed": [(CONFIRMED, "yes")],
    }
    status = 422 if form.errors else None
    return render(request, "listings/staff/confirm.html", context, status=status)


def _opinion(request: UserRequest, listing: Listing, move: str) -> OpinionForm:
    data = posted(request) if request.method == "POST" else None
    return OpinionForm(data, move=move, initial={"seen": last_move_id(listing)})


def _is_agreed(request: UserRequest, listing: Listing, form: OpinionForm) -> bool:
    """Say whether what was posted is complete and confirmed. :raises PageIsStale: if it is not fresh"""
    if not form.is_valid():
        return False
    check_not_stale(listing, form.cleaned_data["seen"])
    return is_confirmed(request)


def _moved(request: UserRequest, listing_id: int) -> HttpResponse:
    messages.success(request, _("Done: it is in the history below."))
    return redirect("listing_file", listing_id)
