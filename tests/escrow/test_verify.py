"""`verify_ledger` finds every kind of damage, planted here as only the owner of the tables can."""

from collections.abc import Iterator
from datetime import datetime
from io import StringIO

import pytest
from django.core.management import CommandError, call_command
from django.db import connection

from escrow.chart import Purpose
from escrow.models import Entry
from escrow.operations import freeze_account, snapshot_balances
from escrow.verify import CHECKS, Finding, verify_ledger
from marketplace.lib.actor import SYSTEM
from tests.escrow.book import BANK, draft, pay, round_account, wallet

pytestmark = pytest.mark.django_db
ANN = "(SELECT id FROM escrow_account WHERE code = 'investor:1:cash')"

#: Rule: the damage that breaks it.
DAMAGE = {
    "counters equal the transfers": f"""
        UPDATE escrow_balance SET debits_posted_minor = debits_posted_minor + 1 WHERE account_id = {ANN}""",
    "every client account has its counters": f"DELETE FROM escrow_balance WHERE account_id = {ANN}",
    "no client account is below zero": f"""
        ALTER TABLE escrow_balance DROP CONSTRAINT a_client_account_is_never_below_zero;
        UPDATE escrow_balance SET debits_posted_minor = 101 WHERE account_id = {ANN}""",
    "every transfer belongs to an entry": "UPDATE escrow_transfer SET entry_id = 4040 WHERE amount_minor = 30",
    "every entry has all its transfers": "DELETE FROM escrow_transfer WHERE amount_minor = 30",
    "every entry names its cause": """
        ALTER TABLE escrow_entry DROP CONSTRAINT an_entry_names_its_cause;
        UPDATE escrow_entry SET reference = ''""",
    "every transfer is between known accounts of its currency": "UPDATE escrow_transfer SET currency = 'USD'",
    "every transfer is an allowed one": "UPDATE escrow_transfer SET purpose = 'interest' WHERE amount_minor = 30",
    "every snapshot equals the transfers": """
        UPDATE escrow_balancesnapshot SET credits_posted_minor = 7 WHERE debits_posted_minor = 100""",
    "a frozen flag follows the last freeze or release": f"""
        UPDATE escrow_balance SET is_frozen = false WHERE account_id = {ANN}""",
    "client money held equals client money owed": """
        UPDATE escrow_balancesnapshot SET debits_posted_minor = 99 WHERE debits_posted_minor = 100""",
    "no client account was ever below zero": "UPDATE escrow_transfer SET id = 0 WHERE amount_minor = 30",
}


@pytest.fixture(autouse=True)
def _ledger(now: datetime) -> Iterator[None]:
    """A sound ledger in which the owner has set every trigger aside."""
    ann, round_one = wallet(1, 100, at=now), round_account(1)
    snapshot_balances(at=now)
    pay(draft((ann, round_one, 30, Purpose.BID_ACCEPTED)), at=now)
    freeze_account(code=ann, reason="test", by=SYSTEM, at=now)
    with connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
        for table in ("entry", "transfer", "balancesnapshot", "account"):
            cursor.execute(f"ALTER TABLE escrow_{table} DISABLE TRIGGER USER")
        yield


def test_a_sound_ledger_has_no_findings() -> None:
    assert verify_ledger() == []
    out = StringIO()
    call_command("verify_ledger", stdout=out)
    assert out.getvalue() == "verify_ledger: OK\n"


@pytest.mark.parametrize("rule", DAMAGE)
def test_damage_is_found(rule: str) -> None:
    with connection.cursor() as cursor:
        cursor.execute(DAMAGE[rule])
    assert rule in {finding.rule for finding in verify_ledger()}


def test_every_check_has_its_damage_here() -> None:
    assert set(DAMAGE) == {*CHECKS, "client money held equals client money owed"}


def test_an_entry_that_never_got_its_transfers_is_found(now: datetime) -> None:
    Entry.objects.create(
        kind="test", reference="test:9", idempotency_key="K", transfer_count=2, actor_label="x", value_date=now.date()
    )
    assert [finding.rule for finding in verify_ledger()] == ["every entry has all its transfers"]


def test_a_finding_names_an_example() -> None:
    with connection.cursor() as cursor:
        cursor.execute(DAMAGE["counters equal the transfers"])
    assert verify_ledger()[0].detail == "investor:1:cash, 31, 30, 100, 100"


def test_a_moment_of_overdraft_is_found_although_the_sums_are_right() -> None:
    with connection.cursor() as cursor:
        cursor.execute(DAMAGE["no client account was ever below zero"])
    assert verify_ledger() == [Finding("no client account was ever below zero", "investor:1:cash, 0, -30")]


def test_the_command_fails_and_lists_what_is_wrong() -> None:
    with connection.cursor() as cursor:
        cursor.execute(DAMAGE["counters equal the transfers"])
    err = StringIO()
    with pytest.raises(CommandError, match="verify_ledger: BROKEN"):
        call_command("verify_ledger", stderr=err)
    assert "counters equal the transfers: investor:1:cash, 31, 30, 100, 100" in err.getvalue()
    assert BANK not in err.getvalue()
