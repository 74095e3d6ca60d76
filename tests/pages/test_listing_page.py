"""One listing as everybody sees it."""

import re
from datetime import datetime

import pytest
from django.test import Client

from borrowers.models import Borrower
from investors.models import Investor
from listings.rounds.operations import cancel_listing
from marketplace.accounts.roles import Role
from tests import cast
from tests.pages import scene
from tests.pages.conftest import SignedIn

pytestmark = pytest.mark.django_db


def without_token(html: str) -> str:
    return re.sub(r"X-CSRFToken[^}]*|csrfmiddlewaretoken[^>]*|name=\"next\"[^>]*", "", html)


def test_terms_purpose_and_repayment(client: Client, bai: Borrower, at: datetime) -> None:
    listing = scene.opened(bai, at=at).listing
    page = client.get(f"/listings/{listing.pk}/")
    for words in ("Ovens for the bakery", "CN¥50,000.00", "11.50%", "Two ovens and a mixer.", listing.reference):
        assert words in page.text
    preview = page.context["view"].preview
    assert (preview.net.minor, preview.interest.minor) == (48_000_00, 3_169_06)
    assert sum(row.principal_minor for row in preview.instalments) == 50_000_00
    assert "19.32%" in page.text


def test_the_borrower_is_not_named(client: Client, bai: Borrower, at: datetime) -> None:
    page = client.get(f"/listings/{scene.opened(bai, at=at).listing_id}/").text
    assert bai.legal_name not in page
    assert bai.user.email not in page


def test_the_story_is_text_and_nothing_else(client: Client, bai: Borrower, at: datetime) -> None:
    found = scene.opened(bai, at=at)
    found.listing.story = "<script>alert(1)</script>"
    found.listing.save()
    assert "&lt;script&gt;alert(1)" in client.get(f"/listings/{found.listing_id}/").text


@pytest.mark.parametrize("stage", [scene.draft, scene.approved])
def test_unpublished_looks_like_nothing(
    client: Client, browser: SignedIn, bai: Borrower, cheng: Borrower, ann: Investor, at: datetime, stage: object
) -> None:
    listing = stage(bai, at=at)  # type: ignore[operator]
    for reader in (client, browser(cheng.user), browser(ann.user)):
        hidden = reader.get(f"/listings/{listing.pk}/")
        nothing = reader.get("/listings/999999/")
        assert (hidden.status_code, nothing.status_code) == (404, 404)
        assert without_token(hidden.text) == without_token(nothing.text)


def test_the_borrower_and_staff_see_it_before_it_is_published(browser: SignedIn, bai: Borrower, at: datetime) -> None:
    listing = scene.approved(bai, at=at)
    for reader in (bai.user, cast.user("Officer", role=Role.LOAN_OFFICER)):
        page = browser(reader).get(f"/listings/{listing.pk}/")
        assert page.status_code == 200
        assert "Only the borrower and staff see this page" in page.text


@pytest.mark.parametrize("address", ["/listings/0/", "/listings/99999999999999999999999/", "/listings/x/"])
def test_numbers_that_cannot_be(client: Client, address: str) -> None:
    assert client.get(address).status_code == 404


def test_history_shows_public_moves_without_names(client: Client, bai: Borrower, at: datetime) -> None:
    found = scene.opened(bai, at=at)
    officer = cast.staff(Role.OPERATIONS)
    cancel_listing(listing_id=found.listing_id, by=officer, at=at, reason="a secret of the house")
    page = client.get(f"/listings/{found.listing_id}/")
    assert [str(entry.title) for entry in page.context["view"].timeline] == [
        "Cancelled",
        "Open for bids",
        "Opening soon",
    ]
    assert "a secret of the house" not in page.text
    assert officer.label not in page.text
