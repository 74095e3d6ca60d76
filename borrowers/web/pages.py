"""A borrower's account, wallet and list of listings."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _

from borrowers import operations, queries
from borrowers.models import Borrower, BorrowerKind
from borrowers.web.forms import OpenBorrowerForm
from borrowers.web.guard import with_borrower
from borrowers.web.next_steps import next_step, pressing_first
from listings.queries import of_borrower
from listings.web.cards import cards
from loans.queries import loans_of_borrower
from marketplace.accounts.access import allowed, signed_in
from marketplace.accounts.permissions import Capability
from marketplace.accounts.requests import UserRequest
from marketplace.lib.web.deposit import deposit_instructions
from marketplace.lib.web.pagination import paginate


@signed_in
def open_account(request: UserRequest) -> HttpResponse:
    """Make the reader a borrower; who is one already goes to their page."""
    if queries.borrower_of_user(request.user.pk):
        return redirect("borrower_home")
    form = OpenBorrowerForm(
        request.POST if request.method == "POST" else None, initial={"legal_name": request.user.name}
    )
    if request.method != "POST" or not form.is_valid():
        return render(request, "borrowers/open.html", {"form": form}, status=422 if form.errors else 200)
    operations.open_borrower(
        user=request.user,
        legal_name=form.cleaned_data["legal_name"],
        kind=BorrowerKind(form.cleaned_data["kind"]),
        at=timezone.now(),
    )
    messages.success(request, _("Your borrower's account is open. Write your first listing."))
    return redirect("borrower_home")


@allowed(Capability.APPLY_FOR_LOAN)
@with_borrower
def home(request: UserRequest, borrower: Borrower) -> HttpResponse:
    """The wallet and all listings, each with what to do next."""
    page = paginate(request, pressing_first(of_borrower(request.user.pk)))
    loans = {loan.listing_id: loan for loan in loans_of_borrower(request.user.pk).filter(listing__in=page.object_list)}
    rows = [
        (card, next_step(card.listing, request.actor), loans.get(card.listing.pk)) for card in cards(page.object_list)
    ]
    context = {"page": page, "rows": rows, "wallet": queries.wallet(borrower)}
    return render(request, "borrowers/home.html", context)


@allowed(Capability.APPLY_FOR_LOAN)
@with_borrower
def wallet(request: UserRequest, borrower: Borrower) -> HttpResponse:
    """The wallet's balance and statement, and how to bring money in."""
    context = {
        "cash": queries.wallet(borrower),
        "page": paginate(request, queries.wallet_statement(borrower)),
        "facts": deposit_instructions(queries.deposit_reference(borrower)),
    }
    return render(request, "borrowers/wallet.html", context)
