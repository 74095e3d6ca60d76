"""A repayment: what it is put to, and what is left afterwards."""

from datetime import date

import pytest

from escrow.verify import verify_ledger
from loans.core.buckets import Bucket
from loans.models import Loan, LoanState, Receipt
from loans.queries import position_of
from marketplace.lib.outbox.models import Event
from tests.loans import lend

FIRST_DUE, SECOND_DUE = date(2026, 4, 2), date(2026, 5, 2)


def went_to(receipt: Receipt) -> list[tuple[int, str, int]]:
    """(instalment, bucket, minor units) of every allocation."""
    return list(receipt.allocations.order_by("pk").values_list("number", "bucket", "amount_minor"))


def test_an_instalment_on_its_day(loan: Loan) -> None:
    receipt = lend.pay(loan, 1_725_48, FIRST_DUE)
    assert went_to(receipt) == [(1, Bucket.DUE_INTEREST, 100_00), (1, Bucket.DUE_PRINCIPAL, 1_625_48)]
    assert lend.cash(loan.borrower) == 9_600_00 - 1_725_48
    position = position_of(loan, day=FIRST_DUE)
    assert (position.owed, position.outstanding_principal_minor) == ((), 8_374_52)
    assert (position.next_due_on, position.next_due_minor) == (SECOND_DUE, 1_725_48)


def test_a_part_pays_interest_first(loan: Loan) -> None:
    assert went_to(lend.pay(loan, 300_00, FIRST_DUE)) == [
        (1, Bucket.DUE_INTEREST, 100_00),
        (1, Bucket.DUE_PRINCIPAL, 200_00),
    ]
    assert position_of(loan, day=FIRST_DUE).owed_minor == 1_425_48


def test_a_part_never_goes_ahead_while_something_is_due(loan: Loan) -> None:
    """Interest of the next instalment would come before principal of this one if both were thrown together."""
    receipt = lend.pay(loan, 1_725_47, FIRST_DUE)
    assert {number for number, _bucket, _minor in went_to(receipt)} == {1}


def test_what_is_above_goes_ahead_on_the_next_instalment(loan: Loan) -> None:
    assert went_to(lend.pay(loan, 1_725_48 + 100_00, FIRST_DUE))[2:] == [
        (2, Bucket.DUE_INTEREST, 83_75),
        (2, Bucket.DUE_PRINCIPAL, 16_25),
    ]


def test_ahead_of_time_the_whole_next_instalment(loan: Loan) -> None:
    lend.pay(loan, 1_725_48, date(2026, 3, 10))
    position = position_of(loan, day=FIRST_DUE)
    assert position.owed == ()
    assert position.next_due_on == SECOND_DUE


def test_late_the_penalty_comes_first(loan: Loan) -> None:
    """1,625.48 overdue for 30 days at 18 % over 360: 24.3822, so 24.38."""
    assert went_to(lend.pay(loan, 1_000_00, SECOND_DUE)) == [
        (1, Bucket.PENALTIES, 24_38),
        (1, Bucket.OVERDUE_INTEREST, 100_00),
        (1, Bucket.OVERDUE_PRINCIPAL, 875_62),
    ]


def test_overdue_comes_before_due(loan: Loan) -> None:
    receipt = lend.pay(loan, 24_38 + 1_725_48 + 1_725_48, SECOND_DUE)
    assert [bucket for _number, bucket, _minor in went_to(receipt)] == [
        Bucket.PENALTIES,
        Bucket.OVERDUE_INTEREST,
        Bucket.OVERDUE_PRINCIPAL,
        Bucket.DUE_INTEREST,
        Bucket.DUE_PRINCIPAL,
    ]
    assert position_of(loan, day=SECOND_DUE).owed == ()


def test_after_a_part_the_penalty_runs_on_what_is_left(loan: Loan) -> None:
    lend.pay(loan, 1_000_00, SECOND_DUE)
    # 749.86 of principal for 10 days: 3.7493; with the 24.3822 before it 28.1315, of which 24.38 is paid.
    # The second instalment by then: 1,641.73 for 10 days, 8.20865.
    owed = position_of(loan, day=date(2026, 5, 12)).owed
    assert [line.amount_minor for line in owed if line.bucket is Bucket.PENALTIES] == [3_75, 8_21]


def test_the_last_instalment_settles_the_loan(loan: Loan) -> None:
    for month in range(4, 9):
        lend.pay(loan, 1_725_48, date(2026, month, 2))
        assert Loan.objects.get(pk=loan.pk).state == LoanState.ACTIVE
    lend.pay_in(loan.borrower, 1_000_00, at=lend.noon(date(2026, 9, 1)))
    lend.pay(loan, 1_725_51, date(2026, 9, 2))
    loan = Loan.objects.get(pk=loan.pk)
    assert (loan.state, loan.settled_on) == (LoanState.SETTLED, date(2026, 9, 2))
    assert position_of(loan, day=date(2027, 1, 1)).owed == ()
    assert verify_ledger() == []


def test_finance_may_book_a_payment_for_the_borrower(loan: Loan) -> None:
    from loans.operations import repay
    from marketplace.lib.money import Money

    receipt = repay(
        loan_id=loan.pk,
        amount=Money(1_00),
        day=FIRST_DUE,
        by=lend.FINANCE,
        at=lend.noon(FIRST_DUE),
        idempotency_key=lend.key(),
    )
    assert receipt.by_label == "finance"


def test_an_event_names_the_receipt(loan: Loan) -> None:
    receipt = lend.pay(loan, 1_725_48, FIRST_DUE)
    event = Event.objects.filter(aggregate=f"loan:{loan.pk}").latest("pk")
    assert (event.name, event.payload) == ("loan.repaid", {"loan_id": loan.pk, "receipt_id": receipt.pk})


@pytest.mark.parametrize("amount_minor", [1, 2, 99_99])
def test_the_smallest_amounts_are_taken(loan: Loan, amount_minor: int) -> None:
    assert went_to(lend.pay(loan, amount_minor, FIRST_DUE)) == [(1, Bucket.DUE_INTEREST, amount_minor)]
    assert verify_ledger() == []
