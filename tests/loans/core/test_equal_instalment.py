"""Equal instalments: level, rounded as agreed, the last row absorbs."""

from datetime import date
from decimal import Decimal

import pytest

from loans.core.errors import InstalmentNeverRepays, UnknownMethod
from loans.core.rounding import Rounding
from loans.core.schedule import build_schedule
from loans.core.terms import InstalmentFrom
from marketplace.lib.interest import DayCount, PeriodUnit
from tests.loans.core.builders import terms


def test_the_instalment_is_the_annuity_and_the_last_absorbs() -> None:
    # PMT(1%, 12, -12000) = 1066.1854641
    rows = build_schedule(terms())
    assert {row.total_minor for row in rows[:-1]} == {106_619}
    assert (rows[0].interest_minor, rows[0].principal_minor) == (12_000, 94_619)
    assert (rows[-1].opening_minor, rows[-1].total_minor, rows[-1].closing_minor) == (105_558, 106_614, 0)


def test_without_interest_the_principal_is_shared_out() -> None:
    rows = build_schedule(terms(principal_minor=100_00, annual_rate=Decimal(0), periods=3))
    assert [row.total_minor for row in rows] == [3_333, 3_333, 3_334]


def test_one_period_repays_everything_at_once() -> None:
    (row,) = build_schedule(terms(periods=1))
    assert (row.principal_minor, row.interest_minor, row.days) == (1_200_000, 12_000, 31)


@pytest.mark.parametrize(
    ("rounding", "total"),
    [(Rounding.FLOOR, 106_618), (Rounding.HALF_UP, 106_619), (Rounding.CEILING, 106_619)],
)
def test_the_level_instalment_has_a_rounding_of_its_own(rounding: Rounding, total: int) -> None:
    assert build_schedule(terms(instalment_rounding=rounding))[0].total_minor == total


def test_a_whole_instalment_is_not_lifted_by_the_ceiling() -> None:
    # 7 %/12 does not end in decimals, 900.00 of it does: exactly 5.25.
    rows = build_schedule(
        terms(
            principal_minor=90_000,
            annual_rate=Decimal("0.07"),
            periods=1,
            instalment_rounding=Rounding.CEILING,
        )
    )
    assert rows[0].total_minor == 90_525


def test_a_multiple_rounds_the_instalment_to_whole_yuan() -> None:
    rows = build_schedule(terms(instalment_multiple_minor=100))
    assert {row.total_minor for row in rows[:-1]} == {106_600}
    assert sum(row.principal_minor for row in rows) == 1_200_000


def test_a_generous_multiple_ends_the_schedule_early() -> None:
    agreed = terms(
        principal_minor=3_000,
        annual_rate=Decimal(0),
        instalment_multiple_minor=2_000,
        instalment_rounding=Rounding.CEILING,
    )
    assert [row.total_minor for row in build_schedule(agreed)] == [2_000, 1_000]


def test_interest_on_real_days_leaves_the_instalment_nominal() -> None:
    rows = build_schedule(terms(day_count=DayCount.ACTUAL_360))
    assert rows[0].interest_minor == 12_400  # 31 days
    assert rows[0].total_minor == 106_619
    assert rows[-1].total_minor > 106_619


def test_an_instalment_on_the_real_day_factors_comes_out_level() -> None:
    rows = build_schedule(terms(day_count=DayCount.ACTUAL_360, instalment_from=InstalmentFrom.PERIOD_FACTORS))
    assert abs(rows[-1].total_minor - rows[0].total_minor) < 12


def test_a_long_first_period_by_30_360_counts_its_days() -> None:
    rows = build_schedule(terms(day_count=DayCount.THIRTY_360, first_due_on=date(2024, 2, 25)))
    assert (rows[0].interest_minor, rows[0].days) == (18_000, 46)  # 45 days of 30/360
    assert rows[1].interest_minor == round(rows[1].opening_minor * Decimal("0.01"))


def test_a_month_from_30_january_to_28_february_is_30_days_by_30_360() -> None:
    rows = build_schedule(terms(day_count=DayCount.THIRTY_360, paid_out_on=date(2023, 1, 30)))
    assert (rows[0].interest_minor, rows[0].days) == (12_000, 29)


def test_weekly_interest_is_annual_times_7_over_the_year() -> None:
    rows = build_schedule(terms(period_unit=PeriodUnit.WEEKS, days_in_year=360))
    assert rows[0].interest_minor == 2_800


def test_a_fee_is_charged_with_every_instalment() -> None:
    rows = build_schedule(terms(instalment_fee_minor=500))
    assert {row.total_minor - row.principal_minor - row.interest_minor for row in rows} == {500}


def test_an_interest_above_the_instalment_is_owed_and_repays_nothing() -> None:
    rows = build_schedule(terms(day_count=DayCount.ACTUAL_360, first_due_on=date(2025, 1, 10)))
    assert (rows[0].interest_minor, rows[0].principal_minor) == (146_400, 0)  # 366 days
    assert rows[1].principal_minor > 0


@pytest.mark.parametrize(
    "changes",
    [
        {"annual_rate": Decimal(12), "periods": 360},
        {"principal_minor": 5, "periods": 12},
        {"instalment_multiple_minor": 1_000_000},
    ],
)
def test_an_instalment_that_never_repays_is_refused(changes: dict[str, object]) -> None:
    with pytest.raises(InstalmentNeverRepays):
        build_schedule(terms(**changes))


def test_an_amortization_without_a_file_is_refused() -> None:
    with pytest.raises(UnknownMethod):
        build_schedule(terms(method="by_ear"))
