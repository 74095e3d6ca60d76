"""
Unit-periods and how many lie between two dates.

Source: 12 CFR 1026, Appendix J, (b)(4) (which unit-period) and (b)(5) (counting them).
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from fractions import Fraction

from loans.core.errors import CoreError
from marketplace.lib.interest import Frequency, PeriodUnit, add_periods, day_in_month


class Unit(StrEnum):
    """What a unit-period is a multiple of; `TERM` is a single payment's own term below a year, in days."""

    DAY = "day"
    WEEK = "week"
    SEMIMONTH = "semimonth"
    MONTH = "month"
    TERM = "term"


class UnitPeriodUnknown(CoreError):
    """Words that name no unit-period of at most a year."""

    code = "unit_period_unknown"
    sentence = "not a unit-period: {text}"


#: Words with a number of their own.
WORDS = {"quarter": (3, Unit.MONTH), "year": (12, Unit.MONTH)}
PER_YEAR = {Unit.DAY: 365, Unit.WEEK: 52, Unit.SEMIMONTH: 24, Unit.MONTH: 12, Unit.TERM: 365}
LARGEST = {Unit.DAY: 1, Unit.WEEK: 52, Unit.SEMIMONTH: 1, Unit.MONTH: 12}
MONTHLY = Frequency(PeriodUnit.MONTHS, 1)


@dataclass(frozen=True, slots=True)
class UnitPeriod:
    """A unit-period: every so many days, weeks, half months or months."""

    unit: Unit = Unit.MONTH
    every: int = 1

    @property
    def per_year(self) -> Fraction:
        """How many of them a year has."""
        return Fraction(PER_YEAR[self.unit], self.every)

    @classmethod
    def parse(cls, text: str) -> "UnitPeriod":
        """
        Read "month", "2 weeks", "quarter", "semimonth", "year".

        :raises UnitPeriodUnknown: if the words name no unit-period
        """
        number, _, word = text.strip().rpartition(" ")
        name = word.removesuffix("s")
        every, unit = WORDS.get(name, (1, name))
        if unit not in LARGEST or not (number or "1").isdecimal():
            raise UnitPeriodUnknown(text=text)
        parsed = cls(Unit(unit), every * int(number or 1))
        if not 1 <= parsed.every <= LARGEST[parsed.unit]:
            raise UnitPeriodUnknown(text=text)
        return parsed

    @classmethod
    def of(cls, frequency: Frequency) -> "UnitPeriod":
        """The unit-period of a schedule; one of more than a year counts in years, one of odd days in days."""
        match frequency.unit:
            case PeriodUnit.MONTHS:
                return cls(Unit.MONTH, min(frequency.every, 12))
            case PeriodUnit.WEEKS:
                return cls(Unit.WEEK, frequency.every) if frequency.every <= 52 else cls(Unit.MONTH, 12)
            case PeriodUnit.DAYS:
                return cls(Unit.WEEK, frequency.every // 7) if frequency.every % 7 == 0 else cls(Unit.DAY)


def single_payment_unit(advanced_on: date, paid_on: date) -> UnitPeriod:
    """The unit-period of a loan with one payment: its term in months or days if below a year, else a year."""
    for months in range(1, 13):
        if add_periods(advanced_on, months, MONTHLY) == paid_on:
            return UnitPeriod(Unit.MONTH, months)
    if add_periods(advanced_on, 12, MONTHLY) < paid_on:
        return UnitPeriod(Unit.MONTH, 12)
    return UnitPeriod(Unit.TERM, (paid_on - advanced_on).days)


def tracking_day(dates: Sequence[date]) -> int:
    """The day of the month a row of dates keeps to: 31 for 28 February, 31 March, 30 April."""
    return max(day.day for day in dates)


def count_unit_periods(start: date, end: date, unit: UnitPeriod, month_day: int) -> tuple[int, Fraction]:
    """Whole unit-periods from `start` to `end`, and the fraction of one that is left."""
    if unit.unit in (Unit.DAY, Unit.WEEK, Unit.TERM):
        days_each = unit.every * (7 if unit.unit is Unit.WEEK else 1)
        return _whole_and_rest(Fraction((end - start).days, days_each))
    months, days = _months_back(start, end, month_day)
    if unit == UnitPeriod(Unit.MONTH, 12):
        return _years(months, days, start, end, month_day)
    each = 15 if unit.unit is Unit.SEMIMONTH else 30 * unit.every
    if unit == UnitPeriod(Unit.MONTH, 1):
        # Not carried over: the 30 days from the 1st to the 31st stay a rest of 30/30, see (b)(5)(ii).
        return months, Fraction(days, 30)
    return _whole_and_rest(Fraction(30 * months + days, each))


def _months_back(start: date, end: date, month_day: int) -> tuple[int, int]:
    """Full months measured back from `end`, and the days from `start` to the first of them."""
    anchor = month_day if end == day_in_month(end.year, end.month, month_day) else end.day
    months = max(0, (end.year - start.year) * 12 + end.month - start.month)
    reached = add_periods(end, -months, MONTHLY, anchor_day=anchor)
    if reached < start:
        months -= 1
        reached = add_periods(end, -months, MONTHLY, anchor_day=anchor)
    return months, (reached - start).days


def _years(months: int, days: int, start: date, end: date, month_day: int) -> tuple[int, Fraction]:
    years, odd_months = divmod(months, 12)
    if days == 0:
        return years, Fraction(odd_months, 12)
    anchor = month_day if end == day_in_month(end.year, end.month, month_day) else end.day
    reached = add_periods(end, -12 * years, MONTHLY, anchor_day=anchor)
    return years, Fraction((reached - start).days, 365)


def _whole_and_rest(periods: Fraction) -> tuple[int, Fraction]:
    whole = periods.numerator // periods.denominator
    return whole, periods - whole
