"""The file shows everything about a listing, and each reader their own next step."""

from datetime import datetime

import pytest

from borrowers.models import Borrower
from investors.models import Investor
from listings.web.machine import steps
from marketplace.accounts.roles import STAFF, Role
from tests.pages import scene
from tests.pages_staff.conftest import Desk
from tests.pages_staff.files import confirm, investigating, submitted

pytestmark = pytest.mark.django_db


def test_what_the_file_says(desk: Desk, bai: Borrower, at: datetime) -> None:
    listing = submitted(bai, at=at)
    page = desk(Role.AUDITOR).get(f"/staff/listings/{listing.pk}/").text
    assert "Two ovens and a mixer." in page
    assert "12 instalments, the first of CN¥4,430.75" in page
    assert bai.user.email in page
    assert "This is the first one." in page


def test_history_has_who_when_and_why(desk: Desk, bai: Borrower, at: datetime) -> None:
    listing = investigating(bai, at=at)
    confirm(desk(Role.LOAN_OFFICER), listing, "moves/pass_to_risk", opinion="Order book seen.")
    latest = desk(Role.AUDITOR).get(f"/staff/listings/{listing.pk}/").context["file"].view.timeline[0]
    assert (latest.title, latest.by, latest.note) == ("In risk review", "loanofficer", "Order book seen.")


@pytest.mark.parametrize(
    ("role", "moves"),
    [
        (Role.LOAN_OFFICER, ["pass_to_risk", "reject", "send_back"]),
        (Role.RISK_OFFICER, []),
        (Role.FINANCE, []),
        (Role.AUDITOR, []),
    ],
)
def test_everybody_has_their_own_next_step(
    desk: Desk, bai: Borrower, at: datetime, role: Role, moves: list[str]
) -> None:
    listing = investigating(bai, at=at)
    response = desk(role).get(f"/staff/listings/{listing.pk}/")
    assert sorted(move.name for move in response.context["file"].moves) == moves
    assert ("There is nothing for you to do here now." in response.text) == (not moves)


def test_operations_schedule_or_cancel(desk: Desk, bai: Borrower, at: datetime) -> None:
    listing = scene.approved(bai, at=at)
    page = desk(Role.OPERATIONS).get(f"/staff/listings/{listing.pk}/").text
    assert f"/staff/listings/{listing.pk}/schedule/" in page
    assert f"/staff/listings/{listing.pk}/cancel/" in page


def test_where_it_stands(bai: Borrower, at: datetime) -> None:
    listing = investigating(bai, at=at)
    kinds = [step.kind for step in steps(listing, list(listing.moves.order_by("pk")))]
    assert kinds == ["done", "now", *["todo"] * 8]


def test_where_it_was_rejected(desk: Desk, bai: Borrower, at: datetime) -> None:
    listing = investigating(bai, at=at)
    confirm(desk(Role.LOAN_OFFICER), listing, "moves/reject", opinion="No invoice.")
    file = desk(Role.AUDITOR).get(f"/staff/listings/{listing.pk}/").context["file"]
    assert [step.kind for step in file.steps[:3]] == ["done", "left", "todo"]


def test_a_round_moves_on_the_file(desk: Desk, bai: Borrower, ann: Investor, at: datetime) -> None:
    found = scene.opened(bai, at=at)
    scene.bid(found, ann, 20_000_00, at=at)
    page = desk(Role.FINANCE).get(f"/staff/listings/{found.listing_id}/").text
    assert f'data-live-round="{found.pk}"' in page
    assert "CN¥20,000.00" in page


def test_a_draft_has_no_file(desk: Desk, bai: Borrower, at: datetime) -> None:
    listing = scene.draft(bai, at=at)
    assert {desk(role).get(f"/staff/listings/{listing.pk}/").status_code for role in STAFF} == {404}


def test_what_is_not_there(desk: Desk) -> None:
    for number in (999_999, 10**25):
        assert desk(Role.FINANCE).get(f"/staff/listings/{number}/").status_code == 404


@pytest.mark.parametrize("role", [Role.INVESTOR, Role.BORROWER])
def test_clients_do_not_get_in(desk: Desk, bai: Borrower, at: datetime, role: Role) -> None:
    listing = submitted(bai, at=at)
    assert desk(role).get(f"/staff/listings/{listing.pk}/").status_code == 403
