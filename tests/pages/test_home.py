"""The home page, and where people land after signing in."""

from datetime import datetime

import pytest
from django.test import Client
from pytest_django import DjangoAssertNumQueries

from borrowers.models import Borrower
from investors.models import Investor
from marketplace.accounts.roles import Role
from marketplace.lib.money import Money
from marketplace.reporting.queries import platform_figures
from tests import cast
from tests.pages import scene
from tests.pages.conftest import SignedIn

pytestmark = pytest.mark.django_db


def test_an_empty_platform_says_so(client: Client) -> None:
    response = client.get("/")
    assert response.status_code == 200
    assert "No round is open right now" in response.text
    assert "How it works" in response.text


def test_figures(bai: Borrower, ann: Investor, at: datetime) -> None:
    scene.funded(bai, ann, at=at)
    scene.opened(bai, at=at)
    figures = platform_figures()
    assert (figures.funded, figures.outstanding) == (Money(50_000_00), Money(0))
    assert (figures.open_listings, figures.investors) == (1, 1)


def test_open_listings_come_before_the_next_to_open(client: Client, bai: Borrower, at: datetime) -> None:
    later = scene.scheduled(bai, at=at, hours=9).listing
    sooner = scene.scheduled(bai, at=at, hours=2).listing
    now = scene.opened(bai, at=at).listing
    response = client.get("/")
    shown = [card.listing for card in (*response.context["open"], *response.context["soon"])]
    assert shown == [now, sooner, later]


def test_the_number_of_queries_does_not_grow(
    client: Client, bai: Borrower, at: datetime, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    for _ in range(3):
        scene.opened(bai, at=at)
    with django_assert_max_num_queries(20):
        client.get("/")


def test_visitors_sign_in_first(client: Client) -> None:
    for address in ("/dashboard/", "/welcome/"):
        response = client.get(address)
        assert response.status_code == 302
        assert response.headers["Location"] == f"/accounts/login/?next={address}"


def test_investors_and_borrowers_land_on_their_own_page(browser: SignedIn, bai: Borrower, ann: Investor) -> None:
    assert browser(ann.user).get("/dashboard/").headers["Location"] == "/invest/"
    assert browser(bai.user).get("/dashboard/").headers["Location"] == "/borrow/"


@pytest.mark.parametrize("role", [Role.LOAN_OFFICER, Role.FINANCE, Role.AUDITOR, Role.OPERATIONS])
def test_staff_are_not_welcomed_as_clients(browser: SignedIn, role: Role) -> None:
    location = browser(cast.user("Staff", role=role)).get("/dashboard/").headers["Location"]
    assert location not in ("/welcome/", "/invest/", "/borrow/")


def test_somebody_without_a_role_is_offered_both_accounts(browser: SignedIn) -> None:
    client = browser(cast.user("New"))
    assert client.get("/dashboard/").headers["Location"] == "/welcome/"
    page = client.get("/welcome/").text
    assert 'action="/invest/open/"' in page
    assert 'href="/borrow/open/"' in page


def test_who_has_an_account_finds_the_way_to_it(browser: SignedIn, ann: Investor) -> None:
    page = browser(ann.user).get("/welcome/").text
    assert 'action="/invest/open/"' not in page
    assert 'href="/invest/"' in page
