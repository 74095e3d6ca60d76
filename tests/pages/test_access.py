"""Who may open which page, and in which language."""

import re

import pytest
from django.conf import settings
from django.test import Client

from borrowers.models import Borrower
from investors.models import Investor
from marketplace.accounts.roles import STAFF, Role
from tests import cast
from tests.pages.conftest import SignedIn

pytestmark = pytest.mark.django_db

PUBLIC = ["/", "/listings/"]
SIGNED_IN = ["/dashboard/", "/welcome/"]
INVESTORS = ["/invest/", "/invest/wallet/", "/invest/bids/", "/invest/loans/", "/invest/deposit/"]
BORROWERS = ["/borrow/", "/borrow/wallet/", "/borrow/new/", "/borrow/cost/"]
#: Closed by role before the listing is looked up: 403 says nothing about it.
OF_A_LISTING = [f"/borrow/999/{step}" for step in ("", "edit/", "submit/", "withdraw/", "sign/")]


def statuses(client: Client, addresses: list[str]) -> set[int]:
    return {client.get(address).status_code for address in addresses}


def test_visitors(client: Client) -> None:
    assert statuses(client, PUBLIC) == {200}
    for address in (*SIGNED_IN, *INVESTORS, *BORROWERS, *OF_A_LISTING):
        assert client.get(address).headers["Location"].startswith("/accounts/login/?next=")


def test_investors(browser: SignedIn, ann: Investor) -> None:
    client = browser(ann.user)
    assert statuses(client, PUBLIC + INVESTORS) == {200}
    assert statuses(client, BORROWERS + OF_A_LISTING) == {403}


def test_borrowers(browser: SignedIn, bai: Borrower) -> None:
    client = browser(bai.user)
    assert statuses(client, PUBLIC + BORROWERS) == {200}
    assert statuses(client, OF_A_LISTING) == {404}
    assert statuses(client, INVESTORS) == {403}


@pytest.mark.parametrize("role", sorted(STAFF))
def test_staff(browser: SignedIn, role: Role) -> None:
    client = browser(cast.user("Staff", role=role))
    assert statuses(client, PUBLIC) == {200}
    assert statuses(client, INVESTORS + BORROWERS + OF_A_LISTING) == {403}


@pytest.mark.parametrize("language", ["en", "zh-hans"])
def test_both_languages_and_no_inline_script(browser: SignedIn, bai: Borrower, ann: Investor, language: str) -> None:
    for person, pages in ((bai, PUBLIC + BORROWERS), (ann, INVESTORS)):
        client = browser(person.user)
        client.cookies[settings.LANGUAGE_COOKIE_NAME] = language
        for address in pages:
            page = client.get(address).text
            if "<html" in page:
                assert f'<html lang="{language}"' in page
            assert not re.search(r"<script(?![^>]*\bsrc=)", page)
            assert not re.search(r"\s(style|on[a-z]+)=\"", page)


def test_chinese_words_and_figures(client: Client) -> None:
    client.cookies[settings.LANGUAGE_COOKIE_NAME] = "zh-hans"
    page = client.get("/").text
    assert "¥0.00" in page
    assert "CN¥" not in page
    assert "运作方式" in page
