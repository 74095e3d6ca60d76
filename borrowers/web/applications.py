"""Writing a listing: a new draft, its cost while typing, changes."""

from uuid import uuid4

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from borrowers.models import Borrower
from borrowers.web.application_form import ApplicationForm, CostForm, application_of
from borrowers.web.guard import with_borrower
from borrowers.web.next_steps import EDITABLE
from borrowers.web.once import SentForm
from listings.models import Listing
from listings.operations import create_draft, edit_draft
from listings.states import ListingState
from listings.web.lookup import own_listing_or_404
from listings.web.repayment import RepaymentPreview, repayment_preview
from marketplace.accounts.access import allowed
from marketplace.accounts.permissions import Capability
from marketplace.accounts.requests import UserRequest
from marketplace.lib.errors import InvalidInput, NotFound


@allowed(Capability.APPLY_FOR_LOAN)
@with_borrower
def new(request: UserRequest, borrower: Borrower) -> HttpResponse:
    """A new draft. The same form sent twice makes one draft."""
    form = ApplicationForm(request.POST if request.method == "POST" else None)
    if request.method != "POST" or not form.is_valid():
        return _form_page(request, form)
    sent = SentForm(user_id=request.user.pk, key=request.POST.get("form_key", ""))
    if not sent.claim():
        messages.info(request, _("This was sent twice; your draft is saved once."))
        return redirect("borrower_listing", sent.result_id) if sent.result_id else redirect("borrower_home")
    try:
        listing = create_draft(borrower=borrower, terms=form.terms(), by=request.actor, at=timezone.now())
    except InvalidInput as refusal:
        sent.forget()
        form.refuse(refusal.params["field"], refusal.params["reason"])
        return _form_page(request, form)
    except Exception:
        sent.forget()
        raise
    sent.done(listing.pk)
    return _saved(request, listing)


@allowed(Capability.APPLY_FOR_LOAN)
@with_borrower
def edit(request: UserRequest, _borrower: Borrower, listing_id: int) -> HttpResponse:
    """Change a draft or a returned listing."""
    listing = own_listing_or_404(listing_id, user_id=request.user.pk)
    if ListingState(listing.state) not in EDITABLE:
        return _too_late(request, listing_id)
    form = ApplicationForm(request.POST if request.method == "POST" else None, initial=application_of(listing))
    if request.method != "POST" or not form.is_valid():
        return _form_page(request, form, listing=listing)
    try:
        edit_draft(listing_id=listing.pk, terms=form.terms(), by=request.actor)
    except InvalidInput as refusal:
        form.refuse(refusal.params["field"], refusal.params["reason"])
        return _form_page(request, form, listing=listing)
    except NotFound:
        return _too_late(request, listing_id)
    return _saved(request, listing)


@allowed(Capability.APPLY_FOR_LOAN)
@require_GET
def cost(request: UserRequest) -> HttpResponse:
    """The cost panel for what stands in the form now."""
    return render(request, "borrowers/parts/cost.html", {"preview": _preview(CostForm(request.GET))})


def _too_late(request: UserRequest, listing_id: int) -> HttpResponse:
    messages.warning(request, _("It can no longer be changed. Nothing was saved."))
    return redirect("borrower_listing", listing_id)


def _saved(request: UserRequest, listing: Listing) -> HttpResponse:
    messages.success(request, _("Your draft is saved."))
    return redirect("borrower_submit" if "then_submit" in request.POST else "borrower_listing", listing.pk)


def _form_page(request: UserRequest, form: ApplicationForm, *, listing: Listing | None = None) -> HttpResponse:
    """The form with its errors; a form that came in keeps its key, a fresh one gets a new one."""
    context = {
        "form": form,
        "listing": listing,
        "form_key": request.POST.get("form_key") or uuid4(),
        "preview": _preview(form if form.is_bound else CostForm(_typed(form))),
    }
    return render(request, "borrowers/application.html", context, status=422 if form.errors else 200)


def _typed(form: ApplicationForm) -> dict[str, object]:
    """The initial values as somebody would have typed them."""
    return {name: form[name].value() for name in CostForm.base_fields}


def _preview(form: CostForm) -> RepaymentPreview | None:
    form.is_valid()
    if any(name in form.errors for name in CostForm.base_fields):
        return None
    return repayment_preview(form.listing(), paid_out_on=timezone.localdate())
