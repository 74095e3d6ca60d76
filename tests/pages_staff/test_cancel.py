"""Cancelling: the page names the money that goes home, and it does."""

from datetime import datetime

import pytest

from borrowers.models import Borrower
from escrow import chart
from escrow.queries import balance
from escrow.verify import verify_ledger
from investors.models import Investor
from listings.rounds.models import Round
from marketplace.accounts.roles import Role
from marketplace.lib.money import Money
from tests.pages import scene
from tests.pages_staff.conftest import Desk
from tests.pages_staff.files import again, confirm

pytestmark = pytest.mark.django_db


@pytest.fixture
def bidding(bai: Borrower, ann: Investor, at: datetime) -> Round:
    """A round that holds 20,000 of Ann's 100,000."""
    found = scene.opened(bai, at=at)
    scene.bid(found, ann, 20_000_00, at=at)
    return found


def cash_of(ann: Investor) -> Money:
    return balance(chart.investor_cash(ann.pk))


def test_the_page_names_what_goes_home(desk: Desk, bidding: Round, ann: Investor) -> None:
    response = desk(Role.OPERATIONS).get(f"/staff/listings/{bidding.listing_id}/cancel/")
    facts = {str(name): value for name, value in response.context["facts"]}
    assert (facts["Goes back to investors"], facts["Investors"]) == (Money(20_000_00), 1)
    assert "lb-confirm-danger" in response.text
    assert cash_of(ann) == Money(80_000_00)


def test_cancelling_returns_every_bid_once(desk: Desk, bidding: Round, ann: Investor) -> None:
    operations = desk(Role.OPERATIONS)
    assert confirm(operations, bidding.listing, "cancel", opinion="The borrower died.") == 302
    assert (again(bidding.listing).state, cash_of(ann)) == ("cancelled", Money(100_000_00))
    assert confirm(operations, bidding.listing, "cancel", opinion="The borrower died.") == 409
    assert cash_of(ann) == Money(100_000_00)
    assert verify_ledger() == []


def test_it_needs_a_reason(desk: Desk, bidding: Round, ann: Investor) -> None:
    assert confirm(desk(Role.OPERATIONS), bidding.listing, "cancel") == 422
    assert (again(bidding.listing).state, cash_of(ann)) == ("open", Money(80_000_00))


def test_a_stale_page_cancels_nothing(desk: Desk, bidding: Round, ann: Investor) -> None:
    first = bidding.listing.moves.order_by("pk").first()
    assert first is not None
    assert confirm(desk(Role.OPERATIONS), bidding.listing, "cancel", opinion="So.", seen=str(first.pk)) == 409
    assert (again(bidding.listing).state, cash_of(ann)) == ("open", Money(80_000_00))


@pytest.mark.parametrize("role", sorted(set(Role) - {Role.OPERATIONS}))
def test_only_operations(desk: Desk, bidding: Round, role: Role) -> None:
    assert confirm(desk(role), bidding.listing, "cancel", opinion="So.") == 403
    assert again(bidding.listing).state == "open"
