"""Drafts: saved once, changed while they are the borrower's, their cost shown while typing."""

from datetime import datetime
from uuid import uuid4

import pytest

from borrowers.models import Borrower
from listings.models import Listing
from listings.operations import move_listing
from tests.pages import scene
from tests.pages.conftest import SignedIn

pytestmark = pytest.mark.django_db


def test_a_double_click_makes_one_draft(browser: SignedIn, bai: Borrower) -> None:
    client, form = browser(bai.user), {**scene.FORM, "form_key": str(uuid4())}
    first, second = client.post("/borrow/new/", form), client.post("/borrow/new/", form, follow=True)
    assert second.redirect_chain[0][0] == first.headers["Location"]
    assert "your draft is saved once" in second.text
    assert Listing.objects.count() == 1


def test_a_corrected_form_is_not_taken_for_a_double_click(browser: SignedIn, bai: Borrower) -> None:
    client, key = browser(bai.user), str(uuid4())
    refused = client.post("/borrow/new/", {**scene.FORM, "principal": "x", "form_key": key})
    assert str(refused.context["form_key"]) == key
    client.post("/borrow/new/", {**scene.FORM, "form_key": key})
    assert Listing.objects.count() == 1


def test_forms_without_a_key_are_separate(browser: SignedIn, bai: Borrower) -> None:
    for key in ("", "nonsense"):
        browser(bai.user).post("/borrow/new/", {**scene.FORM, "form_key": key})
    assert Listing.objects.count() == 2


def test_changing_a_draft(browser: SignedIn, bai: Borrower, at: datetime) -> None:
    listing = scene.draft(bai, at=at)
    client = browser(bai.user)
    page = client.get(f"/borrow/{listing.pk}/edit/").text
    assert 'value="50000.00"' in page
    assert 'value="11.50"' in page
    client.post(f"/borrow/{listing.pk}/edit/", scene.FORM)
    listing.refresh_from_db()
    assert (listing.title, listing.principal_minor) == ("Two ovens", 50_000_50)


def test_what_is_with_staff_is_not_changed(browser: SignedIn, bai: Borrower, at: datetime) -> None:
    listing = scene.draft(bai, at=at)
    move_listing(listing_id=listing.pk, move="submit", by=bai.user.actor, at=at)
    response = browser(bai.user).post(f"/borrow/{listing.pk}/edit/", scene.FORM, follow=True)
    assert "It can no longer be changed. Nothing was saved." in response.text
    assert Listing.objects.get().title == scene.TERMS.title


def test_the_cost_while_typing(browser: SignedIn, bai: Borrower) -> None:
    client = browser(bai.user)
    good = client.get("/borrow/cost/", scene.FORM | {"principal": "50000"}).text
    assert "CN¥4,430.75" in good
    assert "19.32%" in good
    for query in ({}, {**scene.FORM, "principal": "-1"}, {**scene.FORM, "term_months": "x"}):
        assert "Fill in amount, rate and term" in client.get("/borrow/cost/", query).text
    assert client.post("/borrow/cost/", scene.FORM).status_code == 405
