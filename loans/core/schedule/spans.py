"""The time between two due dates, and the interest it makes on one unit of principal."""

from dataclasses import dataclass
from datetime import date
from fractions import Fraction

from loans.core.terms import Terms
from marketplace.lib.interest import DayCount, PeriodUnit, nominal_year_fraction, span_year_fraction


@dataclass(frozen=True, slots=True)
class Span:
    """One period of a schedule; `factor` is its interest on a principal of one."""

    number: int
    starts_on: date
    due_on: date
    factor: Fraction

    @property
    def days(self) -> int:
        """Calendar days from start to due date."""
        return (self.due_on - self.starts_on).days


def spans_of(terms: Terms) -> list[Span]:
    """Cut the term at its due dates."""
    spans: list[Span] = []
    starts_on = terms.accrues_from
    for number in range(1, terms.periods + 1):
        due_on = terms.due_on(number)
        spans.append(Span(number, starts_on, due_on, _factor(terms, number, starts_on, due_on)))
        starts_on = due_on
    return spans


def nominal_factor(terms: Terms) -> Fraction:
    """Interest on a principal of one over a regular period: annual rate / 12 per month, whatever its days."""
    return terms.rate * nominal_year_fraction(terms.frequency, terms.day_count, terms.days_in_year)


def broken_factor(terms: Terms, start: date, end: date) -> Fraction:
    """
    Interest on a principal of one over some days of a period.

    For `period` the daily rate is annual/360 when periods are months (the documents' rule), else annual over
    the terms' year.
    """
    year = 360 if terms.period_unit is PeriodUnit.MONTHS else terms.days_in_year
    return terms.rate * span_year_fraction(start, end, terms.day_count, year)


def _factor(terms: Terms, number: int, starts_on: date, due_on: date) -> Fraction:
    if terms.day_count is DayCount.PERIOD:
        return nominal_factor(terms)
    # By 30/360 a month from the anchor day to the next is 30 days, also from 30 January to 28 February.
    regular = number > 1 or terms.first_period_is_regular
    if terms.day_count is DayCount.THIRTY_360 and terms.period_unit is PeriodUnit.MONTHS and regular:
        return nominal_factor(terms)
    return broken_factor(terms, starts_on, due_on)
