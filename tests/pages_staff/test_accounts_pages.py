"""Accounts: found by code or reference, with their statement as page and file; the trial balance agrees."""

import csv
from datetime import datetime, timedelta
from io import StringIO

import pytest
from asgiref.sync import sync_to_async
from django.test import AsyncClient, Client
from django.utils import timezone

from borrowers.models import Borrower
from escrow import chart
from escrow.web.statement_csv import COLUMNS, harmless
from investors.models import Investor
from investors.queries import deposit_reference
from marketplace.accounts.models import User
from marketplace.accounts.roles import Role
from marketplace.lib.money import Money
from tests import cast
from tests.pages import scene
from tests.pages_staff.conftest import Desk

pytestmark = pytest.mark.django_db


@pytest.fixture
def auditor(desk: Desk) -> Client:
    return desk(Role.AUDITOR)


def page_of(ann: Investor) -> str:
    return f"/escrow/accounts/{chart.investor_cash(ann.pk)}/"


def codes(client: Client, query: str) -> list[str]:
    return [row.account.code for row in client.get(f"/escrow/accounts/{query}").context["rows"]]


def test_finding_accounts(auditor: Client, ann: Investor) -> None:
    code = chart.investor_cash(ann.pk)
    assert codes(auditor, f"?q={code[:-2]}") == [code]
    assert codes(auditor, f"?q={deposit_reference(ann)}") == [code]
    assert codes(auditor, "?kind=reserve_fund") == [chart.RESERVE_FUND]
    assert "No account matches" in auditor.get("/escrow/accounts/?q=nobody").text
    assert code in auditor.get(f"/escrow/accounts/options/?account={code[:9]}").text


def test_only_who_may_record_is_offered_it(auditor: Client, desk: Desk, ann: Investor) -> None:
    assert "receipts/new" not in auditor.get("/escrow/accounts/").text
    assert f"receipts/new/?account=investor%3A{ann.pk}%3Acash" in desk(Role.FINANCE).get("/escrow/accounts/").text


def test_the_running_balance(auditor: Client, bai: Borrower, ann: Investor, at: datetime) -> None:
    scene.bid(scene.opened(bai, at=at), ann, 20_000_00, at=at)
    rows = auditor.get(page_of(ann)).context["rows"]
    assert [(row.change.minor, row.balance_after.minor) for row in rows] == [
        (-20_000_00, 80_000_00),
        (100_000_00, 100_000_00),
    ]


def test_a_past_balance(auditor: Client, ann: Investor, at: datetime) -> None:
    before = timezone.localtime(at - timedelta(days=1)).strftime("%Y-%m-%dT%H:%M")
    view = auditor.get(page_of(ann), {"at": before}).context["view"]
    assert (view.holds, view.held_then) == (Money(100_000_00), Money(0))


def test_an_account_nothing_has_moved_on(auditor: Client) -> None:
    assert "No money has moved here yet" in auditor.get("/escrow/accounts/fees:late/").text


def lines(text: str) -> list[dict[str, str]]:
    assert text.startswith("\ufeff")
    return list(csv.DictReader(StringIO(text.removeprefix("\ufeff"))))


def test_the_statement_as_a_file(auditor: Client, bai: Borrower, ann: Investor, at: datetime) -> None:
    scene.bid(scene.opened(bai, at=at), ann, 20_000_00, at=at)
    response = auditor.get(page_of(ann) + "statement.csv")
    assert response.headers["Content-Disposition"] == (f'attachment; filename="statement-investor-{ann.pk}-cash.csv"')
    rows = lines(b"".join(response).decode())
    assert tuple(rows[0]) == COLUMNS
    assert [(row["change"], row["balance_after"]) for row in rows] == [
        ("100000.00", "100000.00"),
        ("-20000.00", "80000.00"),
    ]


@pytest.mark.django_db(transaction=True)
async def test_the_file_is_streamed_by_the_asgi_server(ann: Investor) -> None:
    reader: User = await sync_to_async(cast.user)("auditor", role=Role.AUDITOR)
    client = AsyncClient()
    await client.aforce_login(reader)
    response = await client.get(page_of(ann) + "statement.csv")
    assert response.is_async  # type: ignore[attr-defined]
    text = b"".join([part async for part in response]).decode()  # type: ignore[attr-defined]
    assert [row["change"] for row in lines(text)] == ["100000.00"]


@pytest.mark.parametrize("text", ["=1+1", "+1", "-1", "@sum", "\tx", "\rx"])
def test_no_cell_is_run_as_a_formula(text: str) -> None:
    assert harmless(text) == "'" + text
    assert harmless("bank:1") == "bank:1"


def test_the_trial_balance_agrees(auditor: Client, bai: Borrower, ann: Investor, at: datetime) -> None:
    scene.bid(scene.opened(bai, at=at), ann, 20_000_00, at=at)
    [trial] = auditor.get("/escrow/trial-balance/").context["balances"]
    assert (trial.agrees, trial.debit_total) == (True, Money(100_000_00))
    by_line = {line.code or line.kind.value: (line.debit.minor, line.credit.minor) for line in trial.lines}
    assert by_line["bank:escrow"] == (100_000_00, 0)
    assert by_line["investor_cash"] == (0, 80_000_00)
    assert by_line["round_escrow"] == (0, 20_000_00)


def test_the_trial_balance_of_a_past_moment(auditor: Client, ann: Investor, at: datetime) -> None:
    before = timezone.localtime(at - timedelta(days=1)).strftime("%Y-%m-%dT%H:%M")
    [trial] = auditor.get("/escrow/trial-balance/", {"at": before}).context["balances"]
    assert (trial.agrees, trial.debit_total) == (True, Money(0))
