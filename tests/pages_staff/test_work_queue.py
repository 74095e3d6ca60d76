"""Whoever's turn it is finds the listing in their queue."""

from datetime import datetime

import pytest
from django.test import Client

from borrowers.models import Borrower
from listings.operations import move_listing
from marketplace.accounts.roles import STAFF, Role
from tests import cast
from tests.pages import scene
from tests.pages_staff.conftest import Desk
from tests.pages_staff.files import submitted

QUEUE = "/staff/queue/"
pytestmark = pytest.mark.django_db


def shown(client: Client, query: str = "") -> list[str]:
    return [str(listing) for listing in client.get(QUEUE + query).context["page"].object_list]


def test_a_submitted_listing_waits_for_the_loan_officer(desk: Desk, bai: Borrower, at: datetime) -> None:
    listing = submitted(bai, at=at)
    assert shown(desk(Role.LOAN_OFFICER)) == [str(listing)]
    assert shown(desk(Role.RISK_OFFICER)) == []
    page = desk(Role.LOAN_OFFICER).get(QUEUE).text
    assert all(words in page for words in (listing.reference, "Bai Ltd", "CN¥50,000.00", "Submitted"))


@pytest.mark.parametrize("role", sorted(STAFF))
def test_an_empty_queue_says_what_to_do(desk: Desk, role: Role) -> None:
    page = desk(role).get(QUEUE + "?show=mine").text
    assert "Nothing waits for you" in page
    assert "Show all listings" in page


def test_the_auditor_starts_with_all_listings(desk: Desk, bai: Borrower, at: datetime) -> None:
    listing = submitted(bai, at=at)
    assert shown(desk(Role.AUDITOR)) == [str(listing)]


def test_drafts_are_on_no_desk(desk: Desk, bai: Borrower, at: datetime) -> None:
    scene.draft(bai, at=at)
    assert shown(desk(Role.OPERATIONS), "?show=all") == []


def test_the_longest_waiting_comes_first(desk: Desk, bai: Borrower, at: datetime) -> None:
    late, early = scene.draft(bai, at=at), submitted(bai, at=at)
    move_listing(listing_id=late.pk, move="submit", by=bai.user.actor, at=at.replace(year=at.year + 1))
    assert shown(desk(Role.LOAN_OFFICER)) == [str(early), str(late)]


def test_searching(desk: Desk, bai: Borrower, at: datetime) -> None:
    listing = submitted(bai, at=at)
    submitted(cast.borrower("Cheng", at=at), at=at)
    officer = desk(Role.LOAN_OFFICER)
    for words in (listing.reference, f"lb-{listing.pk}", str(listing.pk), "bai l"):
        assert shown(officer, f"?q={words}") == [str(listing)], words
    assert shown(officer, "?q=nobody") == []
    assert "Nothing matches" in officer.get(QUEUE + "?q=nobody").text
    assert shown(officer, "?state=approved") == []


def test_a_filter_that_makes_no_sense_is_said(desk: Desk, bai: Borrower, at: datetime) -> None:
    listing = submitted(bai, at=at)
    for query in ("?state=gone", "?q=%00", "?q=" + "x" * 81, "?page=zero", "?show=theirs", "?q=LB-999999999999"):
        response = desk(Role.LOAN_OFFICER).get(QUEUE + query)
        assert response.status_code == 200, query
    assert "Select a valid choice" in desk(Role.LOAN_OFFICER).get(QUEUE + "?state=gone").text
    assert shown(desk(Role.LOAN_OFFICER), "?state=gone") == [str(listing)]


def test_a_long_queue_has_pages(desk: Desk, bai: Borrower, at: datetime) -> None:
    for _ in range(26):
        submitted(bai, at=at)
    officer = desk(Role.LOAN_OFFICER)
    assert [len(shown(officer, f"?page={number}")) for number in (1, 2)] == [25, 1]
    assert "?q=ovens&amp;page=2" in officer.get(QUEUE + "?q=ovens").text


@pytest.mark.parametrize("role", [Role.INVESTOR, Role.BORROWER])
def test_clients_do_not_get_in(desk: Desk, role: Role) -> None:
    assert desk(role).get(QUEUE).status_code == 403


def test_visitors_are_sent_to_sign_in(client: Client) -> None:
    assert client.get(QUEUE).headers["Location"] == "/accounts/login/?next=/staff/queue/"
