"""Whatever a borrower pays and whenever: money is conserved, nobody goes below zero, and the end is the end."""

from contextlib import nullcontext
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
from django.db.models import QuerySet, Sum
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from escrow import chart
from escrow.verify import verify_ledger
from loans.models import DistributionShare, Loan, LoanState, Receipt, ReceiptAllocation
from loans.operations import AmountAboveOwed, LoanIsSettled
from loans.queries import holdings, position_of, quote_settlement, standing_of
from marketplace.lib.errors import Refused
from tests import cast
from tests.loans import lend

START = datetime(2026, 1, 31, 4, tzinfo=UTC)
pytestmark = pytest.mark.django_db


@dataclass(frozen=True)
class Step:
    """Some days later the borrower pays a share (in thousandths) of what could be paid, or settles."""

    days: int
    thousandths: int
    settles: bool


steps = st.lists(
    st.builds(
        Step, days=st.integers(0, 75), thousandths=st.integers(0, 1_100), settles=st.sampled_from([False] * 9 + [True])
    ),
    max_size=14,
)
holders = st.lists(st.integers(1, 700_000), min_size=1, max_size=4)


@settings(max_examples=20, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(
    parts=holders,
    steps=steps,
    method=st.sampled_from(["equal_instalment", "interest_only"]),
    rate=st.integers(1, 3_600),
    months=st.integers(1, 6),
)
def test_any_life_of_a_loan(parts: list[int], steps: list[Step], method: str, rate: int, months: int) -> None:
    # The smallest listing is 100.00.
    parts = [parts[0] + 100_00, *parts[1:]]
    bids = [(cast.investor(f"I{n}", at=START, cash_minor=part), part) for n, part in enumerate(parts)]
    loan = lend.running_loan(bids, at=START, method=method, annual_rate_bps=rate, months=months)
    lend.pay_in(loan.borrower, 3 * loan.principal_minor, at=START)
    day = START.date()
    for step in steps:
        day += timedelta(days=step.days)
        take(loan, step, day)
        check(loan, day)
    assert verify_ledger() == []


def take(loan: Loan, step: Step, day: date) -> None:
    """One step; what must be refused is, and changes nothing."""
    loan = Loan.objects.get(pk=loan.pk)
    most = standing_of(loan, day=day).most_payable_minor
    before = lend.cash(loan.borrower)
    amount_minor = max(1, most * step.thousandths // 1_000)
    with pytest.raises(refusal) if (refusal := expected_refusal(loan, step, amount_minor, most)) else nullcontext():
        if step.settles:
            lend.settle(loan, quote_settlement(loan, day=day).total_minor, day)
        else:
            lend.pay(loan, amount_minor, day)
    assert (lend.cash(loan.borrower) == before) == (refusal is not None)


def expected_refusal(loan: Loan, step: Step, amount_minor: int, most: int) -> type[Refused] | None:
    """Why a step cannot be taken, if it cannot."""
    if loan.state == LoanState.SETTLED:
        return LoanIsSettled
    return AmountAboveOwed if amount_minor > most and not step.settles else None


def check(loan: Loan, day: date) -> None:
    """Sums hold on every side."""
    loan = Loan.objects.get(pk=loan.pk)
    received = total(Receipt.objects.filter(loan=loan), "amount_minor")
    allocated = ReceiptAllocation.objects.filter(receipt__loan=loan)
    shares = DistributionShare.objects.filter(receipt__loan=loan)
    principal = total(shares, "principal_minor")
    kept = total(allocated.filter(bucket__in=["penalties", "fees", "costs"]), "amount_minor")
    assert received == total(allocated, "amount_minor")
    assert received == principal + total(shares, "interest_minor") + kept
    assert principal == total(allocated.filter(bucket__endswith="principal"), "amount_minor")
    outstanding = [holding.outstanding_minor for holding in holdings(loan.pk)]
    assert min(outstanding) >= 0
    assert sum(outstanding) == loan.principal_minor - principal
    assert lend.holds(chart.loan_collections(loan.pk)) == 0
    position = position_of(loan, day=day)
    assert position.outstanding_principal_minor == sum(outstanding)
    is_settled = loan.state == LoanState.SETTLED
    assert is_settled == (not position.owed and not position.upcoming)


def total(rows: QuerySet[Any], field: str) -> int:
    return int(rows.aggregate(total=Sum(field, default=0))["total"])
