"""Borrowers and staff at their browsers: every move by the form of the page that offers it."""

from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from datetime import datetime
from typing import ClassVar, Self

from django.urls import resolve, reverse
from django.utils import timezone

from marketplace.accounts.roles import Role
from marketplace.demo.browser import Browser, Page, PageRefused
from marketplace.demo.roster import CLIENTS, COLLEAGUES, PASSWORD, email
from marketplace.demo.script import Case
from marketplace.lib.web.posted import CONFIRMED

REVIEW = (
    ("take_in", Role.LOAN_OFFICER, "Papers complete, identity checked."),
    ("pass_to_risk", Role.LOAN_OFFICER, "Visited; the story holds."),
    ("pass_to_committee", Role.RISK_OFFICER, "Income covers the instalments well."),
)
MOMENT = "%Y-%m-%dT%H:%M:%S"


class People:
    """Everybody of the named cast, signed in through the sign-in form."""

    NUMBER: ClassVar[int] = len(CLIENTS) + len(COLLEAGUES)

    def __init__(self, borrowers: list[Browser], staff: dict[Role, Browser]) -> None:
        self._borrowers = borrowers
        self._staff = staff

    @classmethod
    @contextmanager
    def signed_in(cls, site: str, *, on_entry: Callable[[], None]) -> Iterator[Self]:
        """
        Sign them in one by one; `on_entry` is called for each.

        :raises PageRefused: if somebody is not let in
        """
        with ExitStack() as open_browsers:

            def enter(address: str) -> Browser:
                browser = open_browsers.enter_context(Browser(site))
                browser.sign_in(email=email(address), password=PASSWORD)
                on_entry()
                return browser

            borrowers = [enter(client.address) for client in CLIENTS]
            yield cls(borrowers, {person.role: enter(person.address) for person in COLLEAGUES})

    def apply(self, case: Case) -> int:
        """The borrower writes the listing and sends it to review; the listing's id."""
        browser, address = self._borrowers[case.borrower], reverse("borrower_new")
        fill = {
            "title": case.title,
            "purpose": case.purpose.value,
            "story": case.story,
            "principal": f"{case.yuan:,}.00",
            "annual_rate": case.rate,
            "term_months": str(case.months),
            "method": case.method.value,
        }
        saved = browser.send(browser.get(address), address, fill, button="then_submit")
        listing_id = _on(saved, "borrower_submit")["listing_id"]
        _on(browser.send(saved, saved.path), "borrower_listing")
        return listing_id

    def sign(self, case: Case, listing_id: int) -> None:
        """The borrower reads the figures, ticks the box and signs."""
        browser, address = self._borrowers[case.borrower], reverse("borrower_sign", args=[listing_id])
        _on(browser.send(browser.get(address), address, {"agrees": "on"}), "borrower_listing")

    def review(self, listing_id: int, *, decision: str, opinion: str) -> None:
        """The listing goes through officer, risk and committee, who decides ("approve" or "reject")."""
        for move, role, words in (*REVIEW, (decision, Role.COMMITTEE_MEMBER, opinion)):
            browser, address = self._staff[role], reverse("listing_move", args=[listing_id, move])
            file = browser.get(reverse("listing_file", args=[listing_id]))
            shown = browser.send(file, address, {"opinion": words})
            _on(browser.send(shown, address, having=CONFIRMED), "listing_file")

    def schedule(
        self, listing_id: int, *, opens_at: datetime, closes_at: datetime, kind: str, most_yuan: int | None = None
    ) -> None:
        """Operations set the round's time, see it in figures and confirm."""
        browser, address = self._staff[Role.OPERATIONS], reverse("listing_schedule", args=[listing_id])
        fill = {
            "kind": kind,
            "opens_at": timezone.localtime(opens_at).strftime(MOMENT),
            "closes_at": timezone.localtime(closes_at).strftime(MOMENT),
            "smallest_bid": "100.00",
            "step": "100.00",
            "most_per_investor": "" if most_yuan is None else f"{most_yuan}.00",
        }
        shown = browser.send(browser.get(address), address, fill)
        _on(browser.send(shown, address, having=CONFIRMED), "listing_file")

    def pay_out(self, listing_id: int) -> None:
        """Finance see where the money goes and confirm."""
        browser, address = self._staff[Role.FINANCE], reverse("listing_pay_out", args=[listing_id])
        _on(browser.send(browser.get(address), address, having=CONFIRMED), "listing_file")


def _on(page: Page, name: str) -> dict[str, int]:
    """The arguments of the page we are on. :raises PageRefused: if it is another one than that of this name"""
    found = resolve(page.path)
    if found.url_name != name:
        raise PageRefused(f"{page.path} instead of {name}: {page.complaints}")
    return dict(found.kwargs)
