"""Submit, withdraw, sign: figures first, then the move, and never twice."""

from datetime import datetime

import pytest
from django.test import Client

from borrowers.models import Borrower
from investors.models import Investor
from listings.models import Move
from listings.operations import move_listing
from listings.states import ListingState
from marketplace.accounts.roles import Role
from marketplace.lib.money import Money
from tests import cast
from tests.pages import scene
from tests.pages.conftest import SignedIn

pytestmark = pytest.mark.django_db


def test_the_start_page_says_what_to_do(browser: SignedIn, bai: Borrower, at: datetime) -> None:
    client = browser(bai.user)
    assert "You have no listing yet" in client.get("/borrow/").text
    scene.draft(bai, at=at)
    page = client.get("/borrow/").text
    assert "Check it, then send it to review." in page
    assert "CN¥0.00" in page


def test_submitting_shows_figures_first(browser: SignedIn, bai: Borrower, at: datetime) -> None:
    listing = scene.draft(bai, at=at)
    client = browser(bai.user)
    facts = dict(client.get(f"/borrow/{listing.pk}/submit/").context["facts"])
    assert facts["Paid out to your wallet"] == Money(48_000_00)
    assert scene.state_of(listing) == ListingState.DRAFT
    response = client.post(f"/borrow/{listing.pk}/submit/", follow=True)
    assert "Sent to review." in response.text
    assert scene.state_of(listing) == ListingState.SUBMITTED


def test_a_double_click_is_told_so(browser: SignedIn, bai: Borrower, at: datetime) -> None:
    listing = scene.draft(bai, at=at)
    client = browser(bai.user)
    client.post(f"/borrow/{listing.pk}/submit/")
    again = client.post(f"/borrow/{listing.pk}/submit/", follow=True)
    assert "This is done already." in again.text
    assert Move.objects.filter(listing=listing, name="submit").count() == 1


def test_returned_with_a_reason(browser: SignedIn, bai: Borrower, at: datetime) -> None:
    listing = scene.draft(bai, at=at)
    officer = cast.staff(Role.LOAN_OFFICER)
    move_listing(listing_id=listing.pk, move="submit", by=bai.user.actor, at=at)
    move_listing(listing_id=listing.pk, move="take_in", by=officer, at=at)
    move_listing(listing_id=listing.pk, move="send_back", by=officer, at=at, reason="Which ovens?")
    page = browser(bai.user).get(f"/borrow/{listing.pk}/").text
    assert "Which ovens?" in page
    assert officer.label not in page
    assert f'href="/borrow/{listing.pk}/edit/"' in page


def test_withdrawing(browser: SignedIn, bai: Borrower, at: datetime) -> None:
    listing = scene.approved(bai, at=at)
    client = browser(bai.user)
    assert "lb-confirm-danger" in client.get(f"/borrow/{listing.pk}/withdraw/").text
    client.post(f"/borrow/{listing.pk}/withdraw/")
    assert scene.state_of(listing) == ListingState.WITHDRAWN


def test_what_the_state_does_not_allow(browser: SignedIn, bai: Borrower, at: datetime) -> None:
    listing = scene.opened(bai, at=at).listing
    client = browser(bai.user)
    for step in ("submit", "withdraw", "sign"):
        response = client.post(f"/borrow/{listing.pk}/{step}/", {"agrees": "on"}, follow=True)
        assert "This is not possible while the listing is in the state “Open for bids”." in response.text
    assert scene.state_of(listing) == ListingState.OPEN


def test_other_peoples_listings_are_not_there(browser: SignedIn, bai: Borrower, cheng: Borrower, at: datetime) -> None:
    listing = scene.draft(bai, at=at)
    client = browser(cheng.user)
    for step in ("", "edit/", "submit/", "withdraw/", "sign/"):
        for send in (client.get, client.post):
            assert send(f"/borrow/{listing.pk}/{step}").status_code == 404
    assert scene.state_of(listing) == ListingState.DRAFT


def test_a_form_of_another_site_is_refused(bai: Borrower, at: datetime) -> None:
    listing = scene.draft(bai, at=at)
    strict = Client(enforce_csrf_checks=True)
    strict.force_login(bai.user)
    assert strict.post(f"/borrow/{listing.pk}/submit/").status_code == 403
    assert scene.state_of(listing) == ListingState.DRAFT


def test_own_listing_shows_live_progress(browser: SignedIn, bai: Borrower, ann: Investor, at: datetime) -> None:
    found = scene.opened(bai, at=at)
    scene.bid(found, ann, 20_000_00, at=at)
    page = browser(bai.user).get(f"/borrow/{found.listing_id}/").text
    assert f'data-live-round="{found.pk}"' in page
    assert "listings/live-progress.js" in page
