"""Who gets what of a repayment."""

from datetime import date
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from loans.core.buckets import Bucket
from loans.core.distribution import (
    Collected,
    Distribution,
    Holding,
    NothingOutstanding,
    PrincipalAboveOutstanding,
    ServiceFeeOutOfRange,
    Share,
    distribute,
)
from tests.loans.core.builders import paid

DAY = date(2024, 2, 10)
THREE_EQUAL = [Holding(7, 1_000), Holding(3, 1_000), Holding(5, 1_000)]


def test_ties_go_to_the_lower_participation() -> None:
    found = distribute(Collected(principal_minor=100, interest_minor=11), holdings=THREE_EQUAL, service_fee_bps=0)
    assert found.shares == (Share(3, 34, 4, 0), Share(5, 33, 4, 0), Share(7, 33, 3, 0))


def test_the_largest_remainder_gets_the_odd_unit() -> None:
    holdings = [Holding(1, 500), Holding(2, 300), Holding(3, 200)]
    found = distribute(Collected(interest_minor=7), holdings=holdings, service_fee_bps=0)
    assert [share.interest_minor for share in found.shares] == [4, 2, 1]  # 3.5, 2.1, 1.4


def test_the_service_fee_is_taken_from_interest_rounded_down() -> None:
    holdings = [Holding(1, 600), Holding(2, 400)]
    found = distribute(Collected(interest_minor=1_000), holdings=holdings, service_fee_bps=333)
    assert found.shares == (Share(1, 0, 600, 19), Share(2, 0, 400, 13))
    assert (found.service_fee_minor, found.shares[0].net_minor) == (32, 581)


def test_penalties_fees_and_costs_go_to_the_platform() -> None:
    collected = Collected.of(
        [
            paid(1, Bucket.COSTS, 50, DAY),
            paid(1, Bucket.PENALTIES, 9, DAY),
            paid(1, Bucket.FEES, 30, DAY),
            paid(1, Bucket.OVERDUE_INTEREST, 3, DAY),
            paid(2, Bucket.DUE_INTEREST, 3, DAY),
            paid(2, Bucket.DUE_PRINCIPAL, 60, DAY),
        ]
    )
    found = distribute(collected, holdings=THREE_EQUAL, service_fee_bps=0)
    assert (found.penalty_minor, found.fee_minor) == (9, 80)
    assert {share.net_minor for share in found.shares} == {22}
    assert collected.total_minor == 155


def test_the_last_principal_repays_everybody_exactly() -> None:
    holdings = [Holding(1, 1), Holding(2, 333), Holding(3, 666)]
    found = distribute(Collected(principal_minor=1_000), holdings=holdings, service_fee_bps=0)
    assert [share.principal_minor for share in found.shares] == [1, 333, 666]


def test_money_nobody_can_claim_is_refused() -> None:
    with pytest.raises(NothingOutstanding):
        distribute(Collected(interest_minor=1), holdings=[Holding(1, 0)], service_fee_bps=0)
    with pytest.raises(NothingOutstanding):
        distribute(Collected(principal_minor=1), holdings=[], service_fee_bps=0)
    with pytest.raises(PrincipalAboveOutstanding):
        distribute(Collected(principal_minor=3_001), holdings=THREE_EQUAL, service_fee_bps=0)
    with pytest.raises(ServiceFeeOutOfRange):
        distribute(Collected(interest_minor=1), holdings=THREE_EQUAL, service_fee_bps=10_001)


def test_a_penalty_alone_needs_no_holder() -> None:
    found = distribute(Collected(penalty_minor=5), holdings=[], service_fee_bps=100)
    assert found == Distribution(shares=(), service_fee_minor=0, penalty_minor=5, fee_minor=0)


outstanding = st.lists(st.integers(0, 10**9), min_size=1, max_size=60).filter(lambda held: sum(held) > 0)


@given(outstanding, st.fractions(0, 1), st.integers(0, 10**8), st.integers(0, 10_000))
def test_everybody_is_within_one_unit_and_the_parts_sum(
    held: list[int], repaid: Fraction, interest: int, bps: int
) -> None:
    whole = sum(held)
    principal = int(whole * repaid)
    found = distribute(
        Collected(principal_minor=principal, interest_minor=interest),
        holdings=[Holding(number, amount) for number, amount in enumerate(held)],
        service_fee_bps=bps,
    )
    for share, amount in zip(found.shares, held, strict=True):
        assert abs(share.principal_minor - Fraction(principal * amount, whole)) < 1
        assert abs(share.interest_minor - Fraction(interest * amount, whole)) < 1
        assert 0 <= share.principal_minor <= amount
        assert share.service_fee_minor == share.interest_minor * bps // 10_000
    assert sum(share.net_minor for share in found.shares) + found.service_fee_minor == principal + interest
