"""The scenario: the life of ten listings, from the borrower's form to the sixth month of repayments."""

import secrets
from collections.abc import Callable
from dataclasses import dataclass
from time import perf_counter

import httpx
from django.utils import timezone
from rich.console import Console
from websockets.exceptions import WebSocketException

from loans.models import Loan
from marketplace.demo import report
from marketplace.demo.book import load_book
from marketplace.demo.browser import Browser, PageRefused
from marketplace.demo.cast import Cast, load_cast, loading
from marketplace.demo.checks import all_checks
from marketplace.demo.html_forms import NoSuchForm
from marketplace.demo.people import People
from marketplace.demo.progress import Steps, progress_bars
from marketplace.demo.roster import PASSWORD
from marketplace.demo.rounds import Rounds
from marketplace.demo.script import CASES, Ending
from marketplace.demo.servicing import service, visits
from marketplace.demo.sessions import sign_in_all
from marketplace.demo.site import Site
from marketplace.demo.story import Outcome, Story
from marketplace.demo.wallets import BorrowersBank, fill_wallets
from marketplace.lib.errors import Refused

#: Investors who sign in through the form, like the staff; the others' sessions are made in one go.
NAMED_INVESTORS = 3
#: How a scenario ends early: a page, a form, a server or a verb did not answer as it should.
BROKEN = (PageRefused, NoSuchForm, Refused, httpx.HTTPError, WebSocketException, TimeoutError, OSError)


@dataclass(frozen=True)
class Stage:
    """People with money, ready to play. `run` tells this run's payments from those of earlier ones."""

    cast: Cast
    run: str
    seed: int


def load(console: Console, *, investors: int, seed: int) -> Stage:
    """Load whatever is missing of people, money and the book of further listings."""
    run = f"{timezone.now():%y%m%d%H%M%S}-{secrets.token_hex(3)}"
    with console.status("Loading people, money and a book of listings"), loading():
        cast = load_cast(investors=investors, at=timezone.now())
        deposits = fill_wallets(cast.investors, run=run, at=timezone.now())
        touched = load_book(cast.borrowers, cast.investors, at=timezone.now())
    console.print(
        f"{len(cast.borrowers)} borrowers, {len(cast.investors)} investors ({deposits} deposits), "
        f"{touched} listings new in the book."
    )
    return Stage(cast, run, seed)


def play(console: Console, stage: Stage, *, site: Site) -> bool:
    """Play the scenario against the site and print what happened; whether every check held."""
    started = perf_counter()
    with progress_bars(console) as steps:
        outcome = _play(stage, site=site.url, steps=steps)
    took = perf_counter() - started
    with console.status("Checking every promise"):
        checks = all_checks(outcome)
    report.show(console, outcome, checks, site=site.url, seconds=took)
    return all(check.held for check in checks)


def _play(stage: Stage, *, site: str, steps: Steps) -> Outcome:
    outcome = Outcome()
    with People.signed_in(site, on_entry=steps.step("People sign in", total=People.NUMBER)) as people:
        sessions = _sessions(stage, site)
        _listings(outcome, people, steps)
        rounds = Rounds(site, stage.cast.investors, people, sessions=sessions, seed=stage.seed)
        rounds.play(outcome, steps)
        _pay_out(outcome, people, steps)
    _service(outcome, stage, steps)
    rounds.wait_for_the_end(outcome.ending(Ending.FAILS))
    return outcome


def _sessions(stage: Stage, site: str) -> dict[int, str]:
    """Session keys by investor id; the first few come from the sign-in form."""
    sessions = sign_in_all(stage.cast.investors, at=timezone.now())
    for investor in stage.cast.investors[:NAMED_INVESTORS]:
        with Browser(site) as browser:
            browser.sign_in(email=investor.user.email, password=PASSWORD)
            sessions[investor.pk] = browser.cookie("sessionid")
    return sessions


def _listings(outcome: Outcome, people: People, steps: Steps) -> None:
    done = steps.step("Listings are written, submitted and reviewed", total=len(CASES))
    for case in CASES:
        story = Story(case, people.apply(case))
        rejected = case.ending is Ending.REJECTED
        opinion = "Lending for speculation is outside our policy." if rejected else "Agreed by all members."
        people.review(story.listing_id, decision="reject" if rejected else "approve", opinion=opinion)
        outcome.stories.append(story)
        done()


def _pay_out(outcome: Outcome, people: People, steps: Steps) -> None:
    done = steps.step("Contracts are signed and loans paid out", total=len(outcome.funded))
    for story in outcome.funded:
        people.sign(story.case, story.listing_id)
        people.pay_out(story.listing_id)
        story.loan_id = Loan.objects.values_list("pk", flat=True).get(listing_id=story.listing_id)
        done()


def _service(outcome: Outcome, stage: Stage, steps: Steps) -> None:
    loans = [(story.loan, story.case.habit) for story in outcome.funded]
    days = visits(loans)
    done: Callable[[], None] = steps.step("Six months of repayments", total=len(days))
    outcome.services = service(loans, days, bank=BorrowersBank(stage.run), on_payment=done)
