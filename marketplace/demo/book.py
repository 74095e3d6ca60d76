"""Further listings beside the scenario, so that lists, queues and calendars show something. Loaded once."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from random import Random
from uuid import NAMESPACE_URL, uuid5

from borrowers.models import Borrower
from investors.models import Investor
from listings.models import Listing, LoanPurpose
from listings.operations import ListingTerms, create_draft, move_listing
from listings.rounds.batch import BidRequest
from listings.rounds.models import Round
from listings.rounds.operations import RoundTerms, open_round, place_bid, schedule_round
from listings.rounds.queries import round_of
from listings.states import ListingState
from marketplace.accounts.models import User
from marketplace.accounts.roles import Role
from marketplace.demo.roster import COLLEAGUES, email
from marketplace.lib.actor import Actor

S = ListingState
#: The way of a listing to its round: (the state it is in, the next move, who does it; None for the borrower).
WAY: tuple[tuple[ListingState, str, Role | None], ...] = (
    (S.DRAFT, "submit", None),
    (S.SUBMITTED, "take_in", Role.LOAN_OFFICER),
    (S.INVESTIGATING, "pass_to_risk", Role.LOAN_OFFICER),
    (S.RISK_REVIEW, "pass_to_committee", Role.RISK_OFFICER),
    (S.COMMITTEE, "approve", Role.COMMITTEE_MEMBER),
)
TITLES = (
    "A coffee roaster 咖啡烘焙机",
    "Textbooks and tuition 学费",
    "Winter stock for the shop 冬季备货",
    "Forklift, second hand",
    "装修两居室",
    "Dental treatment",
    "One loan instead of three",
    "网店周转资金",
    "Greenhouse foil and pumps",
    "购买新能源车",
)
PURPOSES = (LoanPurpose.BUSINESS, LoanPurpose.EDUCATION, LoanPurpose.WORKING_CAPITAL, LoanPurpose.HOME)
#: Where the listings of the book stand once loaded.
STANDING = (
    *(S.DRAFT,) * 3,
    *(S.SUBMITTED,) * 4,
    *(S.INVESTIGATING,) * 2,
    *(S.RISK_REVIEW,) * 2,
    *(S.COMMITTEE,) * 2,
    S.APPROVED,
    *(S.SCHEDULED,) * 4,
    *(S.OPEN,) * 2,
)
OPEN_FOR = timedelta(days=21)


def load_book(borrowers: Sequence[Borrower], investors: Sequence[Investor], *, at: datetime) -> int:
    """Make what is missing of the book; the number of listings touched. A broken first load is finished."""
    staff = {person.role: User.objects.get(email=email(person.address)).actor for person in COLLEAGUES}
    touched = 0
    for number, wanted in enumerate(STANDING):
        borrower = borrowers[number % len(borrowers)]
        terms = _terms(number)
        listing = Listing.objects.filter(borrower=borrower, title=terms.title).first()
        if listing is None:
            listing = create_draft(borrower=borrower, terms=terms, by=borrower.user.actor, at=at)
        elif _is_there(listing, wanted):
            continue
        _bring(listing, wanted, number=number, owner=borrower.user.actor, staff=staff, at=at)
        if wanted == S.OPEN:
            _first_bids(listing, investors, number=number, at=at)
        touched += 1
    return touched


def _is_there(listing: Listing, wanted: ListingState) -> bool:
    """Say whether it has come as far as it should; what people did with it since is theirs."""
    ways = [state for state, _move, _role in WAY]
    early = (
        [*ways[: ways.index(wanted)]] if wanted in ways else [*ways, *([S.APPROVED] if wanted != S.APPROVED else [])]
    )
    return S(listing.state) not in early


def _bring(
    listing: Listing,
    wanted: ListingState,
    *,
    number: int,
    owner: Actor,
    staff: dict[Role, Actor],
    at: datetime,
) -> None:
    for state, move, role in WAY:
        if S(listing.state) == state != wanted:
            listing = move_listing(listing_id=listing.pk, move=move, by=owner if role is None else staff[role], at=at)
    if wanted in (S.SCHEDULED, S.OPEN):
        opens_at = at if wanted == S.OPEN else at + timedelta(days=1 + number % 7, hours=number)
        terms = RoundTerms(opens_at=opens_at, closes_at=opens_at + OPEN_FOR, is_flash=number % 4 == 3)
        new = schedule_round(listing_id=listing.pk, terms=terms, by=staff[Role.OPERATIONS], at=at)
        open_round(round_id=new.pk, at=at)


def _first_bids(listing: Listing, investors: Sequence[Investor], *, number: int, at: datetime) -> None:
    random = Random(number)
    found: Round | None = round_of(listing)
    assert found is not None, "it was scheduled just now"
    for investor in random.sample(investors, 8):
        client_id = str(uuid5(NAMESPACE_URL, f"book:{found.pk}:{investor.pk}"))
        bid = BidRequest(investor.pk, client_id, random.randrange(3, 18) * 100_00, True, at)
        place_bid(round_id=found.pk, bid=bid, at=at)


def _terms(number: int) -> ListingTerms:
    random = Random(number)
    return ListingTerms(
        title=f"{TITLES[number % len(TITLES)]} · {number // len(TITLES) + 1}",
        purpose=PURPOSES[number % len(PURPOSES)],
        story="Part of the demonstration. 演示数据。",
        principal_minor=random.randrange(30, 180) * 1_000_00,
        annual_rate_bps=random.randrange(120, 320) * 5,
        term_months=random.choice((6, 12, 18, 24, 36)),
    )
