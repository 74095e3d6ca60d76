"""Writing a listing before it is submitted."""

from dataclasses import replace
from datetime import datetime
from functools import partial

import pytest

from borrowers.models import Borrower
from listings.models import Listing, Move
from listings.operations import create_draft, edit_draft
from marketplace.lib.errors import InvalidInput, NotAllowed, NotFound
from tests.listings.machine import TERMS, everything, listing_in

pytestmark = pytest.mark.django_db


def test_a_draft_is_the_borrowers_words(bai: Borrower, now: datetime) -> None:
    terms = replace(TERMS, title="  A second oven ", story="Bread.\n", accepts_from_minor=20_000_00)
    listing = Listing.objects.get(pk=create_draft(borrower=bai, terms=terms, by=bai.user.actor, at=now).pk)
    assert (listing.title, listing.story, listing.state) == ("A second oven", "Bread.", "draft")
    assert (listing.principal_minor, listing.accepts_from_minor) == (50_000_00, 20_000_00)
    assert (listing.annual_rate_bps, listing.term_months, listing.method) == (1200, 12, "equal_instalment")
    row = Move.objects.get()
    assert (row.name, row.to_state, row.by_id, row.at) == ("create", "draft", bai.user_id, now)


def test_without_a_least_amount_all_of_it_is_needed(bai: Borrower, now: datetime) -> None:
    listing = create_draft(borrower=bai, terms=TERMS, by=bai.user.actor, at=now)
    assert listing.accepts_from_minor == listing.principal_minor


def test_nobody_writes_in_anothers_name(bai: Borrower, cheng: Borrower, now: datetime) -> None:
    before = everything()
    with pytest.raises(NotAllowed):
        create_draft(borrower=bai, terms=TERMS, by=cheng.user.actor, at=now)
    assert everything() == before


@pytest.mark.parametrize("state", ["draft", "returned"])
def test_a_draft_or_a_returned_listing_is_changed(bai: Borrower, now: datetime, state: str) -> None:
    listing = listing_in(state, bai, at=now)
    edit_draft(listing_id=listing.pk, terms=replace(TERMS, term_months=24), by=bai.user.actor)
    changed = Listing.objects.get(pk=listing.pk)
    assert (changed.term_months, changed.state) == (24, state)


@pytest.mark.parametrize("state", ["submitted", "committee", "approved", "open", "disbursed", "rejected", "withdrawn"])
def test_what_is_under_way_is_not_the_borrowers_to_change(bai: Borrower, now: datetime, state: str) -> None:
    listing = listing_in(state, bai, at=now)
    before = everything()
    with pytest.raises(NotFound):
        edit_draft(listing_id=listing.pk, terms=replace(TERMS, term_months=24), by=bai.user.actor)
    assert everything() == before


def test_another_borrower_finds_nothing_to_change(bai: Borrower, cheng: Borrower, now: datetime) -> None:
    listing = listing_in("draft", bai, at=now)
    before = everything()
    for listing_id in (listing.pk, 404_404):
        with pytest.raises(NotFound):
            edit_draft(listing_id=listing_id, terms=TERMS, by=cheng.user.actor)
    assert everything() == before


BAD = [
    ("principal_minor", 0),
    ("principal_minor", -50_000_00),
    ("principal_minor", 99_99),
    ("principal_minor", 1_000_000_01),
    ("principal_minor", 2**63),
    ("annual_rate_bps", 0),
    ("annual_rate_bps", 3601),
    ("term_months", 0),
    ("term_months", 61),
    ("accepts_from_minor", 0),
    ("accepts_from_minor", 50_000_01),
    ("purpose", "a yacht"),
    ("method", "whenever"),
    ("currency", "XXX"),
    ("title", "   "),
    ("title", "x" * 101),
    ("story", "x" * 4001),
]


@pytest.mark.parametrize(("field", "value"), BAD)
def test_bad_input_is_refused_and_named(bai: Borrower, now: datetime, field: str, value: object) -> None:
    listing = listing_in("draft", bai, at=now)
    before = everything()
    terms = replace(TERMS, **{field: value})  # type: ignore[arg-type]
    verbs = (
        partial(create_draft, borrower=bai, terms=terms, by=bai.user.actor, at=now),
        partial(edit_draft, listing_id=listing.pk, terms=terms, by=bai.user.actor),
    )
    for verb in verbs:
        with pytest.raises(InvalidInput) as refused:
            verb()
        assert refused.value.params["field"] == field
        assert str(refused.value.text).startswith(f"{field}: ")
    assert everything() == before
