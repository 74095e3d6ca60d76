"""Everybody a loan needs, each with a browser of their own; they come in when they are first asked for."""

from collections.abc import Callable

from django.utils import timezone
from playwright.sync_api import Page

from borrowers.models import Borrower
from investors.models import Investor
from listings.models import Listing
from listings.operations import ListingTerms, move_listing
from listings.rounds.models import Round
from loans.models import Loan
from loans.operations import disburse
from marketplace.accounts.models import User
from marketplace.accounts.roles import Role
from tests import cast
from tests.browser.lending import STORY, TITLE
from tests.browser.person import Person
from tests.pages import scene

#: What Bai asks for, where a test does not begin with the asking.
TERMS = ListingTerms(
    title=TITLE, purpose="business", story=STORY, principal_minor=60_000_00, annual_rate_bps=1200, term_months=6
)
#: As they are written at the top of the page.
NAMES = {
    Role.LOAN_OFFICER: "Lin, loan officer",
    Role.RISK_OFFICER: "Rao, risk officer",
    Role.COMMITTEE_MEMBER: "Kang, committee",
    Role.OPERATIONS: "Oda, operations",
    Role.FINANCE: "Fang, finance",
    Role.AUDITOR: "Aude, auditor",
}


class Company:
    """The borrower Bai, the investors Ann and Ben, and one member of staff per role."""

    #: Whether they come in by the sign-in form, or are in already when their page opens.
    comes_in_by_the_form = False

    def __init__(self, open_page: Callable[..., Page]) -> None:
        self._open_page = open_page
        now = timezone.now()
        self.bai: Borrower = cast.borrower("Bai", at=now)
        self.ann: Investor = cast.investor("Ann", at=now, cash_minor=80_000_00)
        self.ben: Investor = cast.investor("Ben", at=now, cash_minor=50_000_00)
        self._in: dict[int, Person] = {}
        self._staff: dict[Role, User] = {}

    def borrower(self) -> Person:
        """Bai at a browser."""
        return self.at_browser(self.bai.user)

    def investor(self, who: Investor) -> Person:
        """Ann or Ben at a browser."""
        return self.at_browser(who.user)

    def staff(self, role: Role) -> Person:
        """A member of staff at a browser, on their start page."""
        if role not in self._staff:
            self._staff[role] = named(cast.user(role.value.replace("_", "-"), role=role), NAMES[role])
        return self.at_browser(self._staff[role])

    def another(self, role: Role) -> Person:
        """A colleague of the same role, at a browser of their own."""
        colleague = cast.user("colleague", role=role)
        return self.at_browser(colleague)

    def at_browser(self, user: User) -> Person:
        """Somebody at a browser of their own, signed in, on their start page."""
        if user.pk not in self._in:
            self._in[user.pk] = self._comes_in(user)
        return self._in[user.pk].start("/dashboard/")

    def _comes_in(self, user: User) -> Person:
        if self.comes_in_by_the_form:
            return self.somebody().signed_in(user)
        return Person(self._open_page(user))

    def somebody(self) -> Person:
        """A visitor."""
        return Person(self._open_page())

    def submitted(self) -> Listing:
        """Bai's listing, waiting for a loan officer."""
        now = timezone.now()
        listing = scene.draft(self.bai, at=now, terms=TERMS)
        return move_listing(listing_id=listing.pk, move="submit", by=self.bai.user.actor, at=now)

    def approved(self) -> Listing:
        """Bai's listing, waiting for its round."""
        return scene.approved(self.bai, at=timezone.now(), terms=TERMS)

    def opened(self) -> Round:
        """Bai's listing, taking bids."""
        return scene.opened(self.bai, at=timezone.now(), terms=TERMS)

    def contracted(self) -> Listing:
        """Bai's listing, funded by Ann and Ben and signed."""
        found = self.opened()
        now = timezone.now()
        scene.bid(found, self.ann, 40_000_00, at=now)
        scene.bid(found, self.ben, 20_000_00, at=now)
        return move_listing(listing_id=found.listing_id, move="sign_contract", by=self.bai.user.actor, at=now)

    def lent(self) -> Loan:
        """Bai's loan, paid out today."""
        listing, now = self.contracted(), timezone.now()
        by = cast.staff(Role.FINANCE)
        return disburse(listing_id=listing.pk, by=by, at=now, idempotency_key=f"lent-{listing.pk}")


def named(user: User, name: str) -> User:
    """The user under a name that may have a space in it."""
    user.name = name
    user.save(update_fields=["name"])
    return user
