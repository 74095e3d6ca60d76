"""Finance pays a signed listing out: figures, a button below them, one call."""

from uuid import uuid4

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from listings.web.lookup import listing_or_404
from listings.web.staff_confirm import facts_of_pay_out, offered_move
from listings.web.staff_forms import PayOutForm
from listings.web.staff_moves import back_to_the_file, confirmation
from loans.operations import disburse
from marketplace.accounts.access import allowed
from marketplace.accounts.permissions import Capability
from marketplace.accounts.requests import UserRequest
from marketplace.lib.formats import format_money
from marketplace.lib.web.posted import is_confirmed, posted


@allowed(Capability.PAY_OUT_LOAN)
@require_http_methods(["GET", "POST"])
@back_to_the_file
def listing_pay_out(request: UserRequest, listing_id: int) -> HttpResponse:
    """Pay a contracted listing out; the form's key makes a second click find the first one's loan."""
    listing = listing_or_404(listing_id, actor=request.actor)
    form = PayOutForm(posted(request) if request.method == "POST" else None, initial={"key": uuid4()})
    if form.is_valid() and is_confirmed(request):
        loan = disburse(
            listing_id=listing_id,
            by=request.actor,
            at=timezone.now(),
            idempotency_key=f"pay-out:{form.cleaned_data['key']}",
        )
        paid = {"amount": format_money(loan.net_paid_out), "borrower": listing.borrower}
        messages.success(request, _("%(amount)s went to %(borrower)s; the loan runs.") % paid)
        return redirect("listing_file", listing_id)
    offered = offered_move(listing, "disburse", actor=request.actor)
    return confirmation(request, listing, offered, form, facts_of_pay_out(listing))
