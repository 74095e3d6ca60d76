"""Finance's overview: the equation, the proof, the trial balance, the accounts."""

from datetime import datetime

from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_GET, require_POST

from escrow.models import Account, Entry, Transfer
from escrow.queries.trial_balance import trial_balance
from escrow.web.accounts import found_accounts, held
from escrow.web.findings import checked_rules
from escrow.web.forms import AccountSearch, MomentForm
from escrow.web.sides import sides_of_every_currency
from marketplace.accounts.access import allowed
from marketplace.accounts.permissions import Capability
from marketplace.accounts.requests import UserRequest
from marketplace.lib.web.pagination import paginate
from marketplace.lib.web.posted import posted

ACCOUNTS_SUGGESTED = 10


@allowed(Capability.SEE_ESCROW)
@require_GET
def escrow_overview(request: UserRequest) -> HttpResponse:
    """Whose money it is, now or at a past moment, and whether the two sides agree."""
    form, at = moment_asked(request)
    context = {
        "form": form,
        "at": at,
        "currencies": sides_of_every_currency(at=at),
        "accounts": Account.objects.count(),
        "entries": Entry.objects.count(),
        "transfers": Transfer.objects.count(),
        "may_record": request.user.may(Capability.RECORD_BANK_RECEIPT),
    }
    return render(request, "escrow/overview.html", context)


@allowed(Capability.SEE_ESCROW)
@require_POST
def escrow_verify(request: UserRequest) -> HttpResponse:
    """Prove the ledger from its transfers. It changes nothing; it is posted because it takes its time."""
    posted(request)
    rules = checked_rules()
    broken = sum(1 for rule in rules if rule.findings)
    context = {"rules": rules, "broken": broken, "at": timezone.now(), "transfers": Transfer.objects.count()}
    return render(request, "escrow/verify.html", context)


@allowed(Capability.SEE_ESCROW)
@require_GET
def escrow_trial_balance(request: UserRequest) -> HttpResponse:
    """Every account on its side, now or at a past moment."""
    form, at = moment_asked(request)
    context = {"form": form, "at": at, "balances": trial_balance(at=at)}
    return render(request, "escrow/trial_balance.html", context)


@allowed(Capability.SEE_ESCROW)
@require_GET
def escrow_accounts(request: UserRequest) -> HttpResponse:
    """All accounts with what they hold, narrowed by code or kind."""
    search = AccountSearch(request.GET)
    page = paginate(request, found_accounts(search))
    context = {
        "search": search,
        "page": page,
        "rows": held(page.object_list),
        "may_record": request.user.may(Capability.RECORD_BANK_RECEIPT),
    }
    return render(request, "escrow/accounts.html", context)


@allowed(Capability.SEE_ESCROW)
@require_GET
def escrow_account_options(request: UserRequest) -> HttpResponse:
    """The first accounts that match what is being typed, for the box's list."""
    search = AccountSearch({"q": request.GET.get("account", "")})
    return render(request, "escrow/parts/options.html", {"accounts": found_accounts(search)[:ACCOUNTS_SUGGESTED]})


def moment_asked(request: UserRequest) -> tuple[MomentForm, datetime | None]:
    """The form of the past moment, and the moment it asks for; None for now or for what makes no sense."""
    form = MomentForm(request.GET)
    form.is_valid()
    return form, form.cleaned_data.get("at")
