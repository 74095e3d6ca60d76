"""What is printed."""

import pytest
from rich.console import Console

from marketplace.demo import report
from marketplace.demo.checks import Check
from marketplace.demo.roster import CLIENTS, COLLEAGUES, PASSWORD, email
from marketplace.demo.story import Outcome


@pytest.fixture
def console() -> Console:
    """One that remembers, wide enough for every table."""
    return Console(record=True, width=200, quiet=False, force_terminal=False)


def test_the_report_says_what_happened(outcome: Outcome, console: Console) -> None:
    checks = [Check("verify_ledger", True, "OK"), Check("verify_books", True, "OK")]
    report.show(console, outcome, checks, site="http://127.0.0.1:8123", seconds=12.3)
    printed = console.export_text()
    assert "every check held" in printed
    assert "verify_ledger: OK" in printed
    assert "verify_books: OK" in printed
    assert "http://127.0.0.1:8123/staff/queue/" in printed
    assert PASSWORD in printed
    for person in (*CLIENTS, *COLLEAGUES):
        assert email(person.address) in printed


def test_a_broken_promise_is_told(outcome: Outcome, console: Console) -> None:
    checks = [Check("verify_ledger", False, "counters differ"), Check("verify_books", True, "OK")]
    report.show(console, outcome, checks, site="http://x", seconds=1)
    printed = console.export_text()
    assert "1 of 2 checks failed" in printed
    assert "verify_ledger: FAILED" in printed
    assert "counters differ" in printed


def test_refusals_are_listed_by_code(outcome: Outcome, console: Console) -> None:
    answer = outcome.stories[0].answers.all[0]
    outcome.stories[0].answers.all.append(answer._replace(code="duplicate_mismatch", accepted_minor=0, bid=0))
    console.print(report.bids(outcome))
    assert "refused: duplicate_mismatch" in console.export_text()


def test_a_check_shows_the_first_few_wrong_things() -> None:
    found = Check.nothing_wrong("promise", ["a", "b", "c", "d", "e"])
    assert found == Check("promise", False, "a; b; c and 2 more")
    assert Check.nothing_wrong("promise", [], detail="3 rounds") == Check("promise", True, "3 rounds")
    assert Check.equal("promise", 1, 2) == Check("promise", False, "1 instead of 2")
