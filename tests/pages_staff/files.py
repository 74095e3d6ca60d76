"""Listings on staff's desks, and what a browser does with their pages."""

from datetime import datetime

from django.test import Client

from borrowers.models import Borrower
from listings.models import Listing, Move
from listings.operations import move_listing
from marketplace.accounts.roles import Role
from tests import cast
from tests.pages import scene


def submitted(borrower: Borrower, *, at: datetime) -> Listing:
    """A listing that waits for a loan officer."""
    listing = scene.draft(borrower, at=at)
    move_listing(listing_id=listing.pk, move="submit", by=borrower.user.actor, at=at)
    return again(listing)


def investigating(borrower: Borrower, *, at: datetime) -> Listing:
    """A listing that a loan officer has taken in."""
    listing = submitted(borrower, at=at)
    move_listing(listing_id=listing.pk, move="take_in", by=cast.staff(Role.LOAN_OFFICER), at=at)
    return again(listing)


def contracted(found_listing: Listing, *, at: datetime) -> Listing:
    """A funded listing that its borrower has signed."""
    by = found_listing.borrower.user.actor
    move_listing(listing_id=found_listing.pk, move="sign_contract", by=by, at=at)
    return again(found_listing)


def again(listing: Listing) -> Listing:
    """The listing as it is now."""
    return Listing.objects.select_related("borrower__user").get(pk=listing.pk)


def seen(listing: Listing) -> str:
    """What a page of the listing, opened now, sends along."""
    return str(Move.objects.filter(listing=listing).order_by("pk").last().pk)  # type: ignore[union-attr]


def confirm(client: Client, listing: Listing, page: str, **fields: str) -> int:
    """Press the button of a confirming page that was opened just now; the status of the answer."""
    data = {"seen": seen(listing), "opinion": "", "confirmed": "yes"} | fields
    return client.post(f"/staff/listings/{listing.pk}/{page}/", data).status_code
