"""What a loan remembers: its moves, its receipts and the events others hear of; none of it can be changed."""

from datetime import date

import pytest
from django.db import DatabaseError, connection, transaction

from loans.models import Loan, LoanMove
from loans.queries import quote_settlement
from marketplace.lib.outbox.models import Event
from tests.loans import lend

DUE = date(2026, 4, 2)


def moves(loan: Loan) -> list[tuple[str, str, str, str]]:
    """(from, to, by, why), oldest first."""
    rows = LoanMove.objects.filter(loan=loan).order_by("pk")
    return list(rows.values_list("from_state", "to_state", "by_label", "reason"))


def events(loan: Loan) -> list[str]:
    """Names of a loan's events, in order."""
    return list(Event.objects.filter(aggregate=f"loan:{loan.pk}").order_by("pk").values_list("name", flat=True))


def test_a_loan_paid_by_its_schedule(loan: Loan) -> None:
    lend.pay_in(loan.borrower, 1_000_00, at=lend.noon(DUE))
    for month in range(4, 10):
        lend.pay(loan, 1_725_51 if month == 9 else 1_725_48, date(2026, month, 2))
    assert moves(loan) == [
        ("", "active", "finance", "paid out"),
        ("active", "settled", "Bai", "last instalment paid"),
    ]
    assert events(loan) == ["loan.disbursed", *["loan.repaid"] * 6, "loan.settled"]


def test_a_loan_settled_early(loan: Loan) -> None:
    lend.pay_in(loan.borrower, 1_000_00, at=lend.noon(DUE))
    lend.settle(loan, quote_settlement(loan, day=DUE).total_minor, DUE)
    assert moves(loan)[1:] == [("active", "settled", "Bai", "settled early")]
    assert events(loan) == ["loan.disbursed", "loan.repaid", "loan.settled"]


def test_the_day_of_the_move_is_the_verbs(loan: Loan) -> None:
    lend.pay_in(loan.borrower, 1_000_00, at=lend.noon(DUE))
    lend.settle(loan, quote_settlement(loan, day=DUE).total_minor, DUE)
    assert LoanMove.objects.filter(loan=loan).latest("pk").at == lend.noon(DUE)
    assert Event.objects.filter(name="loan.settled").latest("pk").occurred_at == lend.noon(DUE)


TABLES = (
    "loanmove",
    "participation",
    "scheduleversion",
    "scheduledinstalment",
    "receipt",
    "receiptallocation",
    "distributionshare",
)


@pytest.mark.parametrize("table", TABLES)
@pytest.mark.parametrize("change", ["UPDATE loans_{} SET id = id", "DELETE FROM loans_{}", "TRUNCATE loans_{} CASCADE"])
def test_rows_are_written_once(loan: Loan, table: str, change: str) -> None:
    with connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
        with pytest.raises(DatabaseError, match="append-only"), transaction.atomic():
            cursor.execute(change.format(table))
