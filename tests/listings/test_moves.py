"""Moving a listing through the door: reasons, one's own listing, double clicks, what nobody may assign."""

from datetime import datetime
from functools import partial

import pytest
from django.db import IntegrityError, transaction

from borrowers.models import Borrower
from listings.models import Listing, Move
from listings.operations import PLAIN_MOVES, MoveNotPossible, ReasonMissing, apply_move, move_listing
from listings.states import ListingState
from marketplace.accounts.roles import Role
from marketplace.lib.errors import NotAllowed, NotFound
from tests import cast
from tests.listings.machine import MOVES, add_role_by_hand, everything, listing_in
from tests.races.rivals import at_once

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    ("move", "state", "role"),
    [
        ("send_back", "investigating", Role.LOAN_OFFICER),
        ("reject", "committee", Role.COMMITTEE_MEMBER),
        ("cancel", "open", Role.OPERATIONS),
    ],
)
@pytest.mark.parametrize("reason", ["", "  \n"])
def test_turning_down_needs_a_reason(
    bai: Borrower, now: datetime, move: str, state: str, role: Role, reason: str
) -> None:
    listing, actor = listing_in(state, bai, at=now), cast.staff(role)
    before = everything()
    with pytest.raises(ReasonMissing) as refused:
        apply_move(listing_id=listing.pk, move=move, by=actor, at=now, reason=reason)
    assert (refused.value.http_status, refused.value.params) == (422, {"move": move})
    assert everything() == before


def test_a_double_click_moves_once(bai: Borrower, now: datetime) -> None:
    listing = listing_in("draft", bai, at=now)
    submit = partial(move_listing, listing_id=listing.pk, move="submit", by=bai.user.actor, at=now)
    assert submit().state == "submitted"
    with pytest.raises(MoveNotPossible) as refused:
        submit()
    assert refused.value.params == {"move": "submit", "state": "Submitted"}
    assert Move.objects.filter(name="submit").count() == 1


@pytest.mark.django_db(transaction=True)
def test_two_clicks_at_once_move_once(now: datetime) -> None:
    bai = cast.borrower("Bai", at=now)
    listing = listing_in("draft", bai, at=now)
    submit = partial(move_listing, listing_id=listing.pk, move="submit", by=bai.user.actor, at=now)
    outcomes = at_once(*[submit] * 4)
    assert sorted(type(o).__name__ for o in outcomes) == ["Listing"] + ["MoveNotPossible"] * 3
    assert Move.objects.filter(name="submit").count() == 1


def test_nobody_handles_their_own_listing_as_staff(bai: Borrower, now: datetime) -> None:
    listing = listing_in("submitted", bai, at=now)
    add_role_by_hand(bai, Role.LOAN_OFFICER)
    before = everything()
    with pytest.raises(NotAllowed):
        move_listing(listing_id=listing.pk, move="take_in", by=bai.user.actor, at=now)
    assert everything() == before


def test_a_former_borrower_without_the_role_may_not_submit(bai: Borrower, now: datetime) -> None:
    listing = listing_in("draft", bai, at=now)
    bai.user.groups.clear()
    bai.user.__dict__.pop("roles", None)
    with pytest.raises(NotAllowed):
        move_listing(listing_id=listing.pk, move="submit", by=bai.user.actor, at=now)


@pytest.mark.parametrize("state", ["draft", "submitted", "rejected"])
def test_a_listing_one_may_not_see_is_not_there(bai: Borrower, cheng: Borrower, now: datetime, state: str) -> None:
    listing = listing_in(state, bai, at=now)
    before = everything()
    for listing_id in (listing.pk, 404_404):
        with pytest.raises(NotFound):
            move_listing(listing_id=listing_id, move="withdraw", by=cheng.user.actor, at=now)
    assert everything() == before


@pytest.mark.parametrize("move", sorted({*MOVES, "create", "delete", "save", "state", "__class__", ""} - PLAIN_MOVES))
def test_moves_that_belong_to_other_verbs_and_words_that_are_none_are_refused(
    bai: Borrower, now: datetime, move: str
) -> None:
    listing = listing_in("contracted", bai, at=now)
    before = everything()
    with pytest.raises(MoveNotPossible) as refused:
        move_listing(listing_id=listing.pk, move=move, by=cast.staff(Role.FINANCE), at=now)
    assert refused.value.params["state"] == "Contract signed"
    assert everything() == before


def test_the_state_cannot_be_assigned(bai: Borrower, now: datetime) -> None:
    listing = listing_in("draft", bai, at=now)
    with pytest.raises(AttributeError, match="Direct state modification is not allowed"):
        listing.state = ListingState.APPROVED
    listing.save()
    assert Listing.objects.get(pk=listing.pk).state == "draft"


def test_a_listing_can_be_read_again_and_is_still_protected(bai: Borrower, now: datetime) -> None:
    listing = listing_in("draft", bai, at=now)
    move_listing(listing_id=listing.pk, move="submit", by=bai.user.actor, at=now)
    listing.refresh_from_db(fields=["title"])
    assert listing.state == "draft"
    listing.refresh_from_db()
    assert listing.state == "submitted"
    with pytest.raises(AttributeError):
        listing.state = ListingState.APPROVED


def test_the_database_knows_the_states_too(bai: Borrower, now: datetime) -> None:
    listing = listing_in("draft", bai, at=now)
    with pytest.raises(IntegrityError, match="a_listing_is_in_a_known_state"), transaction.atomic():
        Listing.objects.filter(pk=listing.pk).update(state="imaginary")


def test_history_cannot_be_rewritten(bai: Borrower, now: datetime) -> None:
    listing_in("draft", bai, at=now)
    for rewrite in (lambda: Move.objects.update(by_label="somebody else"), Move.objects.all().delete):
        with pytest.raises(IntegrityError, match="listings_move is append-only"), transaction.atomic():
            rewrite()
