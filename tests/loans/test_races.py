"""Rivals on one loan at the same moment: one wins, the other is refused or finds the winner's result."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import date, datetime
from functools import partial
from threading import Barrier
from typing import Any

import pytest
from django.db import connection

from escrow.operations import IdempotencyMismatch
from escrow.verify import verify_ledger
from listings.models import Listing
from listings.operations import MoveNotPossible
from loans.models import Loan, LoanState, Receipt
from loans.operations import AmountAboveOwed, LoanIsSettled, QuoteChanged, disburse
from loans.queries import quote_settlement
from marketplace.lib.errors import Refused
from tests import cast
from tests.loans import lend

DUE = date(2026, 4, 2)
pytestmark = pytest.mark.django_db(transaction=True)


def at_once(*verbs: Callable[[], Any]) -> list[Any]:
    """What each returned or was refused with, all started together, each on a connection of its own."""
    gate = Barrier(len(verbs))

    def run(verb: Callable[[], Any]) -> Any:
        try:
            gate.wait(timeout=10)
            return verb()
        except Refused as refusal:
            return refusal
        finally:
            connection.close()

    with ThreadPoolExecutor(len(verbs)) as threads:
        return list(threads.map(run, verbs))


@pytest.fixture
def signed(transactional_db: None, now: datetime) -> Listing:
    """Funded by Ann with 10,000.00 and signed by Bai, who has 20,000.00."""
    bai = cast.borrower("Bai", at=now)
    ann = cast.investor("Ann", at=now, cash_minor=10_000_00)
    lend.pay_in(bai, 20_000_00, at=now)
    return lend.contracted_listing([(ann, 10_000_00)], at=now, borrower=bai)


@pytest.fixture
def loan(signed: Listing, now: datetime) -> Loan:
    """Paid out, so Bai has 29,600.00."""
    return disburse(listing_id=signed.pk, by=lend.FINANCE, at=now, idempotency_key=lend.key())


def test_two_repayments_of_everything_payable(loan: Loan) -> None:
    results = at_once(*[partial(lend.pay, loan, 3_450_96, DUE)] * 2)
    (paid,) = [result for result in results if isinstance(result, Receipt)]
    (refused,) = [result for result in results if result is not paid]
    assert isinstance(refused, AmountAboveOwed)
    assert lend.cash(loan.borrower) == 29_600_00 - 3_450_96
    assert verify_ledger() == []


def test_a_double_click_on_pay(loan: Loan) -> None:
    first, second = at_once(*[partial(lend.pay, loan, 1_725_48, DUE, idempotency_key="click")] * 2)
    assert first == second
    assert lend.cash(loan.borrower) == 29_600_00 - 1_725_48


def test_repay_and_settle(loan: Loan) -> None:
    total_minor = quote_settlement(loan, day=DUE).total_minor
    paid, settled = at_once(partial(lend.pay, loan, 1_725_48, DUE), partial(lend.settle, loan, total_minor, DUE))
    state = Loan.objects.get(pk=loan.pk).state
    if isinstance(settled, Receipt):
        assert isinstance(paid, LoanIsSettled)
        assert (state, lend.cash(loan.borrower)) == (LoanState.SETTLED, 29_600_00 - total_minor)
    else:
        assert isinstance(settled, QuoteChanged)
        assert (state, lend.cash(loan.borrower)) == (LoanState.ACTIVE, 29_600_00 - 1_725_48)
    assert verify_ledger() == []


def test_two_settlements(loan: Loan) -> None:
    total_minor = quote_settlement(loan, day=DUE).total_minor
    results = at_once(*[partial(lend.settle, loan, total_minor, DUE)] * 2)
    assert sorted(type(result).__name__ for result in results) == ["LoanIsSettled", "Receipt"]
    assert lend.cash(loan.borrower) == 29_600_00 - total_minor


def test_one_key_for_two_loans(loan: Loan, now: datetime) -> None:
    ann = loan.participations.get().investor
    cast.deposit(ann, 1_000_00, at=now)
    other = lend.running_loan([(ann, 1_000_00)], at=now, borrower=loan.borrower)
    results = at_once(*(partial(lend.pay, one, 100_00, DUE, idempotency_key="click") for one in (loan, other)))
    assert sorted(type(result).__name__ for result in results) == ["IdempotencyMismatch", "Receipt"]
    assert [type(r) for r in results if isinstance(r, Refused)] == [IdempotencyMismatch]


@pytest.mark.parametrize("keys", [("one", "one"), ("one", "two")])
def test_two_pay_outs(signed: Listing, now: datetime, keys: tuple[str, str]) -> None:
    verbs = (partial(disburse, listing_id=signed.pk, by=lend.FINANCE, at=now, idempotency_key=key) for key in keys)
    first, second = at_once(*verbs)
    if keys == ("one", "one"):
        assert first == second
    else:
        assert {type(first), type(second)} == {Loan, MoveNotPossible}
    assert Loan.objects.count() == 1
    assert lend.cash(signed.borrower) == 29_600_00
    assert verify_ledger() == []
