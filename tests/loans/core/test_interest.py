"""Day counts and the calendar of periods."""

from datetime import date
from fractions import Fraction

import pytest

from marketplace.lib.interest import (
    DayCount,
    Frequency,
    PeriodUnit,
    add_periods,
    nominal_year_fraction,
    span_year_fraction,
    thirty_360_days,
)

MONTHLY = Frequency(PeriodUnit.MONTHS, 1)


def test_months_keep_the_anchor_day_as_far_as_they_have_it() -> None:
    days = [add_periods(date(2023, 1, 31), n, MONTHLY) for n in range(4)]
    assert days == [date(2023, 1, 31), date(2023, 2, 28), date(2023, 3, 31), date(2023, 4, 30)]


def test_months_go_backwards_too() -> None:
    assert add_periods(date(2024, 2, 29), -2, MONTHLY, anchor_day=31) == date(2023, 12, 31)


def test_weeks_and_days_are_counted() -> None:
    assert add_periods(date(2024, 2, 20), 1, Frequency(PeriodUnit.WEEKS, 2)) == date(2024, 3, 5)
    assert add_periods(date(2024, 2, 20), 3, Frequency(PeriodUnit.DAYS, 10)) == date(2024, 3, 21)


def test_the_calendar_ends() -> None:
    with pytest.raises(OverflowError):
        add_periods(date(9999, 12, 1), 1, MONTHLY)


@pytest.mark.parametrize(
    ("day_count", "share"),
    [
        (DayCount.THIRTY_360, Fraction(58, 360)),
        (DayCount.ACTUAL_360, Fraction(60, 360)),
        (DayCount.ACTUAL_364, Fraction(60, 364)),
        (DayCount.ACTUAL_365, Fraction(60, 365)),
        (DayCount.ACTUAL_ACTUAL, Fraction(17, 365) + Fraction(43, 366)),
        (DayCount.PERIOD, Fraction(60, 360)),
    ],
)
def test_a_span_over_new_year(day_count: DayCount, share: Fraction) -> None:
    # 15 December 2023 to 13 February 2024: 17 days of a common year, 43 of a leap year.
    assert span_year_fraction(date(2023, 12, 15), date(2024, 2, 13), day_count) == share


def test_thirty_360_is_additive_over_a_cut_on_the_31st() -> None:
    start, cut, end = date(2024, 1, 15), date(2024, 1, 31), date(2024, 3, 31)
    assert thirty_360_days(start, cut) + thirty_360_days(cut, end) == thirty_360_days(start, end) == 75


@pytest.mark.parametrize(
    ("frequency", "day_count", "share"),
    [
        (MONTHLY, DayCount.ACTUAL_365, Fraction(1, 12)),
        (Frequency(PeriodUnit.MONTHS, 3), DayCount.PERIOD, Fraction(1, 4)),
        (Frequency(PeriodUnit.WEEKS, 1), DayCount.PERIOD, Fraction(7, 365)),
        (Frequency(PeriodUnit.WEEKS, 2), DayCount.ACTUAL_364, Fraction(1, 26)),
        (Frequency(PeriodUnit.DAYS, 30), DayCount.ACTUAL_360, Fraction(1, 12)),
    ],
)
def test_a_regular_period_is_its_nominal_share(frequency: Frequency, day_count: DayCount, share: Fraction) -> None:
    assert nominal_year_fraction(frequency, day_count) == share


def test_actual_actual_reaches_the_last_year_of_the_calendar() -> None:
    whole = span_year_fraction(date(9999, 1, 1), date(9999, 12, 31), DayCount.ACTUAL_ACTUAL)
    assert whole == Fraction(364, 365)
