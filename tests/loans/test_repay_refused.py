"""Repayments that are not taken, and that nothing changed."""

from datetime import date

import pytest

from escrow.models import Entry
from escrow.operations import IdempotencyMismatch, NotEnoughMoney, RefusedBefore
from loans.models import DistributionShare, Loan, Receipt, ReceiptAllocation
from loans.operations import AmountAboveOwed, DayOutOfOrder, LoanIsSettled, repay
from loans.queries import quote_settlement
from marketplace.accounts.roles import Role
from marketplace.lib.actor import Actor
from marketplace.lib.errors import InvalidInput, NotFound
from marketplace.lib.money import Money
from tests import cast
from tests.loans import lend

DUE = date(2026, 4, 2)


def everything(loan: Loan) -> tuple[int, ...]:
    """How much of everything there is that a repayment writes, and what the borrower has."""
    written = (Receipt, ReceiptAllocation, DistributionShare, Entry)
    return (*(model.objects.count() for model in written), lend.cash(loan.borrower))


def pay_as(loan: Loan, by: Actor, *, loan_id: int | None = None, amount: Money | None = None, key: str = "") -> Receipt:
    return repay(
        loan_id=loan_id or loan.pk,
        amount=Money(1_00) if amount is None else amount,
        day=DUE,
        by=by,
        at=lend.noon(DUE),
        idempotency_key=key or lend.key(),
    )


@pytest.mark.parametrize("amount", [Money(0), Money(-1), Money(-(10**12)), Money(1_00, "EUR")])
def test_amounts_that_are_none(loan: Loan, amount: Money) -> None:
    before = everything(loan)
    with pytest.raises(InvalidInput):
        pay_as(loan, loan.borrower.user.actor, amount=amount)
    assert everything(loan) == before


def test_more_than_what_is_owed_and_the_next_instalment(loan: Loan) -> None:
    before = everything(loan)
    with pytest.raises(AmountAboveOwed) as refusal:
        lend.pay(loan, 3_450_97, DUE)
    assert refusal.value.params == {"most": "3,450.96 CNY"}
    assert everything(loan) == before


def test_more_than_the_wallet_holds(loan: Loan) -> None:
    late = date(2026, 9, 2)
    before = everything(loan)
    with pytest.raises(NotEnoughMoney) as refusal:
        lend.pay(loan, 9_600_01, late)
    assert refusal.value.params == {"missing": "0.01 CNY"}
    assert everything(loan) == before


def test_what_was_refused_for_lack_of_money_stays_refused_under_its_key(loan: Loan) -> None:
    late = date(2026, 9, 2)
    with pytest.raises(NotEnoughMoney):
        lend.pay(loan, 9_600_01, late, idempotency_key="mine")
    lend.pay_in(loan.borrower, 1_000_00, at=lend.noon(late))
    with pytest.raises(RefusedBefore):
        lend.pay(loan, 9_600_01, late, idempotency_key="mine")
    assert lend.pay(loan, 9_600_01, late).amount_minor == 9_600_01


@pytest.mark.parametrize("role", [role for role in Role if role != Role.FINANCE])
def test_somebody_elses_loan(loan: Loan, role: Role) -> None:
    before = everything(loan)
    with pytest.raises(NotFound):
        pay_as(loan, cast.user("Cheng", role=role).actor)
    assert everything(loan) == before


def test_a_loan_that_is_not_there(loan: Loan) -> None:
    with pytest.raises(NotFound):
        pay_as(loan, loan.borrower.user.actor, loan_id=10**9)


def test_nobody_pays_nothing(loan: Loan) -> None:
    with pytest.raises(NotFound):
        pay_as(loan, Actor(user_id=None, roles=frozenset(), label="anonymous"))


def test_a_day_before_the_last_payment(loan: Loan) -> None:
    lend.pay(loan, 1_00, DUE)
    before = everything(loan)
    with pytest.raises(DayOutOfOrder) as refusal:
        lend.pay(loan, 1_00, date(2026, 4, 1))
    assert refusal.value.params == {"earliest": "2026-04-02"}
    assert everything(loan) == before


def test_a_day_before_the_pay_out(loan: Loan) -> None:
    with pytest.raises(DayOutOfOrder) as refusal:
        lend.pay(loan, 1_00, date(2026, 3, 1))
    assert refusal.value.params == {"earliest": "2026-03-02"}


def test_a_settled_loan(loan: Loan) -> None:
    lend.pay_in(loan.borrower, 1_000_00, at=lend.noon(DUE))
    lend.settle(loan, quote_settlement(loan, day=DUE).total_minor, DUE)
    before = everything(loan)
    with pytest.raises(LoanIsSettled) as refusal:
        lend.pay(loan, 1_00, DUE)
    assert refusal.value.params == {"settled_on": "2026-04-02"}
    assert everything(loan) == before


def test_the_same_again_pays_once(loan: Loan) -> None:
    first = lend.pay(loan, 100_00, DUE, idempotency_key="click")
    before = everything(loan)
    assert lend.pay(loan, 100_00, DUE, idempotency_key="click") == first
    assert lend.pay(loan, 100_00, date(2026, 4, 3), idempotency_key="click") == first
    assert everything(loan) == before


def test_a_key_with_another_amount(loan: Loan) -> None:
    lend.pay(loan, 100_00, DUE, idempotency_key="click")
    before = everything(loan)
    with pytest.raises(IdempotencyMismatch) as refusal:
        lend.pay(loan, 100_01, DUE, idempotency_key="click")
    assert refusal.value.params["field"] == "amount"
    assert everything(loan) == before


def test_a_key_with_another_kind_of_payment(loan: Loan) -> None:
    lend.pay(loan, 100_00, DUE, idempotency_key="click")
    with pytest.raises(IdempotencyMismatch) as refusal:
        lend.settle(loan, 100_00, DUE, idempotency_key="click")
    assert refusal.value.params["field"] == "kind"


def test_a_key_with_another_loan(loan: Loan) -> None:
    lend.pay(loan, 100_00, DUE, idempotency_key="click")
    ann = loan.participations.order_by("pk")[0].investor
    cast.deposit(ann, 200_00, at=lend.noon(DUE))
    other = lend.running_loan([(ann, 200_00)], at=lend.noon(DUE), borrower=loan.borrower)
    with pytest.raises(IdempotencyMismatch) as refusal:
        lend.pay(other, 100_00, DUE, idempotency_key="click")
    assert refusal.value.params["field"] == "loan"
    assert not other.receipts.exists()
