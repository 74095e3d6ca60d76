"""Giving an approved listing its round."""

from datetime import timedelta
from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods

from listings.models import Listing
from listings.rounds.operations import check_terms, schedule_round
from listings.web.lookup import listing_or_404
from listings.web.staff_confirm import Fact, offered_move
from listings.web.staff_forms import ORDINARY, RoundForm
from listings.web.staff_moves import back_to_the_file
from marketplace.accounts.access import allowed
from marketplace.accounts.permissions import Capability
from marketplace.accounts.requests import UserRequest
from marketplace.lib.errors import InvalidInput
from marketplace.lib.money import Money
from marketplace.lib.web.posted import is_confirmed, posted

#: What the form starts with.
NOTICE, OPEN_FOR = timedelta(minutes=15), timedelta(days=7)
USUAL_STEP_MINOR = 100_00


@allowed(Capability.SCHEDULE_ROUND)
@require_http_methods(["GET", "POST"])
@back_to_the_file
def listing_schedule(request: UserRequest, listing_id: int) -> HttpResponse:
    """Fill in a round, see it in figures, schedule it."""
    listing = listing_or_404(listing_id, actor=request.actor)
    offered_move(listing, "schedule", actor=request.actor)
    data = posted(request) if request.method == "POST" else None
    form = RoundForm(data, currency=listing.currency, initial=_usual(listing))
    if form.is_valid():
        try:
            if is_confirmed(request):
                schedule_round(listing_id=listing_id, terms=form.terms, by=request.actor, at=timezone.now())
                messages.success(request, _("The round has its time."))
                return redirect("listing_file", listing_id)
            check_terms(form.terms, target_minor=listing.principal_minor, at=timezone.now())
        except InvalidInput as refusal:
            form.refuse(refusal)
    facts = _facts(listing, form) if form.is_valid() else None
    context = {"listing": listing, "form": form, "facts": facts, "action": request.path}
    return render(request, "listings/staff/schedule.html", context, status=422 if form.errors else None)


def _usual(listing: Listing) -> dict[str, Any]:
    opens_at = timezone.now().replace(second=0, microsecond=0) + NOTICE
    step = Money(min(USUAL_STEP_MINOR, listing.principal_minor), listing.currency)
    return {
        "kind": ORDINARY,
        "opens_at": opens_at,
        "closes_at": opens_at + OPEN_FOR,
        "smallest_bid": step,
        "step": step,
    }


def _facts(listing: Listing, form: RoundForm) -> list[Fact]:
    filled = form.cleaned_data
    return [
        (gettext_lazy("Listing"), str(listing)),
        (gettext_lazy("To be brought together"), listing.principal),
        (gettext_lazy("Goes ahead from"), Money(listing.accepts_from_minor, listing.currency)),
        (gettext_lazy("Kind"), dict(form.fields["kind"].choices)[filled["kind"]]),  # type: ignore[attr-defined]
        (gettext_lazy("Opens"), filled["opens_at"]),
        (gettext_lazy("Closes"), filled["closes_at"]),
        (gettext_lazy("Smallest bid"), filled["smallest_bid"]),
        (gettext_lazy("Step"), filled["step"]),
        (gettext_lazy("Most per investor"), filled["most_per_investor"] or gettext_lazy("no limit")),
    ]
