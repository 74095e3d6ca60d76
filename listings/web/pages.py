"""Pages about listings that everybody may open."""

from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.cache import patch_vary_headers

from listings.queries import published
from listings.web.cards import cards
from listings.web.lookup import listing_or_404
from listings.web.overview import listing_overview
from listings.web.search import ListingSearch
from listings.web.timeline import public_timeline
from marketplace.accounts.access import public
from marketplace.accounts.requests import PageRequest
from marketplace.accounts.roles import Role
from marketplace.lib.web.pagination import paginate

LISTINGS_PER_PAGE = 12


@public
def listing_list(request: PageRequest) -> HttpResponse:
    """Published listings, filtered and sorted by the address; htmx gets only the results."""
    search = ListingSearch(request.GET, listings=published())
    page = paginate(request, search.found(), per_page=LISTINGS_PER_PAGE)
    context = {"search": search, "page": page, "cards": cards(page.object_list)}
    template = "listings/parts/results.html" if _wants_a_part(request) else "listings/list.html"
    response = render(request, template, context)
    # One address, two answers: caches and the back button must not mix them up.
    patch_vary_headers(response, ["HX-Request", "HX-History-Restore-Request"])
    return response


@public
def listing_page(request: PageRequest, listing_id: int) -> HttpResponse:
    """One listing: terms, purpose, state, history, its round and what repaying it would look like."""
    listing = listing_or_404(listing_id, actor=request.actor)
    view = listing_overview(listing, actor=request.actor, day=timezone.localdate(), timeline=public_timeline(listing))
    may_bid = request.actor.has(Role.INVESTOR) or not request.user.is_authenticated
    return render(request, "listings/detail.html", {"view": view, "may_bid": may_bid})


def _wants_a_part(request: PageRequest) -> bool:
    return bool(request.htmx) and not request.htmx.history_restore_request
