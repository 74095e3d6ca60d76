"""The home page, and where people land after signing in."""

from django.http import HttpResponse
from django.shortcuts import redirect, render

from borrowers.queries import borrower_of_user
from investors.queries import investor_of_user
from listings.web.cards import open_now, opening_soon
from marketplace.accounts.access import public, signed_in
from marketplace.accounts.requests import PageRequest, UserRequest
from marketplace.reporting.queries import platform_figures
from marketplace.reporting.web.start_pages import start_page

#: Open and soon-opening listings on the home page.
SHOWN = 6


@public
def home(request: PageRequest) -> HttpResponse:
    """The platform in figures, what can be funded, and how it works."""
    context = {
        "figures": platform_figures(),
        "open": open_now(count=SHOWN),
        "soon": opening_soon(count=SHOWN),
    }
    return render(request, "reporting/home.html", context)


@signed_in
def dashboard(request: UserRequest) -> HttpResponse:
    """Send everybody to their own start page."""
    return redirect(start_page(request.user))


@signed_in
def welcome(request: UserRequest) -> HttpResponse:
    """Offer an investor's and a borrower's account to people who have not opened them."""
    context = {
        "investor": investor_of_user(request.user.pk),
        "borrower": borrower_of_user(request.user.pk),
    }
    return render(request, "reporting/welcome.html", context)
