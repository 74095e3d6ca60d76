"""People with money and an open round, for a benchmark; everything by the real verbs."""

from datetime import timedelta
from itertools import count
from uuid import uuid4

from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY
from django.contrib.sessions.backends.db import SessionStore
from django.utils import timezone

from borrowers.models import BorrowerKind
from borrowers.operations import open_borrower
from escrow import chart
from escrow.operations import record_bank_receipt
from investors.models import Investor
from investors.operations import open_investor
from listings.operations import ListingTerms, create_draft, move_listing
from listings.rounds.batch import BidRequest
from listings.rounds.models import Round
from listings.rounds.operations import RoundTerms, schedule_round
from marketplace.accounts.models import User
from marketplace.accounts.roles import Role
from marketplace.lib.actor import SYSTEM, Actor
from marketplace.lib.money import Money

BID_MINOR = 100
TARGET_MINOR = 1_000_000_000_00
CASH_MINOR = 1_000_000_000_00
_numbers = count(1)


def investors(number: int) -> list[Investor]:
    """Investors with more money than they can bid."""
    now = timezone.now()
    people = []
    for _ in range(number):
        n = next(_numbers)
        user = User.objects.create(email=f"bench-{n}@loanbridge.test", name=f"Investor {n}", password="!")
        investor = open_investor(user=user, at=now)
        record_bank_receipt(
            account_code=chart.investor_cash(investor.pk),
            amount=Money(CASH_MINOR),
            bank_reference=f"BENCH-{n}",
            by=SYSTEM,
            at=now,
            idempotency_key=f"bench-{n}",
        )
        people.append(investor)
    return people


def open_round() -> Round:
    """A flash round that nobody can fill, open now."""
    now = timezone.now()
    n = next(_numbers)
    user = User.objects.create(email=f"bench-borrower-{n}@loanbridge.test", name="Borrower", password="!")
    borrower = open_borrower(user=user, legal_name="Bench Ltd", kind=BorrowerKind.COMPANY, at=now)
    terms = ListingTerms(
        title="Bench", purpose="other", principal_minor=1_000_000_00, annual_rate_bps=1_000, term_months=12
    )
    listing = create_draft(borrower=borrower, terms=terms, by=User.objects.get(pk=user.pk).actor, at=now)
    move_listing(listing_id=listing.pk, move="submit", by=User.objects.get(pk=user.pk).actor, at=now)
    for move, role in (
        ("take_in", Role.LOAN_OFFICER),
        ("pass_to_risk", Role.LOAN_OFFICER),
        ("pass_to_committee", Role.RISK_OFFICER),
        ("approve", Role.COMMITTEE_MEMBER),
    ):
        move_listing(listing_id=listing.pk, move=move, by=_staff(role), at=now)
    round_terms = RoundTerms(
        opens_at=now, closes_at=now + timedelta(hours=2), is_flash=True, minimum_bid_minor=1, step_minor=1
    )
    opened = schedule_round(listing_id=listing.pk, terms=round_terms, by=_staff(Role.OPERATIONS), at=now)
    # No listing may ask for this much: the benchmark must not run out of target.
    Round.objects.filter(pk=opened.pk).update(target_minor=TARGET_MINOR)
    return opened


def bids(people: list[Investor], number: int) -> list[BidRequest]:
    """Bids of the people in turn."""
    now = timezone.now()
    return [BidRequest(people[i % len(people)].pk, str(uuid4()), BID_MINOR, True, now) for i in range(number)]


def session_cookies(people: list[Investor]) -> list[str]:
    """A signed-in session for each investor, as the sign-in page would make it."""
    cookies = []
    for investor in people:
        session = SessionStore()
        session[SESSION_KEY] = str(investor.user_id)
        session[BACKEND_SESSION_KEY] = "allauth.account.auth_backends.AuthenticationBackend"
        session[HASH_SESSION_KEY] = investor.user.get_session_auth_hash()
        session.create()
        cookies.append(f"sessionid={session.session_key}")
    return cookies


def _staff(role: Role) -> Actor:
    return Actor(user_id=None, roles=frozenset({role.value}), label=role.value)
