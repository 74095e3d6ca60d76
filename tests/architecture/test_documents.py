"""Pages that can fail: what they list is what the code has."""

import ast
import re

import pytest
from django.db import models

from escrow.chart import ALLOWED, DEBIT_NORMAL, Kind
from escrow.models import Balance, Entry, Transfer
from escrow.verify import CHECKS
from investors.models import InvestorStatus
from listings.diagram import mermaid, svg
from listings.models import Listing
from listings.rounds.models import Decision, RoundState
from listings.states import SENTENCES, ListingState
from loans.models import LOAN_SENTENCES, LoanState
from marketplace.accounts.permissions import MATRIX
from marketplace.accounts.roles import Role
from marketplace.celery import app
from marketplace.lib.outbox.listeners import _listeners
from marketplace.lib.outbox.models import EventState
from tests.architecture.documents import DOCS, broken_links, code, headings, page, rows, section
from tests.architecture.source import HOUSES, ROOT, Module, calls, modules

#: An f-string that records `prefix.<state>` stands for the states that a move can lead to.
REACHED = {
    "listing.": {move.target for move in Listing(state="draft").get_all_state_transitions()},  # type: ignore[attr-defined]
    "round.": set(RoundState.values) - {RoundState.SCHEDULED.value},
}
STATES: dict[str, type[models.TextChoices]] = {
    "Listing": ListingState,
    "Round": RoundState,
    "Bid": Decision,
    "Loan": LoanState,
    "Investor": InvestorStatus,
    "Event": EventState,
}
SIDES = {True: "debit", False: "credit"}


def settings_read() -> set[str]:
    """The variables that the settings name, and the owner's address that `manage.py` reads."""
    readers = ("env_str", "env_bool", "env_int", "env_list", "env_float")
    text = ast.parse((ROOT / "marketplace" / "settings.py").read_text())
    read = {str(ast.literal_eval(call.args[0])) for reader in readers for call in calls(text, reader)}
    return read | set(re.findall(r'environ(?:\.get\(|\[)"([A-Z_]+)"', (ROOT / "manage.py").read_text()))


def events_recorded(module: Module) -> set[str]:
    """The names of events that a module records."""
    names: set[str] = set()
    for call in [*calls(module.tree, "record"), *calls(module.tree, "record_many")]:
        name = next((k.value for k in call.keywords if k.arg == "name"), None)
        if isinstance(name, ast.Constant):
            names.add(str(name.value))
        elif isinstance(name, ast.JoinedStr) and isinstance(name.values[0], ast.Constant):
            prefix = str(name.values[0].value)
            names |= {f"{prefix}{state}" for state in REACHED[prefix]}
    return names


def test_every_setting_is_explained() -> None:
    assert set(headings("settings.md")) == settings_read()


def test_every_event_is_explained() -> None:
    recorded = set().union(*(events_recorded(module) for module in modules()))
    assert set(headings("events.md")) == recorded


def test_every_event_that_is_heard_is_recorded_and_says_so() -> None:
    for name, listeners in _listeners.items():
        if name.startswith("test."):
            continue
        told = section("events.md", name)
        assert [listener.__module__ for listener in listeners if f"`{listener.__module__}`" not in told] == [], name


@pytest.fixture(autouse=True, scope="module")
def _tasks_are_loaded() -> None:
    app.loader.import_default_modules()


def test_every_job_is_explained() -> None:
    ours = {name for name, task in app.tasks.items() if task.__module__.split(".")[0] in HOUSES}
    assert set(headings("jobs.md")) == ours
    assert {job["task"] for job in app.conf.beat_schedule.values()} <= ours


@pytest.mark.parametrize("heading", STATES)
def test_every_state_is_explained(heading: str) -> None:
    told = rows(section("states.md", heading))
    assert [code(row[0])[0] for row in told] == STATES[heading].values
    assert f"`{STATES[heading].__module__}.{STATES[heading].__name__}`" in section("states.md", heading)


@pytest.mark.parametrize(("heading", "sentences"), [("Listing", SENTENCES), ("Loan", LOAN_SENTENCES)])
def test_states_have_one_sentence_in_code_and_page(heading: str, sentences: dict[str, object]) -> None:
    told = {code(row[0])[0]: row[1] for row in rows(section("states.md", heading))}
    assert told == {str(state): str(sentence) for state, sentence in sentences.items()}


def test_every_kind_of_state_has_its_section() -> None:
    kinds = {name for m in modules() for name in re.findall(r"(?m)^class (\w*(?:State|Status))\(models\.Text", m.text)}
    assert kinds - {enum.__name__ for enum in STATES.values()} == set()


def test_the_pictures_are_up_to_date() -> None:
    assert f"```mermaid\n{mermaid()}\n```" in page("states.md"), "run manage.py draw_states"
    assert (DOCS / "listing-states.svg").read_text() == svg(), "run manage.py draw_states"


def test_the_matrix_of_permissions_is_the_one_in_code() -> None:
    told = {code(row[0])[0]: row[1:] for row in rows(section("permissions.md", "Capabilities"))}
    assert told == {cap.value: ["✓" if role in roles else "" for role in Role] for cap, roles in MATRIX.items()}


def test_the_chart_of_accounts_is_the_one_in_code() -> None:
    told = [(code(row[0])[0], row[1]) for row in rows(section("ledger.md", "Chart of accounts"))]
    assert told == [(kind.value, SIDES[kind in DEBIT_NORMAL]) for kind in Kind]


def test_the_allowed_movements_are_those_in_code() -> None:
    told = set()
    for purpose, movement in rows(section("ledger.md", "What may move where")):
        debits, credited = map(code, movement.split("→"))
        told |= {(code(purpose)[0], debit, credit) for debit in debits for credit in credited}
    assert told == {(purpose.value, *pair) for purpose, pairs in ALLOWED.items() for pair in pairs}


def test_the_rules_of_the_ledger_are_those_in_code() -> None:
    told = re.findall(r"(?m)^\* (.+)$", section("ledger.md", "The proof"))
    assert told == [*CHECKS, "client money held equals client money owed"]
    named = {c.name for model in (Transfer, Balance, Entry) for c in model._meta.constraints}
    assert named <= set(code(section("ledger.md", "What the database refuses")))


def test_links_between_pages_lead_somewhere() -> None:
    pages = [*DOCS.rglob("*.md"), *ROOT.glob("*.md"), *ROOT.glob("*/README.md"), *ROOT.glob("*/*/README.md")]
    ours = [path for path in pages if "node_modules" not in path.parts and ".venv" not in path.parts]
    assert {str(path.relative_to(ROOT)): broken_links(path) for path in ours if broken_links(path)} == {}
