"""A listing on its way to a round, by the real verbs."""

from datetime import datetime, timedelta
from itertools import count
from uuid import UUID

from borrowers.models import Borrower
from escrow import chart
from escrow.queries import balance
from escrow.verify import verify_ledger
from investors.models import Investor
from listings.models import Listing
from listings.operations import ListingTerms, create_draft, move_listing
from listings.rounds.batch import BidRequest
from listings.rounds.models import Round
from listings.rounds.operations import RoundTerms, schedule_round
from listings.rounds.queries import allotments
from marketplace.accounts.roles import Role
from tests import cast

TARGET_MINOR = 10_000_00
_ids = count(1)

REVIEW = (
    ("take_in", Role.LOAN_OFFICER),
    ("pass_to_risk", Role.LOAN_OFFICER),
    ("pass_to_committee", Role.RISK_OFFICER),
    ("approve", Role.COMMITTEE_MEMBER),
)


def approved_listing(
    *,
    at: datetime,
    owner: Borrower | None = None,
    target_minor: int = TARGET_MINOR,
    accepts_from_minor: int | None = None,
) -> Listing:
    """A listing that the committee has approved."""
    owner = owner or cast.borrower("Bai", at=at)
    terms = ListingTerms(
        title="A delivery van",
        purpose="business",
        principal_minor=target_minor,
        accepts_from_minor=accepts_from_minor,
        annual_rate_bps=850,
        term_months=12,
    )
    listing = create_draft(borrower=owner, terms=terms, by=owner.user.actor, at=at)
    move_listing(listing_id=listing.pk, move="submit", by=owner.user.actor, at=at)
    for move, role in REVIEW:
        move_listing(listing_id=listing.pk, move=move, by=cast.staff(role), at=at)
    return listing


def scheduled_round(
    *,
    at: datetime,
    opens_in: timedelta = timedelta(0),
    lasts: timedelta = timedelta(hours=1),
    owner: Borrower | None = None,
    target_minor: int = TARGET_MINOR,
    accepts_from_minor: int | None = None,
    minimum_bid_minor: int = 100_00,
    maximum_per_investor_minor: int | None = None,
) -> Round:
    """A flash round that takes bids from `at + opens_in` on: the first one opens it."""
    listing = approved_listing(at=at, owner=owner, target_minor=target_minor, accepts_from_minor=accepts_from_minor)
    terms = RoundTerms(
        opens_at=at + opens_in,
        closes_at=at + opens_in + lasts,
        is_flash=True,
        minimum_bid_minor=minimum_bid_minor,
        maximum_per_investor_minor=maximum_per_investor_minor,
    )
    return schedule_round(listing_id=listing.pk, terms=terms, by=cast.staff(Role.OPERATIONS), at=at)


def client_id() -> str:
    """A UUID nobody has used."""
    return str(UUID(int=next(_ids)))


def bid(who: Investor | int, amount_minor: int, *, at: datetime, allow_partial: bool = True) -> BidRequest:
    """A bid as it comes out of the door."""
    investor_id = who if isinstance(who, int) else who.pk
    return BidRequest(investor_id, client_id(), amount_minor, allow_partial, at)


def cash(who: Investor) -> int:
    """Free minor units of an investor."""
    return balance(chart.investor_cash(who.pk)).minor


def behind(round_: Round) -> int:
    """Minor units behind a round's bids."""
    return balance(chart.round_escrow(round_.pk)).minor


def assert_books_are_right(round_: Round) -> None:
    """The ledger proves itself, and the round holds exactly what its bids were allotted, or nothing any more."""
    assert verify_ledger() == []
    assert behind(round_) in (0, sum(minor for _investor, minor in allotments(round_.pk)))
