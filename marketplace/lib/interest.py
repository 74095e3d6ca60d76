"""Day counts, periods and the share of a year they make: exact fractions, plain Python."""

from calendar import isleap, monthrange
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum
from fractions import Fraction


class DayCount(StrEnum):
    """How a span of days becomes a share of a year."""

    #: A regular period is annual/12 per month or annual·7/days-in-year per week, whatever its days.
    PERIOD = "period"
    THIRTY_360 = "30/360"
    ACTUAL_360 = "actual/360"
    ACTUAL_364 = "actual/364"
    ACTUAL_365 = "actual/365"
    ACTUAL_ACTUAL = "actual/actual"


class PeriodUnit(StrEnum):
    """What the distance between two due dates is measured in."""

    MONTHS = "months"
    WEEKS = "weeks"
    DAYS = "days"


#: Days in the year of each day count that has a fixed one; the nominal rate of weeks and days uses it too.
FIXED_YEARS = {
    DayCount.THIRTY_360: 360,
    DayCount.ACTUAL_360: 360,
    DayCount.ACTUAL_364: 364,
    DayCount.ACTUAL_365: 365,
    DayCount.ACTUAL_ACTUAL: 365,
}
DAYS_PER_UNIT = {PeriodUnit.WEEKS: 7, PeriodUnit.DAYS: 1}


@dataclass(frozen=True, slots=True)
class Frequency:
    """Every n months, weeks or days."""

    unit: PeriodUnit = PeriodUnit.MONTHS
    every: int = 1


def add_periods(start: date, count: int, frequency: Frequency, *, anchor_day: int | None = None) -> date:
    """
    Move `count` periods from `start` (backwards if negative).

    Months keep the anchor day (the day of `start` unless given) as far as the month has it:
    31 Jan, 28 Feb, 31 Mar.

    :raises OverflowError: if the calendar ends before that date
    """
    if frequency.unit is not PeriodUnit.MONTHS:
        return start + timedelta(days=count * frequency.every * DAYS_PER_UNIT[frequency.unit])
    year, month0 = divmod(start.year * 12 + start.month - 1 + count * frequency.every, 12)
    if not date.min.year <= year <= date.max.year:
        raise OverflowError("date out of range")
    return day_in_month(year, month0 + 1, anchor_day or start.day)


def day_in_month(year: int, month: int, day: int) -> date:
    """That day of the month, or the month's last day if it is shorter."""
    return date(year, month, min(day, monthrange(year, month)[1]))


def nominal_year_fraction(frequency: Frequency, day_count: DayCount, days_in_year: int = 365) -> Fraction:
    """
    The share of a year one regular period stands for, whatever its days.

    Months are twelfths; weeks and days are counted over the day count's own year (30/360 and actual/360:
    360), and over `days_in_year` when the day count is `period`. Source: the documents' "monthly rate =
    annual/12".
    """
    if frequency.unit is PeriodUnit.MONTHS:
        return Fraction(frequency.every, 12)
    year = FIXED_YEARS.get(day_count, days_in_year)
    return Fraction(frequency.every * DAYS_PER_UNIT[frequency.unit], year)


def span_year_fraction(start: date, end: date, day_count: DayCount, days_in_year: int = 360) -> Fraction:
    """
    The share of a year from `start` to `end` (end not counted).

    `period` has no days of its own: a broken period is counted in actual days over `days_in_year`
    (the documents' "daily rate = annual/360").
    """
    if day_count is DayCount.THIRTY_360:
        return Fraction(thirty_360_days(start, end), 360)
    if day_count is DayCount.ACTUAL_ACTUAL:
        return actual_actual(start, end)
    return Fraction((end - start).days, FIXED_YEARS.get(day_count, days_in_year))


def thirty_360_days(start: date, end: date) -> int:
    """
    Days by 30E/360 (ISDA 2006, 4.16(g)): the 31st counts as the 30th.

    Of the 30/360 family this one is additive, so an accrual cut into segments sums to the whole.
    """
    months = (end.year - start.year) * 12 + end.month - start.month
    return months * 30 + min(end.day, 30) - min(start.day, 30)


def actual_actual(start: date, end: date) -> Fraction:
    """Actual/actual (ISDA 2006, 4.16(b)): the days in leap years over 366, the others over 365."""
    total = Fraction(0)
    while start < end:
        turn = date(start.year + 1, 1, 1) if start.year < date.max.year else end
        until = min(end, turn)
        total += Fraction((until - start).days, 366 if isleap(start.year) else 365)
        start = until
    return total
