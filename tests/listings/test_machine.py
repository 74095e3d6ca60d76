"""Every move by everybody in every state: what is listed goes through, all else changes nothing."""

from datetime import datetime

import pytest
from django.db import transaction

from borrowers.models import Borrower
from listings.models import Listing, Move
from listings.operations import MoveNotPossible, apply_move
from listings.queries import moves_open_to
from listings.states import FINAL, PUBLISHED, SENTENCES, ListingState
from marketplace.lib.actor import Actor
from marketplace.lib.errors import NotAllowed
from marketplace.lib.outbox.models import Event
from tests.listings.machine import EXPECTED, MOVES, everybody, everything, listing_in

pytestmark = pytest.mark.django_db


@pytest.fixture
def actors(bai: Borrower, cheng: Borrower) -> dict[str, Actor]:
    """Everybody who might try."""
    return everybody(owner=bai, other=cheng)


@pytest.mark.parametrize("state", ListingState.values)
def test_only_the_listed_moves_go_through(state: str, bai: Borrower, actors: dict[str, Actor], now: datetime) -> None:
    listing = listing_in(state, bai, at=now)
    before = everything()
    for move in MOVES:
        target, who = EXPECTED.get((move, state), ("", ""))
        refusal = NotAllowed if target else MoveNotPossible
        for name, actor in actors.items():
            here = transaction.savepoint()
            if name == who:
                assert apply_move(listing_id=listing.pk, move=move, by=actor, at=now, reason="so").state == target
            else:
                with pytest.raises(refusal):
                    apply_move(listing_id=listing.pk, move=move, by=actor, at=now, reason="so")
                assert Move.objects.count() == len(before[1])  # type: ignore[arg-type]
            transaction.savepoint_rollback(here)
    assert everything() == before


@pytest.mark.parametrize(("move", "state"), EXPECTED)
def test_a_move_leaves_a_history_row_and_an_event(
    move: str, state: str, bai: Borrower, actors: dict[str, Actor], now: datetime
) -> None:
    target, who = EXPECTED[move, state]
    listing, actor = listing_in(state, bai, at=now), actors[who]
    apply_move(listing_id=listing.pk, move=move, by=actor, at=now, reason=" so ")
    row = Move.objects.latest("pk")
    assert (row.name, row.from_state, row.to_state) == (move, state, target)
    assert (row.by_id, row.by_label, row.reason, row.at) == (actor.user_id, actor.label, "so", now)
    event = Event.objects.get()
    assert (event.name, event.aggregate) == (f"listing.{target}", f"listing:{listing.pk}")
    assert event.payload == {"listing_id": listing.pk, "from_state": state, "by": actor.label}


@pytest.mark.parametrize("state", ListingState.values)
def test_people_are_offered_what_they_may_do(
    state: str, bai: Borrower, actors: dict[str, Actor], now: datetime
) -> None:
    listing = listing_in(state, bai, at=now)
    offered = {(name, move) for name, actor in actors.items() for move, _label in moves_open_to(listing, actor)}
    assert offered == {(who, move) for (move, source), (_target, who) in EXPECTED.items() if source == state}


def test_the_machine_has_no_other_moves() -> None:
    known = {move.name for move in Listing(state="draft").get_all_state_transitions()}  # type: ignore[attr-defined]
    assert known == set(MOVES)


def test_every_state_has_a_sentence_and_final_ones_have_no_way_out() -> None:
    assert set(SENTENCES) == set(ListingState)
    assert {source for _move, source in EXPECTED} == set(ListingState.values) - set(FINAL)
    assert {ListingState.REJECTED, ListingState.WITHDRAWN} == FINAL - PUBLISHED
