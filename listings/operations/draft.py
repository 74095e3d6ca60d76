"""Writing a listing before it is submitted."""

from dataclasses import asdict, dataclass
from datetime import datetime

from borrowers.models import Borrower
from listings.models import Listing, Move, RepaymentMethod
from listings.states import ListingState
from marketplace.lib.actor import Actor
from marketplace.lib.errors import InvalidInput, NotAllowed, NotFound
from marketplace.lib.money import DEFAULT_CURRENCY
from marketplace.lib.transactions import owns_transaction

#: Legal and platform limits of a listing (dated parameters come with the limits engine).
SMALLEST_PRINCIPAL_MINOR = 100_00
LARGEST_PRINCIPAL_MINOR = 1_000_000_00
HIGHEST_RATE_BPS = 3600
LONGEST_TERM_MONTHS = 60


@dataclass(frozen=True, kw_only=True)
class ListingTerms:
    """What the borrower asks for. Amounts in minor units, rates in basis points a year, term in months."""

    title: str
    purpose: str
    principal_minor: int
    annual_rate_bps: int
    term_months: int
    method: str = RepaymentMethod.EQUAL_INSTALMENT
    story: str = ""
    accepts_from_minor: int | None = None
    currency: str = DEFAULT_CURRENCY


@owns_transaction
def create_draft(*, borrower: Borrower, terms: ListingTerms, by: Actor, at: datetime) -> Listing:
    """
    Start a listing in the borrower's name.

    :raises InvalidInput: if a value is out of its bounds
    :raises NotAllowed: if the actor is not this borrower
    """
    if borrower.user_id != by.user_id:
        raise NotAllowed
    listing = Listing.objects.create(borrower=borrower, **checked(terms))
    Move.objects.create(
        listing=listing,
        name="create",
        from_state=ListingState.DRAFT,
        to_state=ListingState.DRAFT,
        by_id=by.user_id,
        by_label=by.label,
        at=at,
    )
    return listing


@owns_transaction
def edit_draft(*, listing_id: int, terms: ListingTerms, by: Actor) -> Listing:
    """
    Change a draft or a returned listing.

    :raises NotFound: if it is not the actor's, or no longer theirs to change
    :raises InvalidInput: if a value is out of its bounds
    """
    editable = Listing.objects.select_for_update(no_key=True, of=("self",)).filter(
        pk=listing_id, borrower__user_id=by.user_id, state__in=[ListingState.DRAFT, ListingState.RETURNED]
    )
    listing = editable.first()
    if listing is None:
        raise NotFound
    for field, value in checked(terms).items():
        setattr(listing, field, value)
    listing.save()
    return listing


def checked(terms: ListingTerms) -> dict[str, object]:
    """
    The terms as columns.

    :raises InvalidInput: if a value is out of its bounds
    """
    least = terms.principal_minor if terms.accepts_from_minor is None else terms.accepts_from_minor
    bounds = (
        ("principal_minor", terms.principal_minor, SMALLEST_PRINCIPAL_MINOR, LARGEST_PRINCIPAL_MINOR),
        ("annual_rate_bps", terms.annual_rate_bps, 1, HIGHEST_RATE_BPS),
        ("term_months", terms.term_months, 1, LONGEST_TERM_MONTHS),
        ("accepts_from_minor", least, 1, terms.principal_minor),
    )
    for field, value, lowest, highest in bounds:
        if not lowest <= value <= highest:
            raise InvalidInput(field=field, reason=f"must be from {lowest} to {highest}")
    if not terms.title.strip():
        raise InvalidInput(field="title", reason="must not be empty")
    return {**asdict(terms), "accepts_from_minor": least, "title": terms.title.strip()}
