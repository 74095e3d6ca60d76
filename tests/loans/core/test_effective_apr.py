"""The effective rates of a loan, fees included."""

from decimal import Decimal

import pytest

from loans.core.cash_flow import FlowsOfOneSign
from loans.core.effective_apr import EffectiveApr, effective_apr
from loans.core.schedule import build_schedule
from loans.core.terms import Terms
from tests.loans.core.builders import terms


def rates(agreed: Terms, fees: int = 0) -> EffectiveApr:
    return effective_apr(terms=agreed, instalments=build_schedule(agreed), fees_at_pay_out_minor=fees)


def test_without_fees_the_actuarial_rate_is_the_contract_s() -> None:
    found = rates(terms())
    assert abs(found.actuarial - Decimal("0.12")) < Decimal("0.00001")
    assert abs(found.xirr - Decimal("0.1268")) < Decimal("0.001")  # 1.01^12 - 1, on real days


def test_fees_at_pay_out_raise_both_rates() -> None:
    plain, with_fees = rates(terms()), rates(terms(), fees=36_000)
    assert with_fees.actuarial - plain.actuarial > Decimal("0.05")
    assert with_fees.xirr > with_fees.actuarial


def test_a_fee_with_every_instalment_raises_them_too() -> None:
    assert rates(terms(instalment_fee_minor=1_000)).actuarial > Decimal("0.137")


def test_fees_that_leave_nothing_have_no_rate() -> None:
    with pytest.raises(FlowsOfOneSign):
        rates(terms(), fees=1_200_000)
