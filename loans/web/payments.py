"""The borrower pays: figures first, then the button, then one call; a double click pays once."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from loans.models import Loan
from loans.operations import repay
from loans.queries import standing_of
from loans.web.forms import PayForm
from loans.web.loan_view import wallet_of
from loans.web.lookup import own_loan_or_404
from loans.web.paying import new_key, nothing_owed
from loans.web.payment_facts import payment_facts
from marketplace.accounts.access import allowed
from marketplace.accounts.permissions import Capability
from marketplace.accounts.requests import UserRequest
from marketplace.lib.business_day import business_day
from marketplace.lib.errors import Refused
from marketplace.lib.formats import format_money
from marketplace.lib.money import Money
from marketplace.lib.web.posted import CONFIRMED, is_confirmed, posted


@allowed(Capability.PAY_LOAN)
@require_http_methods(["GET", "POST"])
def loan_pay(request: UserRequest, loan_id: int) -> HttpResponse:
    """Pay what is owed, the next instalment or an amount."""
    loan = own_loan_or_404(loan_id, user_id=request.user.pk)
    standing = standing_of(loan, day=business_day(timezone.now()))
    confirmed = is_confirmed(request)
    if not loan.is_running and not confirmed:
        return nothing_owed(request, loan)
    data = posted(request) if request.method == "POST" else None
    form = PayForm(data, standing=standing, confirmed=confirmed, initial={"key": new_key()})
    if not form.is_valid():
        return _form_page(request, loan, form, status=422 if form.errors else 200)
    return _pay(request, loan, form) if confirmed else _confirm_page(request, loan, form)


def _pay(request: UserRequest, loan: Loan, form: PayForm) -> HttpResponse:
    day = form.standing.position.day
    try:
        receipt = repay(
            loan_id=loan.pk,
            amount=form.money,
            day=day,
            by=request.actor,
            at=timezone.now(),
            idempotency_key=f"pay:{form.cleaned_data['key']}",
        )
    except Refused as refusal:
        loan = own_loan_or_404(loan.pk, user_id=request.user.pk)
        if not loan.is_running:
            return nothing_owed(request, loan)
        fresh = PayForm(standing=standing_of(loan, day=day), initial={"key": new_key()})
        return _form_page(request, loan, fresh, problem=refusal.text, status=refusal.http_status)
    paid = format_money(Money(receipt.amount_minor, loan.currency))
    messages.success(request, _("%(amount)s paid. It is in the list of payments below.") % {"amount": paid})
    return redirect("loan_page", loan.pk)


def _form_page(
    request: UserRequest, loan: Loan, form: PayForm, *, problem: str = "", status: int = 200
) -> HttpResponse:
    context = {"loan": loan, "form": form, "problem": problem, "wallet": wallet_of(loan)}
    return render(request, "loans/pay.html", context, status=status)


def _confirm_page(request: UserRequest, loan: Loan, form: PayForm) -> HttpResponse:
    """What the payment goes to, if the wallet holds it."""
    wallet = wallet_of(loan)
    if form.money > wallet.cash:
        missing = format_money(form.money - wallet.cash)
        problem = _("Your wallet is %(missing)s short of that. Bring it in first, or pay less.") % {"missing": missing}
        return _form_page(request, loan, form, problem=problem, status=409)
    hidden = [
        ("choice", "other"),
        ("amount", f"{form.money.decimal:f}"),
        ("key", form.cleaned_data["key"]),
        (CONFIRMED, "yes"),
    ]
    facts = payment_facts(form.standing, form.money, cash=wallet.cash)
    return render(request, "loans/pay_confirm.html", {"loan": loan, "facts": facts, "hidden": hidden})
