"""A borrower's own listing, and the moves they make with it."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _

from borrowers.web.confirmations import CONFIRMATIONS, Confirmation
from borrowers.web.forms import SignForm
from borrowers.web.next_steps import next_step
from listings.models import Listing
from listings.operations import MoveNotPossible, move_listing
from listings.queries import moves_open_to
from listings.web.lookup import own_listing_or_404
from listings.web.overview import listing_overview
from listings.web.timeline import own_timeline
from marketplace.accounts.access import allowed
from marketplace.accounts.permissions import Capability
from marketplace.accounts.requests import UserRequest


@allowed(Capability.APPLY_FOR_LOAN)
def own_listing(request: UserRequest, listing_id: int) -> HttpResponse:
    """One of the borrower's listings: where it stands, what is next, how it fills up."""
    listing = own_listing_or_404(listing_id, user_id=request.user.pk)
    view = listing_overview(listing, actor=request.actor, day=timezone.localdate(), timeline=own_timeline(listing))
    return render(request, "borrowers/listing.html", {"view": view, "step": next_step(listing, request.actor)})


@allowed(Capability.APPLY_FOR_LOAN)
def move(request: UserRequest, listing_id: int, step: str) -> HttpResponse:
    """Submit, withdraw or sign: figures first, then the move. Doing it again says that it is done."""
    listing = own_listing_or_404(listing_id, user_id=request.user.pk)
    confirmation = CONFIRMATIONS[step]
    if confirmation.move not in dict(moves_open_to(listing, request.actor)):
        return _not_now(request, listing, confirmation)
    signature = SignForm(request.POST if request.method == "POST" else None) if confirmation.needs_signature else None
    if request.method != "POST" or (signature and not signature.is_valid()):
        return _confirm_page(request, listing, confirmation, signature)
    try:
        move_listing(listing_id=listing.pk, move=confirmation.move, by=request.actor, at=timezone.now())
    except MoveNotPossible:
        return _not_now(request, own_listing_or_404(listing_id, user_id=request.user.pk), confirmation)
    messages.success(request, str(confirmation.done))
    return redirect("borrower_listing", listing.pk)


def _confirm_page(
    request: UserRequest, listing: Listing, confirmation: Confirmation, signature: SignForm | None
) -> HttpResponse:
    context = {
        "listing": listing,
        "confirmation": confirmation,
        "facts": confirmation.facts(listing, timezone.localdate()),
        "form": signature,
    }
    failed = signature is not None and bool(signature.errors)
    return render(request, "borrowers/confirm.html", context, status=422 if failed else 200)


def _not_now(request: UserRequest, listing: Listing, confirmation: Confirmation) -> HttpResponse:
    """The second click of a double click, a stale tab, or a guess at an address."""
    if listing.state == confirmation.target:
        messages.info(request, _("This is done already."))
    else:
        words = listing.get_state_display()
        messages.warning(request, _("This is not possible while the listing is in the state “%s”.") % words)
    return redirect("borrower_listing", listing.pk)
