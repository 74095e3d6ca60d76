"""Writing a listing: bad input is shown beside its box, good input is saved once."""

import pytest

from borrowers.models import Borrower
from listings.models import Listing
from listings.states import ListingState
from tests.pages import scene
from tests.pages.conftest import SignedIn

pytestmark = pytest.mark.django_db


def test_a_draft_is_saved_to_the_fen(browser: SignedIn, bai: Borrower) -> None:
    response = browser(bai.user).post("/borrow/new/", scene.FORM)
    listing = Listing.objects.get()
    assert response.headers["Location"] == f"/borrow/{listing.pk}/"
    assert (listing.principal_minor, listing.annual_rate_bps, listing.term_months) == (50_000_50, 1150, 12)
    assert (listing.state, listing.accepts_from_minor) == (ListingState.DRAFT, 50_000_50)


def test_saving_and_going_on(browser: SignedIn, bai: Borrower) -> None:
    response = browser(bai.user).post("/borrow/new/", {**scene.FORM, "then_submit": "yes"})
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
    response = browser(bai.user).post("/borrow/new/", {**scene.FORM, field: value})
    assert response.status_code == 422
    assert response.context["form"].errors.keys() == {field}
    assert message in str(response.context["form"].errors[field])
    assert "Nothing was saved yet" in response.text
    assert not Listing.objects.exists()


@pytest.mark.parametrize("least", ["", "50,000.51"])
def test_taking_less_needs_a_sensible_least(browser: SignedIn, bai: Borrower, least: str) -> None:
    response = browser(bai.user).post("/borrow/new/", {**scene.FORM, "accepts_part": "on", "accepts_from": least})
    assert response.context["form"].errors.keys() == {"accepts_from"}
    assert not Listing.objects.exists()
