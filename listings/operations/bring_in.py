"""Bringing in the lender's own book: many listings at once, each where a submitted one would stand."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db import connection

from borrowers.models import Borrower, BorrowerKind
from borrowers.operations import BorrowerDraft, open_borrowers
from listings.imports.compare import Comparison, compare
from listings.models import Listing, Move
from listings.operations.draft import ListingTerms, checked
from listings.states import ListingState
from marketplace.accounts.roles import Role
from marketplace.lib.actor import Actor
from marketplace.lib.errors import NotAllowed
from marketplace.lib.outbox.operations import record_many
from marketplace.lib.transactions import owns_transaction

MAY_BRING_IN = (Role.LOAN_OFFICER, Role.OPERATIONS, "system")
#: Two imports at a time would not see each other's rows: they take turns, batch by batch.
ONE_AT_A_TIME = 7_104_001


@dataclass(frozen=True, kw_only=True)
class BookRow:
    """One loan of the lender's book; `line` is where its file has it."""

    line: int
    external_reference: str
    borrower_reference: str
    legal_name: str
    borrower_kind: str
    grade: str
    terms: ListingTerms


@owns_transaction
def bring_in(*, rows: Sequence[BookRow], source: str, by: Actor, at: datetime) -> Comparison:
    """
    Bring in what is new among `rows` as submitted listings, with borrowers, history rows and events.

    A row that is there already with the same content changes nothing; one with other content is refused. References
    in `rows` are distinct. `source` (a file's name) goes into the history.

    :raises NotAllowed: if the actor's role does not include it
    :raises InvalidInput: if a value is out of its bounds; then nothing of the batch comes in
    """
    if not by.has(*MAY_BRING_IN):
        raise NotAllowed
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(%s)", [ONE_AT_A_TIME])
    compared = compare(rows)
    if compared.new:
        borrowers = open_borrowers(drafts=_drafts(compared.new), at=at)
        listings = _create(compared.new, borrowers, at=at)
        _remember(listings, compared.new, source=source, by=by, at=at)
    return compared


def _drafts(rows: Sequence[BookRow]) -> list[BorrowerDraft]:
    """One draft per borrower, however many rows are theirs."""
    by_reference = {row.borrower_reference: row for row in rows}
    return [
        BorrowerDraft(
            reference=reference,
            legal_name=row.legal_name,
            kind=BorrowerKind(row.borrower_kind),
            currency=row.terms.currency,
        )
        for reference, row in by_reference.items()
    ]


def _create(rows: Sequence[BookRow], borrowers: dict[str, Borrower], *, at: datetime) -> list[Listing]:
    return Listing.objects.bulk_create(
        Listing(
            borrower=borrowers[row.borrower_reference],
            grade=row.grade,
            external_reference=row.external_reference,
            state=ListingState.SUBMITTED,
            created_at=at,
            **checked(row.terms),
        )
        for row in rows
    )


def _remember(listings: Sequence[Listing], rows: Sequence[BookRow], *, source: str, by: Actor, at: datetime) -> None:
    Move.objects.bulk_create(
        Move(
            listing=listing,
            name="import",
            from_state=ListingState.DRAFT,
            to_state=ListingState.SUBMITTED,
            by_id=by.user_id,
            by_label=by.label,
            reason=f"{source}, line {row.line}",
            at=at,
        )
        for listing, row in zip(listings, rows, strict=True)
    )
    payload = {"from_state": ListingState.DRAFT.value, "by": by.label}
    record_many(
        name=f"listing.{ListingState.SUBMITTED.value}",
        payloads={f"listing:{listing.pk}": {"listing_id": listing.pk, **payload} for listing in listings},
        at=at,
    )
