"""What a good row leaves behind: a submitted listing, a borrower with a wallet, a history row, an event."""

from collections.abc import Callable
from datetime import datetime
from pathlib import Path

import pytest
from django.contrib.auth import authenticate

from borrowers.models import Borrower, BorrowerKind
from borrowers.operations import BorrowerDraft, open_borrowers
from escrow import chart
from escrow.queries import balances
from escrow.verify import verify_ledger
from listings.models import Listing, Move
from listings.operations import BookRow, ListingTerms, bring_in
from listings.queries import work_queue
from marketplace.accounts.models import User
from marketplace.accounts.roles import Role
from marketplace.lib.actor import SYSTEM
from marketplace.lib.errors import InvalidInput, NotAllowed
from marketplace.lib.money import Money
from marketplace.lib.outbox.models import Event
from tests import cast

pytestmark = pytest.mark.django_db


def row(number: int = 1, **changes: object) -> BookRow:
    terms = {"title": "A van", "purpose": "car", "principal_minor": 500_00, "annual_rate_bps": 800, "term_months": 12}
    return BookRow(
        line=number + 1,
        external_reference=f"L-{number}",
        borrower_reference=f"b-{number}",
        legal_name="Lan",
        borrower_kind="person",
        grade="",
        terms=ListingTerms(**(terms | changes)),  # type: ignore[arg-type]
    )


def test_a_listing_stands_in_the_officers_queue(book: Callable[..., Path], run: Callable[..., str]) -> None:
    run(book())
    first, second, third = work_queue(cast.staff(Role.LOAN_OFFICER))
    assert (first.external_reference, first.state, first.title) == ("L-1", "submitted", "Stock for the autumn")
    assert (second.principal, second.annual_rate_bps, second.term_months) == (Money(3500050), 800, 36)
    assert (third.annual_rate_bps, third.accepts_from_minor) == (1407, 12000000)


def test_two_loans_of_one_borrower_share_a_wallet(book: Callable[..., Path], run: Callable[..., str]) -> None:
    run(book())
    lan = Borrower.objects.get(legal_name="Lan Trading")
    assert [listing.external_reference for listing in lan.listings.order_by("id")] == ["L-1", "L-3"]
    assert Borrower.objects.count() == 2
    assert balances([chart.borrower_cash(lan.pk)]) == {chart.borrower_cash(lan.pk): Money(0)}
    assert verify_ledger() == []


def test_the_borrower_cannot_sign_in_yet(book: Callable[..., Path], run: Callable[..., str]) -> None:
    run(book())
    user = User.objects.get(email="b-1@import.loanbridge.invalid")
    assert (user.has_usable_password(), set(user.roles), user.name) == (False, {"borrower"}, "Lan Trading")
    assert authenticate(email=user.email, password="") is None


def test_history_and_event_say_where_it_came_from(book: Callable[..., Path], run: Callable[..., str]) -> None:
    officer = cast.user("Olive", role=Role.LOAN_OFFICER)
    run(book(), by=officer.email)
    listing = Listing.objects.get(external_reference="L-2")
    move = Move.objects.get(listing=listing)
    assert (move.name, move.from_state, move.to_state) == ("import", "draft", "submitted")
    assert (move.by_id, move.by_label, move.reason) == (officer.pk, "Olive", "book.csv, line 3")
    event = Event.objects.get(aggregate=f"listing:{listing.pk}")
    assert (event.name, event.state) == ("listing.submitted", "pending")
    assert event.payload == {"listing_id": listing.pk, "from_state": "draft", "by": "Olive"}


def test_only_officers_operations_and_the_system_bring_in(now: datetime) -> None:
    with pytest.raises(NotAllowed):
        bring_in(rows=[row()], source="x.csv", by=cast.staff(Role.AUDITOR), at=now)
    assert not Listing.objects.exists()


def test_a_row_out_of_bounds_keeps_the_whole_batch_out(now: datetime) -> None:
    with pytest.raises(InvalidInput):
        bring_in(rows=[row(1), row(2, annual_rate_bps=3601)], source="x.csv", by=SYSTEM, at=now)
    assert (Listing.objects.count(), Borrower.objects.count(), User.objects.count(), Event.objects.count()) == (
        0, 0, 0, 0,
    )  # fmt: skip


@pytest.mark.parametrize(("reference", "name"), [("b-1", " "), ("B-1", "Lan"), ("b 1", "Lan"), ("", "Lan")])
def test_a_borrower_without_name_or_reference(now: datetime, reference: str, name: str) -> None:
    draft = BorrowerDraft(reference=reference, legal_name=name, kind=BorrowerKind.PERSON)
    with pytest.raises(InvalidInput):
        open_borrowers(drafts=[draft], at=now)
    assert not User.objects.exists()


def test_opening_the_same_borrowers_again_returns_them(now: datetime) -> None:
    draft = BorrowerDraft(reference="b-1", legal_name="Lan", kind=BorrowerKind.PERSON)
    first = open_borrowers(drafts=[draft], at=now)
    assert open_borrowers(drafts=[draft], at=now) == first
    assert User.objects.count() == 1
