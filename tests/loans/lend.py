"""A loan as it comes to be: written, reviewed, funded, signed and paid out, each by its own verb."""

from collections.abc import Sequence
from datetime import UTC, date, datetime, timedelta
from itertools import count
from uuid import uuid4

from borrowers.models import Borrower
from escrow import chart
from escrow.operations import record_bank_receipt
from escrow.queries import balance
from investors.models import Investor
from listings.models import Listing
from listings.operations import ListingTerms, create_draft, move_listing
from listings.rounds.batch import BidRequest
from listings.rounds.models import Round
from listings.rounds.operations import RoundTerms, place_bid, schedule_round
from loans.models import Loan, Receipt
from loans.operations import disburse, repay, settle_early
from marketplace.accounts.roles import Role
from marketplace.lib.actor import SYSTEM, Actor
from marketplace.lib.money import Money
from tests import cast

Bids = Sequence[tuple[Investor, int]]
REVIEW = (
    ("take_in", Role.LOAN_OFFICER),
    ("pass_to_risk", Role.LOAN_OFFICER),
    ("pass_to_committee", Role.RISK_OFFICER),
    ("approve", Role.COMMITTEE_MEMBER),
)
_keys = count(1)


def staff(role: Role) -> Actor:
    """A member of staff as verbs see them; who signs in comes from the cast."""
    return Actor(None, frozenset({role.value}), role.value)


FINANCE = staff(Role.FINANCE)


def key() -> str:
    """An idempotency key nobody has used."""
    return f"test-{next(_keys)}"


def noon(day: date) -> datetime:
    """Noon in Shanghai."""
    return datetime(day.year, day.month, day.day, 4, tzinfo=UTC)


def approved_listing(
    principal_minor: int,
    *,
    at: datetime,
    borrower: Borrower,
    method: str = "equal_instalment",
    annual_rate_bps: int = 1200,
    months: int = 6,
    accepts_from_minor: int | None = None,
) -> Listing:
    """A listing that the committee has approved."""
    terms = ListingTerms(
        title="Ovens for the bakery",
        purpose="business",
        principal_minor=principal_minor,
        accepts_from_minor=accepts_from_minor,
        annual_rate_bps=annual_rate_bps,
        term_months=months,
        method=method,
    )
    listing = create_draft(borrower=borrower, terms=terms, by=borrower.user.actor, at=at)
    move_listing(listing_id=listing.pk, move="submit", by=borrower.user.actor, at=at)
    for move, role in REVIEW:
        move_listing(listing_id=listing.pk, move=move, by=staff(role), at=at)
    return listing


def funded_round(bids: Bids, *, at: datetime, listing: Listing) -> Round:
    """The round of an approved listing, with these bids in it; bids of any size are taken."""
    terms = RoundTerms(opens_at=at, closes_at=at + timedelta(hours=1), minimum_bid_minor=1, step_minor=1)
    found = schedule_round(listing_id=listing.pk, terms=terms, by=staff(Role.OPERATIONS), at=at)
    for investor, amount_minor in bids:
        request = BidRequest(investor.pk, str(uuid4()), amount_minor, False, at)
        assert place_bid(round_id=found.pk, bid=request, at=at).code is None
    found.refresh_from_db()
    return found


def contracted_listing(bids: Bids, *, at: datetime, borrower: Borrower, **terms: int | str) -> Listing:
    """A listing funded in full by these bids and signed by its borrower."""
    principal_minor = sum(amount for _investor, amount in bids)
    listing = approved_listing(principal_minor, at=at, borrower=borrower, **terms)  # type: ignore[arg-type]
    funded_round(bids, at=at, listing=listing)
    return move_listing(listing_id=listing.pk, move="sign_contract", by=borrower.user.actor, at=at)


def running_loan(bids: Bids, *, at: datetime, borrower: Borrower | None = None, **terms: int | str) -> Loan:
    """A loan funded by these bids and paid out."""
    borrower = borrower or cast.borrower("Bai", at=at)
    listing = contracted_listing(bids, at=at, borrower=borrower, **terms)
    return disburse(listing_id=listing.pk, by=FINANCE, at=at, idempotency_key=key())


def pay_in(borrower: Borrower, amount_minor: int, *, at: datetime) -> None:
    """Money from the bank into a borrower's wallet."""
    record_bank_receipt(
        account_code=chart.borrower_cash(borrower.pk),
        amount=Money(amount_minor),
        bank_reference=key(),
        by=SYSTEM,
        at=at,
        idempotency_key=key(),
    )


def pay(loan: Loan, amount_minor: int, on: date, *, idempotency_key: str | None = None) -> Receipt:
    """The borrower pays an amount on a day."""
    return repay(
        loan_id=loan.pk,
        amount=Money(amount_minor),
        day=on,
        by=loan.borrower.user.actor,
        at=noon(on),
        idempotency_key=idempotency_key or key(),
    )


def settle(loan: Loan, total_minor: int, on: date, *, idempotency_key: str | None = None) -> Receipt:
    """The borrower settles on a day for a total."""
    return settle_early(
        loan_id=loan.pk,
        agreed_total=Money(total_minor),
        day=on,
        by=loan.borrower.user.actor,
        at=noon(on),
        idempotency_key=idempotency_key or key(),
    )


def holds(code: str) -> int:
    """Minor units in an account."""
    return balance(code).minor


def cash(who: Investor | Borrower) -> int:
    """Minor units in a wallet."""
    code = chart.investor_cash if isinstance(who, Investor) else chart.borrower_cash
    return holds(code(who.pk))
