"""An investor's own pages."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from investors import operations, queries
from investors.models import Investor
from investors.web.bids import bid_lines
from investors.web.guard import with_investor
from investors.web.holdings import as_holdings
from investors.web.portfolio import portfolio_of
from listings.rounds.queries import bids_by
from loans.queries import participations_of
from marketplace.accounts.access import allowed, signed_in
from marketplace.accounts.permissions import Capability
from marketplace.accounts.requests import UserRequest
from marketplace.lib.web.deposit import deposit_instructions
from marketplace.lib.web.pagination import paginate


@signed_in
@require_POST
def open_account(request: UserRequest) -> HttpResponse:
    """Make the reader an investor; doing it twice changes nothing."""
    operations.open_investor(user=request.user, at=timezone.now())
    messages.success(request, _("Your investor's account is open. Bring money in to start bidding."))
    return redirect("investor_home")


@allowed(Capability.SEE_OWN_PORTFOLIO)
@with_investor
def home(request: UserRequest, investor: Investor) -> HttpResponse:
    """Cash, bids, shares of loans and what happened lately."""
    return render(request, "investors/home.html", {"portfolio": portfolio_of(investor)})


@allowed(Capability.SEE_OWN_PORTFOLIO)
@with_investor
def wallet(request: UserRequest, investor: Investor) -> HttpResponse:
    """The wallet's balance and statement."""
    page = paginate(request, queries.wallet_statement(investor))
    return render(request, "investors/wallet.html", {"cash": queries.free_cash(investor), "page": page})


@allowed(Capability.SEE_OWN_PORTFOLIO)
@with_investor
def holdings(request: UserRequest, investor: Investor) -> HttpResponse:
    """Every share of a loan."""
    page = paginate(request, participations_of(investor.pk))
    return render(request, "investors/holdings.html", {"page": page, "holdings": as_holdings(page.object_list)})


@allowed(Capability.SEE_OWN_PORTFOLIO)
@with_investor
def bids(request: UserRequest, investor: Investor) -> HttpResponse:
    """Every bid and what became of it."""
    page = paginate(request, bids_by(investor.pk))
    return render(request, "investors/bids.html", {"page": page, "lines": bid_lines(page.object_list)})


@allowed(Capability.SEE_OWN_PORTFOLIO)
@with_investor
def deposit(request: UserRequest, investor: Investor) -> HttpResponse:
    """How to bring money in by bank transfer."""
    instructions = deposit_instructions(queries.deposit_reference(investor))
    return render(request, "investors/deposit.html", {"facts": instructions})
