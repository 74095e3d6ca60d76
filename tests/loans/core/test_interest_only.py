"""Interest each period, principal at the end."""

from loans.core.schedule import build_schedule
from marketplace.lib.interest import DayCount
from tests.loans.core.builders import terms


def test_each_period_pays_its_interest_and_the_last_the_principal() -> None:
    rows = build_schedule(terms(method="interest_only"))
    assert {row.interest_minor for row in rows} == {12_000}
    assert [row.principal_minor for row in rows] == [0] * 11 + [1_200_000]


def test_interest_follows_the_days_when_they_are_counted() -> None:
    rows = build_schedule(terms(method="interest_only", periods=3, day_count=DayCount.ACTUAL_360))
    assert [row.interest_minor for row in rows] == [12_400, 11_600, 12_400]


def test_interest_held_back_is_paid_after_the_grace() -> None:
    rows = build_schedule(terms(method="interest_only", periods=4, grace_interest=2))
    assert [row.interest_minor for row in rows] == [0, 0, 36_000, 12_000]
