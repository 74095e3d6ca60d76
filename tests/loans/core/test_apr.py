"""The annual percentage rate beyond the regulation's own examples (those are in `tests/cases/apr.jsonl`)."""

from datetime import date
from decimal import Decimal

import pytest

from loans.core.apr import actuarial_apr
from loans.core.cash_flow import CashFlow, FlowsOfOneSign, NoRateFits
from loans.core.schedule import build_schedule
from loans.core.unit_period import Unit, UnitPeriod, UnitPeriodUnknown
from marketplace.lib.interest import Frequency, PeriodUnit
from tests.loans.core.builders import terms

MONTH = UnitPeriod()
START = date(2024, 1, 31)


def apr(financed: int, *payments: CashFlow, unit: UnitPeriod = MONTH) -> Decimal:
    return actuarial_apr(advanced_on=START, amount_financed_minor=financed, payments=payments, unit=unit)


def test_a_regular_loan_without_fees_has_its_contract_rate() -> None:
    agreed = terms(principal_minor=10**12, paid_out_on=START)
    flows = [CashFlow(row.due_on, row.total_minor) for row in build_schedule(agreed)]
    assert abs(apr(10**12, *flows) - Decimal("0.12")) < Decimal("1e-9")


def test_a_loan_of_the_31st_has_whole_months() -> None:
    assert apr(10_000, CashFlow(date(2024, 2, 29), 10_100)) == Decimal("0.12")


def test_a_single_payment_in_days_is_its_own_unit_period() -> None:
    assert apr(10_000, CashFlow(date(2024, 2, 10), 10_100)) == Decimal("0.365")


def test_a_single_payment_after_years_counts_years() -> None:
    assert apr(10_000, CashFlow(date(2026, 1, 31), 12_100)) == Decimal("0.1")


def test_money_given_back_short_makes_a_rate_below_zero() -> None:
    assert apr(10_000, CashFlow(date(2025, 1, 31), 9_000)) == Decimal("-0.1")


def test_paying_back_the_same_makes_a_rate_of_nothing() -> None:
    assert apr(10_000, CashFlow(date(2024, 2, 29), 4_000), CashFlow(date(2024, 3, 31), 6_000)) == 0


@pytest.mark.parametrize("financed", [0, -1])
def test_nothing_financed_has_no_rate(financed: int) -> None:
    with pytest.raises(FlowsOfOneSign):
        apr(financed, CashFlow(date(2024, 2, 29), 100))


def test_nothing_or_a_negative_amount_paid_has_no_rate() -> None:
    with pytest.raises(FlowsOfOneSign):
        apr(100, CashFlow(date(2024, 2, 29), 0))
    with pytest.raises(FlowsOfOneSign):
        apr(100, CashFlow(date(2024, 2, 29), 200), CashFlow(date(2024, 3, 31), -50))


def test_a_payment_on_the_day_of_the_advance_has_no_rate() -> None:
    with pytest.raises(NoRateFits):
        apr(100, CashFlow(START, 50), CashFlow(date(2024, 2, 29), 60))


@pytest.mark.parametrize(
    ("text", "unit"),
    [
        ("month", UnitPeriod(Unit.MONTH, 1)),
        ("2 weeks", UnitPeriod(Unit.WEEK, 2)),
        ("quarter", UnitPeriod(Unit.MONTH, 3)),
        ("2 quarters", UnitPeriod(Unit.MONTH, 6)),
        ("semimonth", UnitPeriod(Unit.SEMIMONTH, 1)),
        ("year", UnitPeriod(Unit.MONTH, 12)),
        ("day", UnitPeriod(Unit.DAY, 1)),
    ],
)
def test_unit_periods_are_read_from_words(text: str, unit: UnitPeriod) -> None:
    assert UnitPeriod.parse(text) == unit


@pytest.mark.parametrize("text", ["", "fortnight", "-1 month", "0 weeks", "13 months", "2 years", "1.5 months"])
def test_other_words_are_refused(text: str) -> None:
    with pytest.raises(UnitPeriodUnknown):
        UnitPeriod.parse(text)


def test_a_schedule_knows_its_unit_period() -> None:
    assert UnitPeriod.of(Frequency(PeriodUnit.MONTHS, 24)) == UnitPeriod(Unit.MONTH, 12)
    assert UnitPeriod.of(Frequency(PeriodUnit.DAYS, 14)) == UnitPeriod(Unit.WEEK, 2)
    assert UnitPeriod.of(Frequency(PeriodUnit.DAYS, 10)) == UnitPeriod(Unit.DAY, 1)
