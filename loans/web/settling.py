"""The borrower repays everything before its time: the day's quote, then the button, then one call."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from loans.models import Loan
from loans.operations import settle_early
from loans.queries import quote_settlement, standing_of
from loans.web.forms import SettleForm
from loans.web.loan_view import wallet_of
from loans.web.lookup import own_loan_or_404
from loans.web.paying import new_key, nothing_owed
from loans.web.payment_facts import settlement_facts
from marketplace.accounts.access import allowed
from marketplace.accounts.permissions import Capability
from marketplace.accounts.requests import UserRequest
from marketplace.lib.business_day import business_day
from marketplace.lib.errors import Refused
from marketplace.lib.formats import format_money
from marketplace.lib.money import Money
from marketplace.lib.web.posted import posted


@allowed(Capability.PAY_LOAN)
@require_http_methods(["GET", "POST"])
def loan_settle(request: UserRequest, loan_id: int) -> HttpResponse:
    """Show what settles the loan today, and settle it for just that."""
    loan = own_loan_or_404(loan_id, user_id=request.user.pk)
    form = SettleForm(posted(request) if request.method == "POST" else None)
    if form.is_valid():
        return _settle(request, loan, form)
    problem = " ".join(map(str, form.non_field_errors()))
    return _quote_page(request, loan, problem=problem, status=422 if problem else 200)


def _settle(request: UserRequest, loan: Loan, form: SettleForm) -> HttpResponse:
    try:
        receipt = settle_early(
            loan_id=loan.pk,
            agreed_total=Money(form.cleaned_data["total_minor"], loan.currency),
            day=business_day(timezone.now()),
            by=request.actor,
            at=timezone.now(),
            idempotency_key=f"settle:{form.cleaned_data['key']}",
        )
    except Refused as refusal:
        loan = own_loan_or_404(loan.pk, user_id=request.user.pk)
        return _quote_page(request, loan, problem=refusal.text, status=refusal.http_status)
    paid = format_money(Money(receipt.amount_minor, loan.currency))
    messages.success(request, _("%(amount)s paid: the loan is repaid in full.") % {"amount": paid})
    return redirect("loan_page", loan.pk)


def _quote_page(request: UserRequest, loan: Loan, *, problem: str, status: int) -> HttpResponse:
    """The quote of the day; its button is only there when the wallet holds the total."""
    if not loan.is_running:
        return nothing_owed(request, loan)
    day, wallet = business_day(timezone.now()), wallet_of(loan)
    quote = quote_settlement(loan, day=day)
    total = Money(quote.total_minor, loan.currency)
    context = {
        "loan": loan,
        "problem": problem,
        "wallet": wallet,
        "missing": total - wallet.cash if total > wallet.cash else None,
        "facts": settlement_facts(standing_of(loan, day=day), quote, cash=wallet.cash),
        "hidden": [("total_minor", quote.total_minor), ("key", new_key())],
    }
    return render(request, "loans/settle.html", context, status=status)
