"""What is not paid out, and that nothing changed."""

from datetime import datetime

import pytest

from borrowers.models import Borrower
from escrow.models import Entry
from escrow.operations import IdempotencyMismatch
from investors.models import Investor
from listings.models import Listing, Move
from listings.operations import MoveNotPossible, move_listing
from listings.states import ListingState
from loans.core.fees import FeesLeaveNothing
from loans.models import Loan
from loans.operations import NotComputable, NothingToPayOut, disburse
from marketplace.accounts.roles import Role
from marketplace.lib.errors import InvalidInput, NotAllowed
from marketplace.lib.outbox.models import Event
from tests import cast
from tests.loans import lend


def everything() -> tuple[int, ...]:
    """How much of everything there is that a pay-out writes."""
    return tuple(model.objects.count() for model in (Loan, Entry, Move, Event))


def pay_out(listing: Listing, *, at: datetime, role: Role = Role.FINANCE, key: str | None = None) -> Loan:
    by = lend.staff(role)
    return disburse(listing_id=listing.pk, by=by, at=at, idempotency_key=lend.key() if key is None else key)


@pytest.mark.parametrize("role", [role for role in Role if role != Role.FINANCE])
def test_only_finance_pays_out(listing: Listing, now: datetime, role: Role) -> None:
    before = everything()
    with pytest.raises(NotAllowed):
        pay_out(listing, at=now, role=role)
    assert everything() == before
    assert Listing.objects.get(pk=listing.pk).state == ListingState.CONTRACTED


def test_a_listing_that_is_not_signed(bai: Borrower, ann: Investor, now: datetime) -> None:
    listing = lend.approved_listing(6_000_00, at=now, borrower=bai)
    lend.funded_round([(ann, 6_000_00)], at=now, listing=listing)
    before = everything()
    with pytest.raises(MoveNotPossible):
        pay_out(listing, at=now)
    assert everything() == before
    assert lend.cash(bai) == 0


def test_a_listing_without_a_round(bai: Borrower, now: datetime) -> None:
    with pytest.raises(NothingToPayOut):
        pay_out(lend.approved_listing(6_000_00, at=now, borrower=bai), at=now)


def test_a_listing_that_is_not_there(db: None, now: datetime) -> None:
    with pytest.raises(NothingToPayOut):
        disburse(listing_id=10**9, by=lend.FINANCE, at=now, idempotency_key=lend.key())


def test_a_double_click_pays_out_once(listing: Listing, now: datetime) -> None:
    first = pay_out(listing, at=now, key="click")
    before = everything()
    assert pay_out(listing, at=now, key="click") == first
    assert everything() == before
    assert lend.cash(listing.borrower) == 9_600_00


def test_a_second_click_with_its_own_key_finds_it_paid_out(listing: Listing, now: datetime) -> None:
    pay_out(listing, at=now)
    before = everything()
    with pytest.raises(MoveNotPossible) as refusal:
        pay_out(listing, at=now)
    assert refusal.value.params == {"move": "disburse", "state": "Paid out"}
    assert everything() == before


def test_one_key_for_two_listings(listing: Listing, bai: Borrower, ann: Investor, now: datetime) -> None:
    pay_out(listing, at=now, key="click")
    cast.deposit(ann, 1_000_00, at=now)
    other = lend.contracted_listing([(ann, 1_000_00)], at=now, borrower=bai)
    with pytest.raises(IdempotencyMismatch) as refusal:
        pay_out(other, at=now, key="click")
    assert refusal.value.params["field"] == "listing"
    assert Listing.objects.get(pk=other.pk).state == ListingState.CONTRACTED


@pytest.mark.parametrize("key", ["", "x" * 81])
def test_a_key_that_cannot_be_used(listing: Listing, now: datetime, key: str) -> None:
    with pytest.raises(InvalidInput):
        pay_out(listing, at=now, key=key)
    assert not Loan.objects.exists()


def test_fees_that_leave_nothing_are_told_as_a_refusal(bai: Borrower, ann: Investor, now: datetime) -> None:
    listing = lend.approved_listing(6_000_00, at=now, borrower=bai)
    Listing.objects.filter(pk=listing.pk).update(origination_fee_bps=9_900)
    lend.funded_round([(ann, 6_000_00)], at=now, listing=listing)
    move_listing(listing_id=listing.pk, move="sign_contract", by=bai.user.actor, at=now)
    before = everything()
    with pytest.raises(NotComputable) as refusal:
        pay_out(listing, at=now)
    assert refusal.value.params == {
        "rule": FeesLeaveNothing.code,
        "taken_minor": 6_000_00,
        "principal_minor": 6_000_00,
    }
    assert refusal.value.text == "The fees would take the whole loan: nothing would be left to pay out."
    assert everything() == before
    assert Listing.objects.get(pk=listing.pk).state == ListingState.CONTRACTED
