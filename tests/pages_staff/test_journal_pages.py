"""The journal explorer: every entry can be found, opened and followed to its accounts."""

from datetime import datetime, timedelta

import pytest
from django.test import Client

from borrowers.models import Borrower
from escrow.models import Entry
from investors.models import Investor
from listings.rounds.operations import close_round
from marketplace.accounts.roles import Role
from marketplace.lib.money import Money
from tests import cast
from tests.pages import scene
from tests.pages_staff.conftest import Desk

JOURNAL = "/escrow/journal/"
pytestmark = pytest.mark.django_db


@pytest.fixture
def auditor(desk: Desk) -> Client:
    return desk(Role.AUDITOR)


def kinds(client: Client, query: str = "") -> list[str]:
    return [str(row.kind) for row in client.get(JOURNAL + query).context["rows"]]


def test_no_entries_yet(auditor: Client) -> None:
    assert "There are no entries yet" in auditor.get(JOURNAL).text


def test_entries_with_their_transfers(auditor: Client, bai: Borrower, ann: Investor, at: datetime) -> None:
    scene.bid(scene.opened(bai, at=at), ann, 20_000_00, at=at)
    assert kinds(auditor) == ["Bid accepted", "Bank receipt"]
    row = auditor.get(JOURNAL).context["rows"][0]
    assert (row.total, row.hidden, len(row.transfers)) == (Money(20_000_00), 0, 1)
    assert "bid_accepted" not in auditor.get(JOURNAL).text


def test_filters(auditor: Client, bai: Borrower, ann: Investor, at: datetime) -> None:
    found = scene.opened(bai, at=at)
    scene.bid(found, ann, 20_000_00, at=at)
    days = Entry.objects.values_list("value_date", flat=True)
    first, last, later = min(days), max(days), max(days) + timedelta(days=1)
    assert kinds(auditor, "?kind=bid") == ["Bid accepted"]
    assert kinds(auditor, "?reference=bank:") == ["Bank receipt"]
    assert kinds(auditor, f"?account=round:{found.pk}:escrow") == ["Bid accepted"]
    assert kinds(auditor, f"?since={first}&until={last}") == ["Bid accepted", "Bank receipt"]
    assert kinds(auditor, f"?since={later}") == []
    assert "No entry matches" in auditor.get(f"{JOURNAL}?since={later}").text


@pytest.mark.parametrize(
    "query", ["?kind=x", "?account=nobody:1", "?since=soon", "?until=9999999-1-1", "?reference=%00", "?page=-1"]
)
def test_a_filter_that_makes_no_sense_is_left_out(auditor: Client, ann: Investor, query: str) -> None:
    assert kinds(auditor, query) == ["Bank receipt"]


def test_an_unknown_account_is_said(auditor: Client) -> None:
    assert "There is no account “nobody:1”." in auditor.get(f"{JOURNAL}?account=nobody:1").text


def test_a_long_entry_shows_its_first_transfers(auditor: Client, bai: Borrower, at: datetime) -> None:
    found = scene.opened(bai, at=at)
    for number in range(5):
        investor = cast.investor(f"Inv{number}", at=at, cash_minor=1_000_00)
        scene.bid(found, investor, 1_000_00, at=at)
    close_round(round_id=found.pk, at=found.closes_at)
    row = auditor.get(JOURNAL).context["rows"][0]
    assert (str(row.kind), len(row.transfers), row.hidden, row.total) == ("Bids returned", 3, 2, Money(5_000_00))
    entry = auditor.get(f"{JOURNAL}{row.entry.pk}/")
    assert len(entry.context["page"].object_list) == 5
    assert "2 more transfers" in auditor.get(JOURNAL).text


def test_one_entry(auditor: Client, ann: Investor) -> None:
    entry = Entry.objects.get()
    page = auditor.get(f"{JOURNAL}{entry.pk}/").text
    assert all(words in page for words in (entry.reference, f"investor:{ann.pk}:cash", "CN¥100,000.00", "automatic"))


def test_what_is_not_there(auditor: Client) -> None:
    for path in ("journal/999999/", f"journal/{10**25}/", "accounts/nobody:1/", "accounts/nobody:1/statement.csv"):
        assert auditor.get(f"/escrow/{path}").status_code == 404, path


def test_pages(auditor: Client, ann: Investor, at: datetime) -> None:
    for _ in range(25):
        cast.deposit(ann, 1_00, at=at)
    assert [len(kinds(auditor, f"?page={number}")) for number in (1, 2)] == [25, 1]


def test_the_page_asks_the_same_number_of_questions(
    auditor: Client, ann: Investor, at: datetime, django_assert_max_num_queries: object
) -> None:
    for _ in range(20):
        cast.deposit(ann, 1_00, at=at)
    with django_assert_max_num_queries(8):  # type: ignore[operator]
        auditor.get(JOURNAL)


def test_the_auditor_only_reads(auditor: Client) -> None:
    for path in ("", "journal/", "accounts/", "trial-balance/", "accounts/bank:escrow/"):
        assert auditor.post(f"/escrow/{path}").status_code == 405, path
