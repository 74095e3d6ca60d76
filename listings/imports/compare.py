"""Rows of a file against the listings and borrowers that are already there."""

from collections.abc import Sequence
from dataclasses import asdict, dataclass, field
from typing import TYPE_CHECKING

from borrowers.models import Borrower
from borrowers.operations import imported_address
from escrow import chart
from escrow.queries import balances
from listings.imports.reasons import Problem
from listings.models import Listing

if TYPE_CHECKING:
    from listings.operations.bring_in import BookRow


@dataclass(frozen=True, slots=True)
class Comparison:
    """What a batch of rows would do: `refused` holds lines with their problem."""

    new: "list[BookRow]" = field(default_factory=list)
    already_there: "list[BookRow]" = field(default_factory=list)
    refused: list[tuple[int, Problem]] = field(default_factory=list)


def compare(rows: "Sequence[BookRow]") -> Comparison:
    """Sort rows by what is there; reads only."""
    listings = {
        listing.external_reference: listing
        for listing in Listing.objects.filter(
            external_reference__in=[row.external_reference for row in rows]
        ).select_related("borrower__user")
    }
    borrowers = _borrowers(rows)
    wallets = balances(chart.borrower_cash(borrower.pk) for borrower in list(borrowers.values()))
    result = Comparison()
    for row in rows:
        if listing := listings.get(row.external_reference):
            if names := _differences(row, listing):
                params = {"reference": row.external_reference, "fields": ", ".join(names)}
                result.refused.append((row.line, Problem("changed", params)))
            else:
                result.already_there.append(row)
        elif problem := _borrower_problem(row, borrowers, {c: m.currency for c, m in wallets.items()}):
            result.refused.append((row.line, problem))
        else:
            result.new.append(row)
    return result


def _borrowers(rows: "Sequence[BookRow]") -> dict[str, Borrower]:
    addresses = {imported_address(row.borrower_reference): row.borrower_reference for row in rows}
    found = Borrower.objects.filter(user__email__in=addresses).select_related("user")
    return {addresses[borrower.user.email]: borrower for borrower in found}


def _differences(row: "BookRow", listing: Listing) -> list[str]:
    """The fields in which a row says something else than the listing that came in under its reference."""
    says = asdict(row.terms) | {
        "accepts_from_minor": row.terms.accepts_from_minor or row.terms.principal_minor,
        "grade": row.grade,
    }
    names = [name for name, value in says.items() if getattr(listing, name) != value]
    borrower = listing.borrower
    if borrower.user.email != imported_address(row.borrower_reference):
        names.append("borrower_reference")
    if (borrower.legal_name, borrower.kind) != (row.legal_name, row.borrower_kind):
        names.append("legal_name" if borrower.legal_name != row.legal_name else "borrower_kind")
    return names


def _borrower_problem(row: "BookRow", borrowers: dict[str, Borrower], currencies: dict[str, str]) -> Problem | None:
    borrower = borrowers.get(row.borrower_reference)
    if borrower is None:
        return None
    if (borrower.legal_name, borrower.kind) != (row.legal_name, row.borrower_kind):
        return Problem("borrower_differs", {"reference": row.borrower_reference, "where": "the borrowers"})
    currency = currencies[chart.borrower_cash(borrower.pk)]
    if currency != row.terms.currency:
        return Problem("other_currency", {"reference": row.borrower_reference, "currency": currency})
    return None
