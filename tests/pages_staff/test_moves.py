"""Moves: shown first, confirmed, done once; the wrong role and the stale page change nothing."""

from datetime import datetime

import pytest
from django.test import Client

from borrowers.models import Borrower
from listings.models import Listing, Move
from listings.operations import move_listing
from marketplace.accounts.roles import Role
from tests.pages import scene
from tests.pages_staff.conftest import Desk
from tests.pages_staff.files import again, confirm, investigating, seen, submitted

pytestmark = pytest.mark.django_db


def test_the_page_before_the_button_changes_nothing(desk: Desk, bai: Borrower, at: datetime) -> None:
    listing = investigating(bai, at=at)
    url = f"/staff/listings/{listing.pk}/moves/pass_to_risk/"
    facts = {str(name): str(value) for name, value in desk(Role.LOAN_OFFICER).get(url).context["facts"]}
    assert facts["State now"] == "Under investigation"
    assert facts["State afterwards"].startswith("In risk review · A risk officer weighs")
    shown = desk(Role.LOAN_OFFICER).post(url, {"seen": seen(listing), "opinion": "Sound."})
    assert (shown.status_code, again(listing).state) == (200, "investigating")
    assert "Sound." in shown.text


def test_confirming_moves_it_with_the_opinion(desk: Desk, bai: Borrower, at: datetime) -> None:
    listing = investigating(bai, at=at)
    assert confirm(desk(Role.LOAN_OFFICER), listing, "moves/pass_to_risk", opinion=" Sound. ") == 302
    move = Move.objects.filter(listing=listing).order_by("pk").last()
    assert move is not None
    assert (move.to_state, move.reason, move.by_label) == ("risk_review", "Sound.", "loanofficer")


@pytest.mark.parametrize("move", ["reject", "send_back"])
def test_turning_it_down_needs_a_reason(desk: Desk, bai: Borrower, at: datetime, move: str) -> None:
    listing = investigating(bai, at=at)
    url = f"/staff/listings/{listing.pk}/moves/{move}/"
    for opinion in ("", "   "):
        response = desk(Role.LOAN_OFFICER).post(url, {"seen": seen(listing), "opinion": opinion, "confirmed": "yes"})
        assert (response.status_code, again(listing).state) == (422, "investigating")
        assert "Please say why" in response.text


@pytest.mark.parametrize("role", [Role.RISK_OFFICER, Role.COMMITTEE_MEMBER, Role.OPERATIONS, Role.FINANCE])
def test_the_wrong_role_gets_403(desk: Desk, bai: Borrower, at: datetime, role: Role) -> None:
    listing = investigating(bai, at=at)
    assert confirm(desk(role), listing, "moves/pass_to_risk", opinion="Mine.") == 403
    assert desk(role).get(f"/staff/listings/{listing.pk}/moves/pass_to_risk/").status_code == 403
    assert again(listing).state == "investigating"


@pytest.mark.parametrize("role", [Role.AUDITOR, Role.INVESTOR, Role.BORROWER])
def test_who_moves_nothing_gets_403(desk: Desk, bai: Borrower, at: datetime, role: Role) -> None:
    listing = submitted(bai, at=at)
    assert confirm(desk(role), listing, "moves/take_in") == 403
    assert again(listing).state == "submitted"


def double_click(client: Client, listing: Listing) -> str:
    data = {"seen": seen(listing), "opinion": "", "confirmed": "yes"}
    url = f"/staff/listings/{listing.pk}/moves/take_in/"
    assert client.post(url, data).status_code == 302
    second = client.post(url, data)
    assert second.status_code == 409
    return second.text


def test_a_double_click_moves_it_once(desk: Desk, bai: Borrower, at: datetime) -> None:
    listing = submitted(bai, at=at)
    page = double_click(desk(Role.LOAN_OFFICER), listing)
    assert "moved on to “Under investigation” since you opened the page" in page
    assert Move.objects.filter(listing=listing, name="take_in").count() == 1


def test_a_stale_page_decides_nothing(desk: Desk, bai: Borrower, at: datetime) -> None:
    """Returned and sent in again: the state is as before, but what was read is not what is there."""
    listing = investigating(bai, at=at)
    old = seen(listing)
    confirm(desk(Role.LOAN_OFFICER), listing, "moves/send_back", opinion="Which ovens?")
    move_listing(listing_id=listing.pk, move="submit", by=bai.user.actor, at=at)
    confirm(desk(Role.LOAN_OFFICER), listing, "moves/take_in")
    assert confirm(desk(Role.LOAN_OFFICER), listing, "moves/pass_to_risk", seen=old) == 409
    assert again(listing).state == "investigating"


def test_a_page_for_a_move_that_is_over(desk: Desk, bai: Borrower, at: datetime) -> None:
    listing = investigating(bai, at=at)
    response = desk(Role.LOAN_OFFICER).get(f"/staff/listings/{listing.pk}/moves/take_in/")
    assert response.status_code == 409
    assert "not possible while the listing is in the state “Under investigation”" in response.text


def test_moves_with_pages_of_their_own_are_not_done_here(desk: Desk, bai: Borrower, at: datetime) -> None:
    listing = scene.approved(bai, at=at)
    for move in ("schedule", "cancel"):
        assert confirm(desk(Role.OPERATIONS), listing, f"moves/{move}", opinion="So.") == 404
    assert again(listing).state == "approved"


def test_unknown_moves_and_listings(desk: Desk, bai: Borrower, at: datetime) -> None:
    listing = submitted(bai, at=at)
    officer = desk(Role.LOAN_OFFICER)
    for path in (f"{listing.pk}/moves/delete/", f"{listing.pk}/moves/save/", "999999/moves/take_in/"):
        assert officer.get(f"/staff/listings/{path}").status_code == 404, path


def test_bad_input(desk: Desk, bai: Borrower, at: datetime) -> None:
    listing = submitted(bai, at=at)
    url, officer = f"/staff/listings/{listing.pk}/moves/take_in/", desk(Role.LOAN_OFFICER)
    good = {"seen": seen(listing), "opinion": "", "confirmed": "yes"}
    for wrong in ({"state": "approved"}, {"seen": "x"}, {"seen": "-1"}, {"opinion": "x" * 1001}, {"opinion": "\0"}):
        assert officer.post(url, good | wrong).status_code == 422, wrong
    assert "Unknown fields: state." in officer.post(url, good | {"state": "approved"}).text
    assert officer.post(url, {"opinion": "", "confirmed": "yes"}).status_code == 422
    assert officer.post(url, b"{}", content_type="application/json").status_code == 415
    assert again(listing).state == "submitted"


def test_another_sites_form_is_refused(bai: Borrower, at: datetime, desk: Desk) -> None:
    listing = submitted(bai, at=at)
    strict = Client(enforce_csrf_checks=True)
    strict.cookies = desk(Role.LOAN_OFFICER).cookies
    assert confirm(strict, listing, "moves/take_in") == 403
    assert again(listing).state == "submitted"
