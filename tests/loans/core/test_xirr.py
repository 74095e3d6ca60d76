"""Rates of return that do not exist are refused; those that do are in `tests/cases/returns.jsonl`."""

from datetime import date
from decimal import Decimal

import pytest

from loans.core.cash_flow import CashFlow, FlowsOfOneSign, NoRateFits
from loans.core.xirr import xirr

START, YEAR_LATER = date(2023, 1, 1), date(2024, 1, 1)


def test_a_year_at_ten_per_cent() -> None:
    rate = xirr([CashFlow(YEAR_LATER, 11_000), CashFlow(START, -10_000)])
    assert rate == Decimal("0.1000000000")


@pytest.mark.parametrize("amounts", [(), (100,), (100, 200), (-100, -200), (0, -5), (0, 0)])
def test_flows_of_one_sign_are_refused(amounts: tuple[int, ...]) -> None:
    with pytest.raises(FlowsOfOneSign) as refused:
        xirr([CashFlow(START, amount) for amount in amounts])
    assert refused.value.code == "flows_of_one_sign"


def test_flows_of_one_day_have_no_rate() -> None:
    with pytest.raises(NoRateFits):
        xirr([CashFlow(START, -100), CashFlow(START, 200)])
