"""The page of a loan, its holders, and the loan book."""

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_GET

from loans.models import Participation
from loans.queries import book_totals, participations_in, payments_to, receipts_of, visible_to
from loans.web.book_search import BookSearch, book_rows
from loans.web.forms import PayForm
from loans.web.loan_view import LoanView, loan_view
from loans.web.lookup import loan_or_404
from loans.web.paying import new_key
from loans.web.receipt_lines import receipt_lines, share_lines
from marketplace.accounts.access import allowed, signed_in
from marketplace.accounts.permissions import Capability
from marketplace.accounts.requests import UserRequest
from marketplace.lib.business_day import business_day
from marketplace.lib.money import DEFAULT_CURRENCY
from marketplace.lib.web.pagination import paginate


@signed_in
@require_GET
def loan_page(request: UserRequest, loan_id: int) -> HttpResponse:
    """One loan, for its borrower, for who holds a share of it, and for staff."""
    loan = loan_or_404(loan_id, actor=request.actor)
    view = loan_view(loan, actor=request.actor, day=business_day(timezone.now()))
    context: dict[str, object] = {"view": view, "loan": loan, **_payments(request, view)}
    if view.is_borrower and loan.is_running:
        context["form"] = PayForm(standing=view.standing, initial={"key": new_key()})
    return render(request, "loans/loan.html", context)


@allowed(Capability.SEE_LOAN_BOOK)
@require_GET
def loan_holders(request: UserRequest, loan_id: int) -> HttpResponse:
    """Who holds how much of a loan, and what it has brought them."""
    loan = loan_or_404(loan_id, actor=request.actor)
    page = paginate(request, participations_in(loan))
    return render(request, "loans/holders.html", {"loan": loan, "page": page})


@allowed(Capability.SEE_LOAN_BOOK)
@require_GET
def loan_book(request: UserRequest) -> HttpResponse:
    """All loans, narrowed by state, lateness or words."""
    day = business_day(timezone.now())
    search = BookSearch(request.GET)
    page = paginate(request, search.found(day=day))
    context = {
        "search": search,
        "page": page,
        "rows": book_rows(page.object_list, day=day),
        "totals": book_totals(currency=DEFAULT_CURRENCY),
        "currency": DEFAULT_CURRENCY,
    }
    return render(request, "loans/book.html", context)


@allowed(Capability.PAY_OUT_LOAN)
@require_GET
def loan_pay_out(request: UserRequest, listing_id: int) -> HttpResponse:
    """The page that pays a listing out stands in its file; once it is paid out, its loan is shown."""
    loan = visible_to(request.actor).filter(listing_id=listing_id).first()
    return redirect("loan_page", loan.pk) if loan else redirect("listing_pay_out", listing_id)


def _payments(request: UserRequest, view: LoanView) -> dict[str, object]:
    """The payments as the reader may see them: all of each, or only one's own share."""
    currency = view.loan.currency
    if view.is_borrower or view.is_staff:
        page = paginate(request, receipts_of(view.loan))
        return {"page": page, "receipts": receipt_lines(page.object_list, currency=currency)}
    share: Participation = view.share
    page = paginate(request, payments_to(share))
    return {"page": page, "shares": share_lines(page.object_list, currency=currency)}
