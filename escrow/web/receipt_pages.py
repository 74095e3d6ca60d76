"""Recording money seen on the bank's statement: fill in, see it in figures, confirm."""

from uuid import uuid4

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods

from escrow.models import Account, Entry
from escrow.operations import record_bank_receipt
from escrow.queries import balance, journal
from escrow.web.forms import ReceiptForm
from marketplace.accounts.access import allowed
from marketplace.accounts.permissions import Capability
from marketplace.accounts.requests import UserRequest
from marketplace.lib.web.posted import is_confirmed, posted


@allowed(Capability.RECORD_BANK_RECEIPT)
@require_http_methods(["GET", "POST"])
def escrow_receipt(request: UserRequest) -> HttpResponse:
    """Record a bank receipt; the form's key makes a second click find the first one's entry."""
    initial = {"key": uuid4(), "account": request.GET.get("account", "")}
    form = ReceiptForm(posted(request) if request.method == "POST" else None, initial=initial)
    form.fields["account"].widget.attrs |= _suggestions()
    if not form.is_valid():
        return render(request, "escrow/receipt.html", {"form": form}, status=422 if form.errors else None)
    if is_confirmed(request):
        return _recorded(request, form)
    context = {"form": form, "facts": _facts(form), "before": _same_reference(form), "action": request.path}
    return render(request, "escrow/receipt.html", context)


def _recorded(request: UserRequest, form: ReceiptForm) -> HttpResponse:
    filled = form.cleaned_data
    done = record_bank_receipt(
        account_code=filled["account"].code,
        amount=filled["amount"],
        bank_reference=filled["bank_reference"],
        by=request.actor,
        at=timezone.now(),
        idempotency_key=f"bank-receipt:{filled['key']}",
    )
    if done.is_replay:
        messages.info(request, _("This receipt had been recorded already; no money moved again."))
    else:
        messages.success(request, _("The receipt is recorded."))
    return redirect("escrow_entry", done.entry_id)


def _facts(form: ReceiptForm) -> list[tuple[object, object]]:
    account: Account = form.cleaned_data["account"]
    amount, now = form.cleaned_data["amount"], balance(account.code)
    return [
        (gettext_lazy("Account"), account.code),
        (gettext_lazy("Kind"), account.get_kind_display()),
        (gettext_lazy("The bank's reference"), form.cleaned_data["bank_reference"]),
        (gettext_lazy("Amount"), amount),
        (gettext_lazy("Holds now"), now),
        (gettext_lazy("Holds afterwards"), now + amount),
    ]


def _same_reference(form: ReceiptForm) -> Entry | None:
    """A receipt recorded before with the same reference of the bank: the same money, perhaps."""
    reference = f"bank:{form.cleaned_data['bank_reference']}"
    return journal(kind="bank_receipt", reference=reference).filter(reference=reference).first()


def _suggestions() -> dict[str, str]:
    return {
        "hx-get": reverse("escrow_account_options"),
        "hx-trigger": "input changed delay:300ms",
        "hx-target": "#account-options",
        "hx-sync": "this:replace",
    }
