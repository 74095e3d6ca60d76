"""Operations give an approved listing its round: filled in, seen in figures, scheduled."""

from datetime import datetime, timedelta

import pytest
from django.test import Client
from django.utils import timezone

from borrowers.models import Borrower
from listings.models import Listing
from listings.rounds.models import Round
from marketplace.accounts.roles import Role
from tests.pages import scene
from tests.pages_staff.conftest import Desk
from tests.pages_staff.files import again

pytestmark = pytest.mark.django_db


def moment(at: datetime, **later: int) -> str:
    return timezone.localtime(at + timedelta(**later)).strftime("%Y-%m-%dT%H:%M")


def filled(at: datetime, **changed: str) -> dict[str, str]:
    return {
        "kind": "flash",
        "opens_at": moment(at, hours=1),
        "closes_at": moment(at, hours=2),
        "smallest_bid": "200",
        "step": "1,000.00",
        "most_per_investor": "",
        "confirmed": "yes",
    } | changed


@pytest.fixture
def listing(bai: Borrower, at: datetime) -> Listing:
    return scene.approved(bai, at=at)


def page_of(listing: Listing) -> str:
    return f"/staff/listings/{listing.pk}/schedule/"


def test_the_form_starts_with_the_usual(desk: Desk, listing: Listing) -> None:
    page = desk(Role.OPERATIONS).get(page_of(listing)).text
    assert 'value="100.00"' in page
    assert "See what will happen" in page


def test_it_is_shown_first(desk: Desk, listing: Listing, at: datetime) -> None:
    response = desk(Role.OPERATIONS).post(page_of(listing), filled(at, confirmed=""))
    facts = {str(name): str(value) for name, value in response.context["facts"]}
    assert facts["Kind"] == "Flash round, live for minutes"
    assert facts["Step"] == "1,000.00 CNY"
    assert facts["Most per investor"] == "no limit"
    assert again(listing).state == "approved"


def test_scheduling(desk: Desk, listing: Listing, at: datetime) -> None:
    sent = filled(at, most_per_investor="5000")
    response = desk(Role.OPERATIONS).post(page_of(listing), sent, follow=True)
    assert "The round has its time." in response.text
    made = Round.objects.get(listing=listing)
    assert (made.is_flash, made.minimum_bid_minor, made.step_minor) == (True, 200_00, 1_000_00)
    assert (made.maximum_per_investor_minor, made.target_minor) == (5_000_00, 50_000_00)
    assert moment(made.opens_at) == sent["opens_at"]


def test_a_double_click_makes_one_round(desk: Desk, listing: Listing, at: datetime) -> None:
    operations = desk(Role.OPERATIONS)
    assert operations.post(page_of(listing), filled(at)).status_code == 302
    second = operations.post(page_of(listing), filled(at))
    assert second.status_code == 409
    assert "not possible while the listing is in the state “Opening soon”" in second.text
    assert Round.objects.filter(listing=listing).count() == 1


WRONG = (
    ("kind", "auction", "Select a valid choice"),
    ("opens_at", "tomorrow", "Enter a date and a time"),
    ("opens_at", "0001-01-01T00:00", "That is too long ago."),
    ("opens_at", "2020-01-01T00:00", "must not be in the past"),
    ("closes_at", "2020-01-01T00:00", "must be after the opening"),
    ("smallest_bid", "-1", "At least"),
    ("smallest_bid", "0", "At least"),
    ("smallest_bid", "99999999999999999999", "Enter a number"),
    ("smallest_bid", "50,000.01", "must be above zero and within the target"),
    ("step", "0.001", "At most 2 decimals."),
    ("step", "300", "must divide the target"),
    ("step", "ten", "Enter a number"),
    ("most_per_investor", "1", "must not be below the smallest bid"),
    ("target", "1", "Unknown fields: target."),
)


@pytest.mark.parametrize(("field", "value", "answer"), WRONG)
def test_bad_input(desk: Desk, listing: Listing, at: datetime, field: str, value: str, answer: str) -> None:
    for confirmed in ("", "yes"):
        sent = filled(at, confirmed=confirmed, **{field: value})
        response = desk(Role.OPERATIONS).post(page_of(listing), sent)
        assert response.status_code == 422
        assert answer in response.text
    assert (again(listing).state, Round.objects.count()) == ("approved", 0)


def test_something_else_than_a_form(desk: Desk, listing: Listing) -> None:
    response = desk(Role.OPERATIONS).post(page_of(listing), "{}", content_type="application/json")
    assert response.status_code == 415


@pytest.mark.parametrize("role", sorted(set(Role) - {Role.OPERATIONS}))
def test_only_operations(desk: Desk, listing: Listing, at: datetime, role: Role) -> None:
    browser: Client = desk(role)
    assert browser.get(page_of(listing)).status_code == 403
    assert browser.post(page_of(listing), filled(at)).status_code == 403
    assert again(listing).state == "approved"
