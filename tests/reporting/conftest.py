"""A world with a loan that was repaid in part, one settled, a round that is open and one that failed."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta

import pytest
from django.db import connection

from listings.rounds.models import Round
from listings.rounds.operations import close_round
from loans.models import Loan, Receipt
from loans.queries import quote_settlement
from tests import cast
from tests.loans import lend

DUE = date(2026, 4, 2)


@dataclass(frozen=True)
class World:
    """What a test may damage."""

    running: Loan
    settled: Loan
    receipt: Receipt
    open_round: Round
    failed_round: Round


@pytest.fixture
def world(db: None, now: datetime) -> World:
    """Everything by the real verbs."""
    bai, ann = cast.borrower("Bai", at=now), cast.investor("Ann", at=now, cash_minor=50_000_00)
    ben = cast.investor("Ben", at=now, cash_minor=50_000_00)
    running = lend.running_loan([(ann, 6_000_00), (ben, 4_000_00)], at=now, borrower=bai)
    settled = lend.running_loan([(ann, 3_000_00)], at=now, borrower=bai)
    receipt = lend.pay(running, 1_725_48, DUE)
    lend.settle(settled, quote_settlement(settled, day=DUE).total_minor, DUE)
    opened = lend.funded_round([(ben, 100_00)], at=now, listing=lend.approved_listing(5_000_00, at=now, borrower=bai))
    failed = lend.funded_round([(ben, 200_00)], at=now, listing=lend.approved_listing(5_000_00, at=now, borrower=bai))
    close_round(round_id=failed.pk, at=now + timedelta(hours=2))
    return World(running, settled, receipt, opened, failed)


def damage(statement: str, table: str) -> None:
    """Do what no verb and no role of ours can: change rows with the table's triggers set aside."""
    with connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
        cursor.execute(f'ALTER TABLE "{table}" DISABLE TRIGGER USER')
        cursor.execute(statement)
        assert cursor.rowcount > 0
        cursor.execute(f'ALTER TABLE "{table}" ENABLE TRIGGER USER')
