"""Opening an investor's or a borrower's account."""

import pytest
from django.test import Client

from borrowers.models import Borrower, BorrowerKind
from escrow.models import Account
from investors.models import Investor
from marketplace.accounts.roles import Role
from tests import cast
from tests.pages.conftest import SignedIn

pytestmark = pytest.mark.django_db

APPLICANT = {"legal_name": "  Dong Fang  ", "kind": "person"}


def test_an_investors_account(browser: SignedIn) -> None:
    user = cast.user("New")
    response = browser(user).post("/invest/open/", follow=True)
    assert response.redirect_chain[-1][0] == "/invest/"
    assert "Your investor&#x27;s account is open" in response.text
    assert user.groups.get().name == Role.INVESTOR


def test_twice_is_once(browser: SignedIn) -> None:
    client = browser(cast.user("New"))
    accounts = Account.objects.count()
    for _ in range(2):
        assert client.post("/invest/open/").status_code == 302
        assert client.post("/borrow/open/", APPLICANT).status_code == 302
    assert (Investor.objects.count(), Borrower.objects.count()) == (1, 1)
    assert Account.objects.count() == accounts + 2


def test_looking_opens_nothing(browser: SignedIn) -> None:
    assert browser(cast.user("New")).get("/invest/open/").status_code == 405
    assert browser(cast.user("New")).get("/borrow/open/").status_code == 200
    assert (Investor.objects.count(), Borrower.objects.count()) == (0, 0)


def test_a_borrowers_account(browser: SignedIn) -> None:
    response = browser(cast.user("New")).post("/borrow/open/", APPLICANT)
    assert response.headers["Location"] == "/borrow/"
    borrower = Borrower.objects.get()
    assert (borrower.legal_name, borrower.kind) == ("Dong Fang", BorrowerKind.PERSON)


@pytest.mark.parametrize(
    ("field", "value"),
    [("legal_name", ""), ("legal_name", "   "), ("legal_name", "x" * 121), ("legal_name", "a\0b"), ("kind", "ghost")],
)
def test_a_bad_value_opens_nothing_and_is_shown(browser: SignedIn, field: str, value: str) -> None:
    response = browser(cast.user("New")).post("/borrow/open/", {**APPLICANT, field: value})
    assert response.status_code == 422
    assert response.context["form"].errors.keys() == {field}
    assert not Borrower.objects.exists()


def test_visitors_sign_in_first(client: Client) -> None:
    for address in ("/invest/open/", "/borrow/open/"):
        assert client.post(address, APPLICANT).headers["Location"].startswith("/accounts/login/")
    assert (Investor.objects.count(), Borrower.objects.count()) == (0, 0)


def test_a_form_of_another_site_is_refused() -> None:
    strict = Client(enforce_csrf_checks=True)
    strict.force_login(cast.user("New"))
    for address in ("/invest/open/", "/borrow/open/"):
        assert strict.post(address, APPLICANT).status_code == 403
    assert (Investor.objects.count(), Borrower.objects.count()) == (0, 0)


def test_a_role_without_an_account_leads_to_the_offer(browser: SignedIn) -> None:
    investing, borrowing = (cast.user("Odd", role=role) for role in (Role.INVESTOR, Role.BORROWER))
    assert browser(investing).get("/invest/wallet/").headers["Location"] == "/welcome/"
    assert browser(borrowing).get("/borrow/").headers["Location"] == "/welcome/"
