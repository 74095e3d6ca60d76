"""Penalty per day on what is overdue: 12 % + half, over 360."""

from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal

import pytest

from loans.core.buckets import Allocation, Bucket
from loans.core.errors import GraceTooLong, RateBelowZero
from loans.core.penalty import PenaltyTerms, penalty_accrued_minor, penalty_owed_minor
from loans.core.schedule import Instalment
from tests.loans.core.builders import PENALTY, paid

DUE = date(2024, 3, 1)
ROW = Instalment(
    number=1,
    due_on=DUE,
    days=29,
    opening_minor=1_000_000,
    principal_minor=100_000,
    interest_minor=10_000,
    fee_minor=0,
    closing_minor=900_000,
)


def after(days: int) -> date:
    return DUE + timedelta(days=days)


def owed(days: int, *allocations: Allocation, terms: PenaltyTerms = PENALTY) -> int:
    return penalty_owed_minor(ROW, paid=allocations, terms=terms, day=after(days))


def test_each_day_late_costs_a_360th_of_the_raised_rate() -> None:
    # 1000.00 x 18 % / 360 = 0.50 a day
    assert [owed(days) for days in (-5, 0, 1, 10)] == [0, 0, 50, 500]


def test_days_of_grace_are_free_for_good() -> None:
    terms = replace(PENALTY, grace_days=3)
    assert [owed(days, terms=terms) for days in (3, 4, 10)] == [0, 50, 350]


def test_interest_bears_a_penalty_only_if_agreed() -> None:
    assert owed(10, terms=replace(PENALTY, on_interest=True)) == 550


def test_a_payment_cuts_the_segments() -> None:
    part = paid(1, Bucket.OVERDUE_PRINCIPAL, 60_000, after(4))
    assert owed(10, part) == 4 * 50 + 6 * 20


def test_a_payment_of_interest_cuts_only_what_bears() -> None:
    part = paid(1, Bucket.OVERDUE_INTEREST, 10_000, after(4))
    assert owed(10, part) == 500
    assert owed(10, part, terms=replace(PENALTY, on_interest=True)) == 4 * 55 + 6 * 50


def test_principal_paid_in_time_bears_nothing() -> None:
    assert owed(10, paid(1, Bucket.DUE_PRINCIPAL, 100_000, DUE)) == 0


def test_penalties_paid_are_taken_off_and_time_goes_on() -> None:
    settled = paid(1, Bucket.PENALTIES, 200, after(4))
    assert [owed(days, settled) for days in (3, 4, 5)] == [150, 0, 50]


def test_a_correction_that_leaves_too_much_penalty_paid_owes_nothing() -> None:
    assert owed(10, paid(1, Bucket.PENALTIES, 900, after(9))) == 0


def test_other_instalments_payments_do_not_count() -> None:
    assert owed(10, paid(2, Bucket.OVERDUE_PRINCIPAL, 100_000, after(1))) == 500


@pytest.mark.parametrize(("days", "minor"), [(1, 0), (3, 2), (5, 2)])
def test_the_sum_is_rounded_once_half_to_even(days: int, minor: int) -> None:
    # 10.00 at 18 % makes 0.5 of a minor unit a day: 0.5, 1.5, 2.5
    row = replace(ROW, principal_minor=1_000)
    assert penalty_accrued_minor(row, paid=[], terms=PENALTY, day=after(days)) == minor


@pytest.mark.parametrize("rate", [Decimal("-0.1"), Decimal("NaN")])
def test_impossible_penalty_terms_are_refused(rate: Decimal) -> None:
    with pytest.raises(RateBelowZero):
        replace(PENALTY, annual_rate=rate)
    with pytest.raises(RateBelowZero):
        replace(PENALTY, uplift=rate)
    with pytest.raises(GraceTooLong):
        replace(PENALTY, grace_days=-1)
