"""
A platform at work, for tests that look at pages: something in every state, by the real verbs.

Its people write in the reader's language, so that on a Chinese page every other language is a mistake.
"""

from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Any

from django.utils import timezone

from borrowers.models import Borrower
from escrow.models import Entry
from investors.models import Investor
from listings.models import Listing
from listings.operations import ListingTerms, move_listing
from listings.rounds.models import Round
from listings.rounds.operations import RoundTerms, close_round, schedule_round
from loans.models import Loan
from loans.operations import disburse
from marketplace.accounts.models import User
from marketplace.accounts.roles import STAFF, Role
from tests import cast
from tests.browser.world_words import WORDS, Words
from tests.loans import lend
from tests.pages import scene

DAY = timedelta(days=1)
#: What each investor takes of a round, in per cent; the last takes what is left.
SHARES = (34, 22, 17, 12, 9, 6)


@dataclass
class World:
    """Whom the pages are shown to, and what on them is looked at."""

    words: Words
    now: datetime
    staff: dict[Role, User]
    borrower: Borrower
    investors: list[Investor]
    newcomer: User
    listings: dict[str, Listing]
    rounds: dict[str, Round]
    loan: Loan

    @property
    def ann(self) -> Investor:
        """The investor with shares, bids and money."""
        return self.investors[0]

    @property
    def entry(self) -> Entry:
        """The last entry of the journal."""
        return Entry.objects.latest("pk")


def make_world(language: str) -> World:
    """The platform as it stands now, in English (en) or Chinese (zh-hans)."""
    words, now = WORDS[language], timezone.now()
    staff = {role: called(cast.user(role.value.replace("_", "-"), role=role), words.staff[role]) for role in STAFF}
    investors = [investor(name, words=words, at=now - 120 * DAY) for name in words.investors]
    borrower = cast.borrower("bai", at=now - 120 * DAY)
    called(borrower.user, words.borrower)
    Borrower.objects.filter(pk=borrower.pk).update(legal_name=words.company)
    borrower.refresh_from_db()
    newcomer = called(cast.user("newcomer"), words.newcomer)
    world = World(words, now, staff, borrower, investors, newcomer, {}, {}, Loan())
    add_loans(world)
    add_rounds(world)
    add_reviews(world)
    return world


def called(user: User, name: str) -> User:
    """The user under a name of the world's language."""
    user.name = name
    user.save(update_fields=["name"])
    return user


def investor(name: str, *, words: Words, at: datetime) -> Investor:
    """An investor with money."""
    someone = cast.investor("investor", at=at, cash_minor=150_000_00)
    called(someone.user, name)
    return someone


def terms(world: World, at: int, **changes: int | str) -> ListingTerms:
    """What the listing with this number in the words asks for."""
    title, purpose, story = world.words.listings[at]
    asked = ListingTerms(
        title=title,
        purpose=purpose,
        story=story,
        principal_minor=(30 + 10 * (at % 9)) * 1_000_00,
        annual_rate_bps=780 + 35 * at,
        term_months=(6, 12, 24)[at % 3],
    )
    return replace(asked, **changes)  # type: ignore[arg-type]


def approved(world: World, number: int, *, at: datetime, until: str = "", **changes: int | str) -> Listing:
    """A listing that went through review with opinions, as far as the named move (or to the end)."""
    listing = scene.draft(world.borrower, at=at, terms=terms(world, number, **changes))
    for step, (move, role) in enumerate(scene.REVIEW):
        by = world.staff[role].actor if role else world.borrower.user.actor
        when = at + step * timedelta(hours=3)
        listing = move_listing(
            listing_id=listing.pk, move=move, by=by, at=when, reason=world.words.opinions.get(move, "")
        )
        if move == until:
            break
    return listing


def scheduled(world: World, listing: Listing, *, at: datetime, opens_in: timedelta, lasts: timedelta) -> Round:
    """Its round; one that lasts for minutes is a flash round."""
    opens_at = at + opens_in
    round_terms = RoundTerms(opens_at=opens_at, closes_at=opens_at + lasts, is_flash=lasts < DAY)
    by = world.staff[Role.OPERATIONS].actor
    return schedule_round(listing_id=listing.pk, terms=round_terms, by=by, at=at)


def fill(world: World, found: Round, percent: int, *, at: datetime) -> None:
    """A bid of every investor, from large to small, the largest by another one each time; together so much."""
    left = found.target_minor * percent // 100 // 100_00 * 100_00
    first = found.pk % len(world.investors)
    bidders = [*world.investors[first:], *world.investors[:first]]
    for bidder, share in zip(bidders, SHARES, strict=True):
        amount = min(left, max(100_00, found.target_minor * percent * share // 10_000 // 100_00 * 100_00))
        if bidder is bidders[-1]:
            amount = left
        scene.bid(found, bidder, amount, at=at)
        left -= amount
    assert left == 0


def lent(world: World, number: int, *, at: datetime, **changes: Any) -> Loan:
    """A loan that was funded and paid out in the past."""
    listing = approved(world, number, at=at, **changes)
    funded_at = at + DAY
    found = scheduled(world, listing, at=funded_at, opens_in=timedelta(0), lasts=2 * DAY)
    fill(world, found, 100, at=funded_at)
    move_listing(listing_id=listing.pk, move="sign_contract", by=world.borrower.user.actor, at=funded_at)
    by = world.staff[Role.FINANCE].actor
    return disburse(listing_id=listing.pk, by=by, at=funded_at, idempotency_key=f"lent-{listing.pk}")


def add_loans(world: World) -> None:
    """Two running loans: one with two instalments paid, the other just paid out."""
    world.loan = lent(world, 0, at=world.now - 75 * DAY)
    for line in world.loan.schedules.get().instalments.order_by("number")[:2]:
        lend.pay(world.loan, line.principal_minor + line.interest_minor, line.due_on)
    lent(world, 1, at=world.now - 5 * DAY)


def add_rounds(world: World) -> None:
    """Rounds to come, open, full and failed."""
    now, soon = world.now, timedelta(minutes=20)
    for name, number, opens_in, lasts in (
        ("soon", 2, soon, soon),
        ("planned", 3, 2 * DAY, 7 * DAY),
        ("later", 14, 3 * DAY, 7 * DAY),
        ("flash", 4, timedelta(0), soon),
        ("open", 5, timedelta(0), 5 * DAY),
        ("young", 13, timedelta(0), 6 * DAY),
        ("funded", 6, timedelta(0), 5 * DAY),
        ("contracted", 7, timedelta(0), 5 * DAY),
    ):
        listing = approved(world, number, at=now - DAY)
        world.rounds[name] = scheduled(world, listing, at=now, opens_in=opens_in, lasts=lasts)
        world.listings[name] = listing
    for name, percent in (("flash", 68), ("open", 35), ("young", 12), ("funded", 100), ("contracted", 100)):
        fill(world, world.rounds[name], percent, at=now)
    signed = world.listings["contracted"].pk
    move_listing(listing_id=signed, move="sign_contract", by=world.borrower.user.actor, at=now)
    failed = scheduled(world, approved(world, 8, at=now - 9 * DAY), at=now - 8 * DAY, opens_in=DAY, lasts=DAY)
    close_round(round_id=failed.pk, at=now - 6 * DAY)
    world.rounds["failed"], world.listings["failed"] = failed, failed.listing


def add_reviews(world: World) -> None:
    """A listing before every desk, and one that was sent back."""
    at = world.now - timedelta(hours=20)
    desks = {
        "submitted": "submit",
        "investigating": "take_in",
        "risk": "pass_to_risk",
        "committee": "pass_to_committee",
        "approved": "",
    }
    for number, (name, until) in enumerate(desks.items(), start=8):
        world.listings[name] = approved(world, number, at=at, until=until)
    returned = approved(world, 0, at=at, until="take_in")
    by = world.staff[Role.LOAN_OFFICER].actor
    move_listing(listing_id=returned.pk, move="send_back", by=by, at=world.now, reason=world.words.reason)
    world.listings["returned"] = returned
    world.listings["draft"] = scene.draft(world.borrower, at=world.now, terms=terms(world, 1))
