"""What ends a loan on a day."""

from datetime import date, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from loans.core.buckets import Allocation, Bucket
from loans.core.position import position_on
from loans.core.schedule import build_schedule
from loans.core.settlement import (
    SettledBeforePayOut,
    SettlementFeeOutOfRange,
    SettlementQuote,
    settlement_quote,
)
from loans.core.terms import Terms
from loans.core.waterfall import allocate
from marketplace.lib.interest import DayCount
from tests.loans.core.builders import PAID_OUT, PENALTY, paid, terms

BY_DAYS = terms(day_count=DayCount.ACTUAL_360)


def quote(day: date, *allocations: Allocation, agreed: Terms = BY_DAYS, fee_bps: int = 0) -> SettlementQuote:
    rows = build_schedule(agreed)
    position = position_on(day, instalments=rows, paid=allocations, penalty=PENALTY)
    return settlement_quote(terms=agreed, instalments=rows, position=position, fee_bps=fee_bps)


def first_paid(agreed: Terms = BY_DAYS) -> list[Allocation]:
    row = build_schedule(agreed)[0]
    return [
        paid(1, Bucket.DUE_INTEREST, row.interest_minor, row.due_on),
        paid(1, Bucket.DUE_PRINCIPAL, row.principal_minor, row.due_on),
    ]


def test_interest_is_asked_for_the_actual_days() -> None:
    found = quote(date(2024, 1, 25))  # 15 days: 12,000.00 x 12 % x 15 / 360
    assert (found.arrears_minor, found.principal_minor, found.interest_minor) == (0, 1_200_000, 6_000)
    assert found.total_minor == 1_206_000


def test_on_the_day_of_pay_out_only_the_principal_is_asked_for() -> None:
    assert quote(PAID_OUT).total_minor == 1_200_000


def test_days_count_from_the_last_due_date() -> None:
    found = quote(date(2024, 2, 20), *first_paid())
    left = 1_200_000 - 94_219  # 31 days of interest in the first row
    assert (found.principal_minor, found.interest_minor) == (left, round(left * 12 * 10 / 36_000))


def test_the_fee_is_taken_on_the_principal_not_yet_due() -> None:
    found = quote(date(2024, 1, 25), fee_bps=100)
    assert (found.fee_minor, found.total_minor) == (12_000, 1_218_000)


def test_arrears_are_asked_for_with_their_penalty_but_bear_no_fee() -> None:
    found = quote(date(2024, 2, 20), fee_bps=100)
    late = 94_219 + 12_400 + 471  # principal, interest, ten days of penalty
    assert found.arrears_minor == late
    assert found.fee_minor == round((1_200_000 - 94_219) / 100)


def test_interest_by_days_never_exceeds_the_schedule_s() -> None:
    # A month of 31 days at annual/360 would be 124.00, the row of annual/12 says 120.00.
    agreed = terms()
    found = quote(build_schedule(agreed)[0].due_on - timedelta(days=1), agreed=agreed)
    assert found.interest_minor == 12_000


def test_on_a_due_date_the_instalment_is_arrears_and_nothing_accrues() -> None:
    found = quote(date(2024, 2, 10))
    assert (found.arrears_minor, found.interest_minor) == (94_219 + 12_400, 0)


def test_interest_held_back_by_grace_is_asked_for() -> None:
    agreed = terms(day_count=DayCount.ACTUAL_360, grace_interest=2)
    principal = paid(1, Bucket.DUE_PRINCIPAL, 94_219, date(2024, 2, 10))
    found = quote(date(2024, 2, 20), principal, agreed=agreed)
    assert found.interest_minor == 12_400 + round((1_200_000 - 94_219) * 12 * 10 / 36_000)


def test_nothing_accrues_in_a_grace_on_everything() -> None:
    assert quote(date(2024, 2, 20), agreed=terms(grace_all=2)).total_minor == 1_200_000


def test_interest_paid_ahead_is_not_asked_for_twice() -> None:
    found = quote(date(2024, 1, 25), paid(1, Bucket.DUE_INTEREST, 5_000, date(2024, 1, 20)))
    assert found.interest_minor == 1_000


def test_after_the_last_due_date_only_arrears_are_left() -> None:
    found = quote(date(2025, 6, 1), fee_bps=100)
    assert (found.principal_minor, found.interest_minor, found.fee_minor) == (0, 0, 0)
    assert found.total_minor == found.arrears_minor > 1_200_000


def test_impossible_quotes_are_refused() -> None:
    with pytest.raises(SettledBeforePayOut):
        quote(PAID_OUT - timedelta(days=1))
    for fee_bps in (-1, 10_001):
        with pytest.raises(SettlementFeeOutOfRange):
            quote(PAID_OUT, fee_bps=fee_bps)


@settings(max_examples=60, deadline=None)
@given(st.integers(0, 500), st.integers(0, 500), st.sampled_from(DayCount))
def test_paying_a_quote_uses_it_up_and_repays_the_loan(days: int, fee_bps: int, day_count: DayCount) -> None:
    day = PAID_OUT + timedelta(days=days)
    found = quote(day, agreed=terms(day_count=day_count), fee_bps=fee_bps)
    receipt = allocate(found.total_minor, owed=found.lines, on=day)
    principal = {Bucket.OVERDUE_PRINCIPAL, Bucket.DUE_PRINCIPAL}
    assert receipt.unallocated_minor == 0
    assert sum(a.amount_minor for a in receipt.allocations if a.bucket in principal) == 1_200_000
