"""Everything at once before its time, by the quote of the day."""

from datetime import date

import pytest

from escrow import chart
from escrow.operations import IdempotencyMismatch, NotEnoughMoney
from escrow.verify import verify_ledger
from loans.core.buckets import Bucket
from loans.models import Loan, LoanState, Receipt
from loans.operations import DayOutOfOrder, LoanIsSettled, QuoteChanged
from loans.queries import position_of, quote_settlement
from marketplace.lib.errors import NotFound
from marketplace.lib.money import Money
from tests import cast
from tests.loans import lend

#: Ten days into the second period, the first instalment not paid.
DAY = date(2026, 4, 12)


@pytest.fixture
def paid_once(loan: Loan) -> Loan:
    """The first instalment was paid on its day, and there is money for the rest."""
    lend.pay(loan, 1_725_48, date(2026, 4, 2))
    lend.pay_in(loan.borrower, 10_000_00, at=lend.noon(DAY))
    return loan


def test_the_quote_is_principal_interest_for_the_days_and_the_fee(paid_once: Loan) -> None:
    quote = quote_settlement(paid_once, day=DAY)
    # 8,374.52 at 12 % over 360 for 10 days is 27.915..., 1 % of it the fee.
    assert (quote.arrears_minor, quote.principal_minor, quote.interest_minor, quote.fee_minor) == (
        0,
        8_374_52,
        27_92,
        83_75,
    )
    assert quote.total_minor == 8_486_19


def test_arrears_are_in_the_quote(loan: Loan) -> None:
    quote = quote_settlement(loan, day=DAY)
    # 1,725.48 overdue and 1,625.48 for 10 days at 18 % over 360.
    assert quote.arrears_minor == 1_725_48 + 8_13


def test_the_quote_ends_the_loan(paid_once: Loan) -> None:
    receipt = lend.settle(paid_once, 8_486_19, DAY)
    loan = Loan.objects.get(pk=paid_once.pk)
    assert (loan.state, loan.settled_on) == (LoanState.SETTLED, DAY)
    position = position_of(loan, day=DAY)
    assert (position.owed, position.upcoming, position.outstanding_principal_minor) == ((), (), 0)
    assert (receipt.kind, receipt.amount_minor) == ("settlement", 8_486_19)
    assert verify_ledger() == []


def test_the_fee_goes_to_the_platform(paid_once: Loan) -> None:
    receipt = lend.settle(paid_once, 8_486_19, DAY)
    assert receipt.allocations.get(bucket=Bucket.FEES).amount_minor == 83_75
    assert lend.holds(chart.FEES_SETTLEMENT) == 83_75


@pytest.mark.parametrize("off_by", [-1, 1])
def test_another_total_is_refused_with_the_right_one(paid_once: Loan, off_by: int) -> None:
    with pytest.raises(QuoteChanged) as refusal:
        lend.settle(paid_once, 8_486_19 + off_by, DAY)
    assert refusal.value.params == {"total": "8,486.19 CNY"}
    assert Receipt.objects.filter(loan=paid_once).count() == 1
    assert Loan.objects.get(pk=paid_once.pk).state == LoanState.ACTIVE


def test_a_quote_is_good_for_its_day_only(paid_once: Loan) -> None:
    with pytest.raises(QuoteChanged) as refusal:
        lend.settle(paid_once, 8_486_19, date(2026, 4, 13))
    assert refusal.value.params == {"total": "8,488.98 CNY"}


def test_a_repayment_in_between_changes_the_quote(paid_once: Loan) -> None:
    lend.pay(paid_once, 100_00, DAY)
    with pytest.raises(QuoteChanged):
        lend.settle(paid_once, 8_486_19, DAY)


def test_not_enough_money(loan: Loan) -> None:
    total_minor = quote_settlement(loan, day=DAY).total_minor
    with pytest.raises(NotEnoughMoney):
        lend.settle(loan, total_minor, DAY)
    assert Loan.objects.get(pk=loan.pk).state == LoanState.ACTIVE
    assert lend.cash(loan.borrower) == 9_600_00


def test_somebody_elses_loan(paid_once: Loan) -> None:
    paid_once.borrower.user = cast.user("Cheng")
    with pytest.raises(NotFound):
        lend.settle(paid_once, 8_486_19, DAY)


def test_the_same_again_settles_once(paid_once: Loan) -> None:
    first = lend.settle(paid_once, 8_486_19, DAY, idempotency_key="click")
    left = lend.cash(paid_once.borrower)
    assert lend.settle(paid_once, 8_486_19, DAY, idempotency_key="click") == first
    assert lend.cash(paid_once.borrower) == left


def test_twice_with_two_keys(paid_once: Loan) -> None:
    lend.settle(paid_once, 8_486_19, DAY)
    with pytest.raises(LoanIsSettled):
        lend.settle(paid_once, 8_486_19, DAY)


def test_the_key_of_a_settlement_with_another_total(paid_once: Loan) -> None:
    lend.settle(paid_once, 8_486_19, DAY, idempotency_key="click")
    with pytest.raises(IdempotencyMismatch) as refusal:
        lend.settle(paid_once, 8_486_18, DAY, idempotency_key="click")
    assert refusal.value.params["field"] == "amount"


def test_before_the_last_payment(paid_once: Loan) -> None:
    with pytest.raises(DayOutOfOrder):
        lend.settle(paid_once, 8_486_19, date(2026, 4, 1))


def test_on_the_day_of_the_pay_out_no_interest_is_owed(loan: Loan) -> None:
    lend.pay_in(loan.borrower, 1_000_00, at=lend.noon(date(2026, 3, 2)))
    quote = quote_settlement(loan, day=date(2026, 3, 2))
    assert (quote.interest_minor, Money(quote.total_minor)) == (0, Money(10_100_00))
    lend.settle(loan, 10_100_00, date(2026, 3, 2))
    assert verify_ledger() == []
