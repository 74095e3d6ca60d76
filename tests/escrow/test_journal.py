"""The statement of an account and the journal."""

from datetime import datetime

import pytest
from pytest_django import DjangoAssertNumQueries

from escrow.chart import Purpose
from escrow.queries import UnknownAccount, balance, journal, statement
from tests.escrow.book import BANK, draft, pay, round_account, wallet

pytestmark = pytest.mark.django_db


@pytest.fixture
def ann(now: datetime) -> str:
    """A wallet with four movements."""
    code, round_one = wallet(1, 100, at=now), round_account(1)
    pay(draft((code, round_one, 30, Purpose.BID_ACCEPTED), kind="bid", reference="bid:1"), at=now)
    pay(draft((round_one, code, 10, Purpose.BID_RETURNED), kind="bids_returned", reference="round:1"), at=now)
    pay(draft((code, BANK, 5, Purpose.BANK_WITHDRAWAL), kind="withdrawal", reference="bank:9"), at=now)
    return code


def test_a_statement_shows_each_change_and_the_balance_after_it(ann: str) -> None:
    lines = [(t.change_minor, t.balance_after_minor) for t in statement(ann)]  # type: ignore[attr-defined]
    assert lines == [(-5, 75), (10, 80), (-30, 70), (100, 100)]


def test_a_statement_of_a_debit_account_is_on_its_own_side(ann: str) -> None:
    lines = [(t.change_minor, t.balance_after_minor) for t in statement(BANK)]  # type: ignore[attr-defined]
    assert lines == [(-5, 95), (100, 100)]


def test_a_page_of_a_statement_keeps_the_running_balance(ann: str) -> None:
    assert [t.balance_after_minor for t in statement(ann)[1:3]] == [80, 70]  # type: ignore[attr-defined]


def test_running_balances_are_whole_numbers_and_end_at_the_balance(ann: str) -> None:
    latest = statement(ann)[0].balance_after_minor  # type: ignore[attr-defined]
    assert type(latest) is int
    assert latest == balance(ann).minor


def test_a_statement_of_an_unknown_account_is_refused() -> None:
    with pytest.raises(UnknownAccount):
        statement("investor:404:cash")


def test_the_journal_is_latest_first_and_narrowed_by_cause_account_or_kind(ann: str) -> None:
    assert [e.kind for e in journal()] == ["withdrawal", "bids_returned", "bid", "test"]
    assert [e.reference for e in journal(reference="bid:")] == ["bid:1"]
    assert [e.kind for e in journal(account=BANK)] == ["withdrawal", "test"]
    assert [e.kind for e in journal(account=ann, kind="bid")] == ["bid"]
    assert not journal(account="investor:404:cash").exists()


def test_the_journal_reads_entries_with_their_transfers_in_few_queries(
    ann: str, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    with django_assert_max_num_queries(4):
        rows = [(t.debit_account.code, t.credit_account.code) for e in journal() for t in e.transfers.all()]
    assert rows[0] == (ann, BANK)
