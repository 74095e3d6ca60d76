"""Listings in any state, brought there by the real verbs."""

from datetime import datetime, timedelta
from uuid import uuid4

from borrowers.models import Borrower
from investors.models import Investor
from listings.models import Listing
from listings.operations import ListingTerms, create_draft, move_listing
from listings.rounds.batch import BidRequest
from listings.rounds.models import Round
from listings.rounds.operations import RoundTerms, open_round, place_bid, schedule_round
from loans.models import Loan
from loans.operations import disburse
from marketplace.accounts.roles import Role
from tests import cast

#: Who takes a submitted listing through review; None is the borrower.
REVIEW = (
    ("submit", None),
    ("take_in", Role.LOAN_OFFICER),
    ("pass_to_risk", Role.LOAN_OFFICER),
    ("pass_to_committee", Role.RISK_OFFICER),
    ("approve", Role.COMMITTEE_MEMBER),
)
TERMS = ListingTerms(
    title="Ovens for the bakery",
    purpose="business",
    story="Two ovens and a mixer.",
    principal_minor=50_000_00,
    annual_rate_bps=1150,
    term_months=12,
)

#: The same kind of listing as somebody fills it in.
FORM = {
    "title": "Two ovens",
    "purpose": "business",
    "story": "",
    "principal": "50,000.50",
    "annual_rate": "11.5",
    "term_months": "12",
    "method": "equal_instalment",
    "accepts_from": "",
}


def state_of(listing: Listing) -> str:
    """The state as it is stored now."""
    return str(Listing.objects.values_list("state", flat=True).get(pk=listing.pk))


def draft(borrower: Borrower, *, at: datetime, terms: ListingTerms = TERMS) -> Listing:
    """A listing that only its borrower sees."""
    return create_draft(borrower=borrower, terms=terms, by=borrower.user.actor, at=at)


def approved(borrower: Borrower, *, at: datetime, terms: ListingTerms = TERMS) -> Listing:
    """A listing that passed review."""
    listing = draft(borrower, at=at, terms=terms)
    for move, role in REVIEW:
        by = cast.staff(role) if role else borrower.user.actor
        move_listing(listing_id=listing.pk, move=move, by=by, at=at)
    listing.refresh_from_db()
    return listing


def scheduled(borrower: Borrower, *, at: datetime, terms: ListingTerms = TERMS, hours: int = 0) -> Round:
    """A round that opens in some hours and takes bids for a day."""
    opens_at = at + timedelta(hours=hours)
    return schedule_round(
        listing_id=approved(borrower, at=at, terms=terms).pk,
        terms=RoundTerms(opens_at=opens_at, closes_at=opens_at + timedelta(days=1)),
        by=cast.staff(Role.OPERATIONS),
        at=at,
    )


def opened(borrower: Borrower, *, at: datetime, terms: ListingTerms = TERMS) -> Round:
    """A round that takes bids."""
    found = scheduled(borrower, at=at, terms=terms)
    open_round(round_id=found.pk, at=at)
    found.refresh_from_db()
    return found


def bid(found: Round, investor: Investor, amount_minor: int, *, at: datetime) -> None:
    """A bid, whatever becomes of it."""
    request = BidRequest(investor.pk, str(uuid4()), amount_minor, True, at)
    place_bid(round_id=found.pk, bid=request, at=at)
    found.refresh_from_db()


def funded(borrower: Borrower, investor: Investor, *, at: datetime) -> Round:
    """A round that one investor filled."""
    found = opened(borrower, at=at)
    bid(found, investor, found.target_minor, at=at)
    return found


def paid_out(found: Round, *, at: datetime) -> Loan:
    """The loan of a funded round, signed for and paid out."""
    by = found.listing.borrower.user.actor
    move_listing(listing_id=found.listing_id, move="sign_contract", by=by, at=at)
    finance = cast.staff(Role.FINANCE)
    return disburse(listing_id=found.listing_id, by=finance, at=at, idempotency_key=f"pay-{found.pk}")
