"""Periods of grace in a level schedule."""

from loans.core.schedule import build_schedule
from marketplace.lib.interest import DayCount
from tests.loans.core.builders import terms


def test_grace_on_principal_leaves_the_rest_of_the_periods_to_repay() -> None:
    rows = build_schedule(terms(grace_principal=3))
    assert [row.total_minor for row in rows[:3]] == [12_000] * 3
    # PMT(1%, 9, -12000) = 1400.8843
    assert [row.total_minor for row in rows[3:6]] == [140_088] * 3
    assert rows[-1].closing_minor == 0


def test_grace_on_interest_puts_it_on_top_of_the_first_instalment_after() -> None:
    plain, graced = build_schedule(terms()), build_schedule(terms(grace_interest=2))
    held_back = plain[0].interest_minor + plain[1].interest_minor
    assert [row.interest_minor for row in graced[:2]] == [0, 0]
    assert graced[2].interest_minor == plain[2].interest_minor + held_back
    assert [row.principal_minor for row in graced] == [row.principal_minor for row in plain]


def test_grace_on_everything_moves_dates_and_no_amount() -> None:
    plain, graced = build_schedule(terms()), build_schedule(terms(grace_all=2))
    assert [row.total_minor for row in graced] == [row.total_minor for row in plain]
    assert [row.due_on for row in graced[:10]] == [row.due_on for row in plain[2:]]


def test_no_interest_is_made_in_a_grace_on_everything_even_by_days() -> None:
    (row, *_) = build_schedule(terms(grace_all=2, day_count=DayCount.ACTUAL_360))
    assert (row.days, row.interest_minor) == (31, 12_400)  # 10 March to 10 April
