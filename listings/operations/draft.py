"""Writing a listing before it is submitted."""

from dataclasses import asdict, dataclass
from datetime import datetime

from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from borrowers.models import Borrower
from listings.models import Listing, LoanPurpose, Move, RepaymentMethod
from listings.states import ListingState
from marketplace.lib.actor import Actor
from marketplace.lib.errors import InvalidInput, NotAllowed, NotFound
from marketplace.lib.money import DEFAULT_CURRENCY, EXPONENTS
from marketplace.lib.transactions import owns_transaction

#: Legal and platform limits of a listing (dated parameters come with the limits engine).
SMALLEST_PRINCIPAL_MINOR = 100_00
LARGEST_PRINCIPAL_MINOR = 1_000_000_00
HIGHEST_RATE_BPS = 3600
LONGEST_TERM_MONTHS = 60
LONGEST_TITLE = 100
LONGEST_STORY = 4000


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
    listings = Listing.objects.select_related("borrower").select_for_update(no_key=True, of=("self",))
    listing = listings.filter(pk=listing_id, state__in=[ListingState.DRAFT, ListingState.RETURNED]).first()
    if listing is None or listing.borrower.user_id != by.user_id:
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
    title, story = terms.title.strip(), terms.story.strip()
    _check_numbers(terms, least)
    _check_choices(terms)
    if not title:
        raise InvalidInput(field="title", reason=_("must not be empty"))
    for field, text, longest in (("title", title, LONGEST_TITLE), ("story", story, LONGEST_STORY)):
        if len(text) > longest:
            raise InvalidInput(field=field, reason=format_lazy(_("is longer than {longest}"), longest=longest))
    return {**asdict(terms), "accepts_from_minor": least, "title": title, "story": story}


def _check_numbers(terms: ListingTerms, least_minor: int) -> None:
    bounds = (
        ("principal_minor", terms.principal_minor, SMALLEST_PRINCIPAL_MINOR, LARGEST_PRINCIPAL_MINOR),
        ("annual_rate_bps", terms.annual_rate_bps, 1, HIGHEST_RATE_BPS),
        ("term_months", terms.term_months, 1, LONGEST_TERM_MONTHS),
        ("accepts_from_minor", least_minor, 1, terms.principal_minor),
    )
    for field, value, lowest, highest in bounds:
        if not lowest <= value <= highest:
            reason = format_lazy(_("must be from {lowest} to {highest}"), lowest=lowest, highest=highest)
            raise InvalidInput(field=field, reason=reason)


def _check_choices(terms: ListingTerms) -> None:
    choices = (
        ("purpose", terms.purpose, LoanPurpose.values),
        ("method", terms.method, RepaymentMethod.values),
        ("currency", terms.currency, EXPONENTS),
    )
    for field, chosen, known in choices:
        if chosen not in known:
            raise InvalidInput(field=field, reason=_("is not one of the choices"))
