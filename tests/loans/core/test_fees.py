"""What is taken at pay-out."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from loans.core.errors import PrincipalNotPositive
from loans.core.fees import FeeBelowZero, FeesLeaveNothing, PayOut, split_pay_out
from loans.core.rounding import Rounding


def test_fee_and_contribution_are_taken_from_the_principal() -> None:
    cut = split_pay_out(1_000_000, origination_fee_bps=200, reserve_contribution_bps=100)
    assert cut == PayOut(net_minor=970_000, origination_fee_minor=20_000, reserve_contribution_minor=10_000)
    assert cut.taken_minor == 30_000


@pytest.mark.parametrize(("rounding", "fee"), [(Rounding.HALF_EVEN, 2), (Rounding.HALF_UP, 3)])
def test_half_a_unit_is_rounded_as_agreed(rounding: Rounding, fee: int) -> None:
    cut = split_pay_out(250, origination_fee_bps=100, reserve_contribution_bps=0, rounding=rounding)
    assert (cut.origination_fee_minor, cut.net_minor) == (fee, 250 - fee)


def test_impossible_pay_outs_are_refused() -> None:
    with pytest.raises(PrincipalNotPositive):
        split_pay_out(0, origination_fee_bps=0, reserve_contribution_bps=0)
    with pytest.raises(FeeBelowZero):
        split_pay_out(100, origination_fee_bps=-1, reserve_contribution_bps=0)
    with pytest.raises(FeesLeaveNothing):
        split_pay_out(100, origination_fee_bps=9_000, reserve_contribution_bps=1_000)


@given(st.integers(1, 10**15), st.integers(0, 4_000), st.integers(0, 4_000), st.sampled_from(Rounding))
def test_the_parts_sum_to_the_principal(principal: int, fee: int, reserve: int, rounding: Rounding) -> None:
    try:
        cut = split_pay_out(principal, origination_fee_bps=fee, reserve_contribution_bps=reserve, rounding=rounding)
    except FeesLeaveNothing:
        assert principal < 10
    else:
        assert cut.net_minor + cut.taken_minor == principal
        assert cut.net_minor > 0
