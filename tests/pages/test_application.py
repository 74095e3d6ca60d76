"""Writing a listing: bad input is shown beside its box, good input is saved once."""

from datetime import datetime
from uuid import uuid4

import pytest

from borrowers.models import Borrower
from listings.models import Listing
from listings.operations import move_listing
from listings.states import ListingState
from tests.pages import scene
from tests.pages.conftest import SignedIn

pytestmark = pytest.mark.django_db

GOOD = {
    "title": "Two ovens",
    "purpose": "business",
    "story": "",
    "principal": "50,000.50",
    "annual_rate": "11.5",
    "term_months": "12",
    "method": "equal_instalment",
    "accepts_from": "",
}


def test_a_draft_is_saved_to_the_fen(browser: SignedIn, bai: Borrower) -> None:
    response = browser(bai.user).post("/borrow/new/", GOOD)
    listing = Listing.objects.get()
    assert response.headers["Location"] == f"/borrow/{listing.pk}/"
    assert (listing.principal_minor, listing.annual_rate_bps, listing.term_months) == (50_000_50, 1150, 12)
    assert (listing.state, listing.accepts_from_minor) == (ListingState.DRAFT, 50_000_50)


def test_saving_and_going_on(browser: SignedIn, bai: Borrower) -> None:
    response = browser(bai.user).post("/borrow/new/", {**GOOD, "then_submit": "yes"})
    assert response.headers["Location"] == f"/borrow/{Listing.objects.get().pk}/submit/"
    assert Listing.objects.get().state == ListingState.DRAFT


@pytest.mark.parametrize(
    ("field", "value", "message"),
    [
        ("principal", "", "This field is required."),
        ("principal", "-500", "At least CN¥100.00."),
        ("principal", "0", "At least CN¥100.00."),
        ("principal", "100.001", "At most 2 decimals."),
        ("principal", "9" * 30, "Enter a number, such as 1,000.50."),
        ("principal", "999999999999", "At most CN¥"),
        ("principal", "lots", "Enter a number, such as 1,000.50."),
        ("principal", "1e5", "Enter a number, such as 1,000.50."),
        ("principal", "NaN", "Enter a number, such as 1,000.50."),
        ("principal", "1,00", "Enter a number, such as 1,000.50."),
        ("annual_rate", "36.01", "At most 36.00%."),
        ("annual_rate", "0", "At least 0.01%."),
        ("annual_rate", "11.555", "At most 2 decimals."),
        ("term_months", "0", "greater than or equal to 1"),
        ("term_months", "61", "less than or equal to 60"),
        ("term_months", "6.5", "Enter a whole number."),
        ("term_months", "9" * 5000, "Enter a whole number."),
        ("method", "lottery", "Select a valid choice"),
        ("purpose", "", "This field is required."),
        ("title", " ", "This field is required."),
        ("title", "x" * 101, "at most 100 characters"),
        ("story", "x" * 4001, "at most 4000 characters"),
        ("story", "a\0b", "Null characters are not allowed."),
    ],
)
def test_bad_input(browser: SignedIn, bai: Borrower, field: str, value: str, message: str) -> None:
    response = browser(bai.user).post("/borrow/new/", {**GOOD, field: value})
    assert response.status_code == 422
    assert response.context["form"].errors.keys() == {field}
    assert message in str(response.context["form"].errors[field])
    assert "Nothing was saved yet" in response.text
    assert not Listing.objects.exists()


@pytest.mark.parametrize("least", ["", "50,000.51"])
def test_taking_less_needs_a_sensible_least(browser: SignedIn, bai: Borrower, least: str) -> None:
    response = browser(bai.user).post("/borrow/new/", {**GOOD, "accepts_part": "on", "accepts_from": least})
    assert response.context["form"].errors.keys() == {"accepts_from"}
    assert not Listing.objects.exists()


def test_a_double_click_makes_one_draft(browser: SignedIn, bai: Borrower) -> None:
    client, form = browser(bai.user), {**GOOD, "form_key": str(uuid4())}
    first, second = client.post("/borrow/new/", form), client.post("/borrow/new/", form, follow=True)
    assert second.redirect_chain[0][0] == first.headers["Location"]
    assert "your draft is saved once" in second.text
    assert Listing.objects.count() == 1


def test_a_corrected_form_is_not_taken_for_a_double_click(browser: SignedIn, bai: Borrower) -> None:
    client, key = browser(bai.user), str(uuid4())
    refused = client.post("/borrow/new/", {**GOOD, "principal": "x", "form_key": key})
    assert str(refused.context["form_key"]) == key
    client.post("/borrow/new/", {**GOOD, "form_key": key})
    assert Listing.objects.count() == 1


def test_forms_without_a_key_are_separate(browser: SignedIn, bai: Borrower) -> None:
    for key in ("", "nonsense"):
        browser(bai.user).post("/borrow/new/", {**GOOD, "form_key": key})
    assert Listing.objects.count() == 2


def test_changing_a_draft(browser: SignedIn, bai: Borrower, at: datetime) -> None:
    listing = scene.draft(bai, at=at)
    client = browser(bai.user)
    page = client.get(f"/borrow/{listing.pk}/edit/").text
    assert 'value="50000.00"' in page
    assert 'value="11.50"' in page
    client.post(f"/borrow/{listing.pk}/edit/", GOOD)
    listing.refresh_from_db()
    assert (listing.title, listing.principal_minor) == ("Two ovens", 50_000_50)


def test_what_is_with_staff_is_not_changed(browser: SignedIn, bai: Borrower, at: datetime) -> None:
    listing = scene.draft(bai, at=at)
    move_listing(listing_id=listing.pk, move="submit", by=bai.user.actor, at=at)
    response = browser(bai.user).post(f"/borrow/{listing.pk}/edit/", GOOD, follow=True)
    assert "It can no longer be changed. Nothing was saved." in response.text
    assert Listing.objects.get().title == scene.TERMS.title


def test_the_cost_while_typing(browser: SignedIn, bai: Borrower) -> None:
    client = browser(bai.user)
    good = client.get("/borrow/cost/", GOOD | {"principal": "50000"}).text
    assert "CN¥4,430.75" in good
    assert "19.32%" in good
    for query in ({}, {**GOOD, "principal": "-1"}, {**GOOD, "term_months": "x"}):
        assert "Fill in amount, rate and term" in client.get("/borrow/cost/", query).text
    assert client.post("/borrow/cost/", GOOD).status_code == 405
