"""SQL with the application's login: refused by the database, with nothing changed."""

from datetime import datetime

import psycopg
import pytest
from django.db import transaction

from escrow import chart
from escrow.chart import Purpose
from escrow.operations import freeze_account, record_bank_receipt, snapshot_balances
from escrow.queries import balance
from escrow.verify import verify_ledger
from marketplace.lib.actor import SYSTEM
from marketplace.lib.money import Money
from tests.escrow.attacks import ANN, MOVES, POWERS, ROUND, WRITE_ONCE, move
from tests.escrow.book import draft, everything, pay, round_account, wallet


@pytest.fixture
def _ledger(transactional_db: None, now: datetime) -> None:
    """Ann holds 400, the round 100, and Ben 50 that are frozen."""
    ann, ben, round_one = wallet(1, 500, at=now), wallet(2, 50, at=now), round_account(1)
    pay(draft((ann, round_one, 100, Purpose.BID_ACCEPTED), key="bid-1"), at=now)
    with transaction.atomic():
        freeze_account(code=ben, reason="court order 7", by=SYSTEM, at=now)
    snapshot_balances(at=now)


@pytest.mark.usefixtures("_ledger")
@pytest.mark.parametrize("attacks", [MOVES, WRITE_ONCE, POWERS], ids=["moves", "write once", "powers"])
def test_the_database_refuses(
    intruder: psycopg.Connection, attacks: dict[str, tuple[str, str]], subtests: pytest.Subtests
) -> None:
    before = everything()
    for name, (attack, answer) in attacks.items():
        with subtests.test(msg=name):
            with pytest.raises(psycopg.Error, match=answer):
                intruder.execute(attack)
            assert everything() == before
    assert verify_ledger() == []


@pytest.mark.usefixtures("_ledger")
def test_a_temporary_table_does_not_stand_in_for_ours(intruder: psycopg.Connection) -> None:
    before = everything()
    for table in ("allowedtransfer", "balance", "entry", "account"):
        intruder.execute(f"CREATE TEMP TABLE escrow_{table} AS SELECT * FROM public.escrow_{table}")
        intruder.execute(f"GRANT ALL ON pg_temp.escrow_{table} TO PUBLIC")
    intruder.execute("INSERT INTO escrow_allowedtransfer VALUES (404, 'gift', 'investor_cash', 'round_escrow')")
    intruder.execute("UPDATE escrow_balance SET credits_posted_minor = 1000000, is_frozen = false")
    for amount, purpose in (("1", "gift"), ("401", "bid_accepted")):
        with pytest.raises(psycopg.errors.CheckViolation):
            intruder.execute(move(ANN, ROUND, amount, purpose).replace("INTO escrow_", "INTO public.escrow_"))
    intruder.execute("DROP TABLE escrow_entry, escrow_account, escrow_balance, escrow_allowedtransfer")
    assert everything() == before


@pytest.mark.usefixtures("_ledger")
def test_an_entry_without_its_transfers_moves_nothing_and_is_found(intruder: psycopg.Connection) -> None:
    held = balance("investor:1:cash")
    intruder.execute(
        "INSERT INTO escrow_entry (kind, reference, idempotency_key, transfer_count, actor_label, memo, value_date)"
        " VALUES ('attack', 'attack:1', 'half', 2, 'mallory', '', current_date)"
    )
    assert balance("investor:1:cash") == held
    assert [finding.rule for finding in verify_ledger()] == ["every entry has all its transfers"]


@pytest.mark.usefixtures("_ledger")
def test_honest_sql_of_the_same_shape_goes_through(intruder: psycopg.Connection) -> None:
    intruder.execute(move())
    assert (balance("investor:1:cash"), balance("round:1:escrow")) == (Money(399), Money(101))
    assert verify_ledger() == []


@pytest.mark.usefixtures("_ledger", "as_the_application")
def test_the_verbs_work_with_the_rights_that_are_left(now: datetime) -> None:
    record_bank_receipt(
        account_code=chart.investor_cash(1),
        amount=Money(7),
        bank_reference="B-1",
        by=SYSTEM,
        at=now,
        idempotency_key="receipt",
    )
    pay(draft(("investor:1:cash", "round:1:escrow", 7, Purpose.BID_ACCEPTED)), at=now)
    assert snapshot_balances(at=now) == 5
    wallet(3, 5, at=now)
    assert verify_ledger() == []
