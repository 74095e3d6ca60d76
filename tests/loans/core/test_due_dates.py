"""On which days instalments fall due."""

from datetime import date

from loans.core.terms import Terms
from marketplace.lib.interest import PeriodUnit
from tests.loans.core.builders import terms


def dues(agreed: Terms, count: int = 3) -> list[date]:
    return [agreed.due_on(number) for number in range(1, count + 1)]


def test_without_a_first_due_date_it_is_one_period_after_the_pay_out() -> None:
    assert dues(terms(), 2) == [date(2024, 2, 10), date(2024, 3, 10)]


def test_a_loan_of_the_31st_keeps_to_the_ends_of_months() -> None:
    agreed = terms(paid_out_on=date(2023, 1, 31))
    assert dues(agreed) == [date(2023, 2, 28), date(2023, 3, 31), date(2023, 4, 30)]


def test_writing_the_regular_first_due_date_down_changes_nothing() -> None:
    implied = terms(paid_out_on=date(2023, 1, 31))
    written = terms(paid_out_on=date(2023, 1, 31), first_due_on=date(2023, 2, 28))
    assert dues(written, 12) == dues(implied, 12)


def test_another_first_due_date_sets_the_day() -> None:
    agreed = terms(paid_out_on=date(2023, 1, 31), first_due_on=date(2023, 3, 15))
    assert dues(agreed) == [date(2023, 3, 15), date(2023, 4, 15), date(2023, 5, 15)]


def test_a_due_day_moves_the_first_period_too() -> None:
    assert dues(terms(due_day=31)) == [date(2024, 2, 29), date(2024, 3, 31), date(2024, 4, 30)]


def test_a_due_day_explains_a_first_due_date_at_a_short_month_s_end() -> None:
    agreed = terms(paid_out_on=date(2023, 1, 10), first_due_on=date(2023, 2, 28), due_day=31)
    assert dues(agreed) == [date(2023, 2, 28), date(2023, 3, 31), date(2023, 4, 30)]


def test_every_three_months_and_every_two_weeks() -> None:
    assert dues(terms(period_every=3), 2) == [date(2024, 4, 10), date(2024, 7, 10)]
    fortnightly = terms(period_unit=PeriodUnit.WEEKS, period_every=2)
    assert dues(fortnightly, 2) == [date(2024, 1, 24), date(2024, 2, 7)]


def test_grace_on_everything_only_moves_the_dates() -> None:
    agreed = terms(paid_out_on=date(2023, 1, 31), grace_all=2)
    assert agreed.accrues_from == date(2023, 3, 31)
    assert dues(agreed, 2) == [date(2023, 4, 30), date(2023, 5, 31)]
