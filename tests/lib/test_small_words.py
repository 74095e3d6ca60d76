"""Actors and days."""

from datetime import UTC, date, datetime

import pytest
from django.utils import timezone

from marketplace.lib.actor import SYSTEM, Actor
from marketplace.lib.business_day import business_day


def test_an_actor_has_one_of_the_roles_or_not() -> None:
    lee = Actor(7, frozenset({"finance"}), "Lee")
    assert lee.has("auditor", "finance")
    assert not lee.has("auditor")
    assert not lee.has()


def test_the_system_has_no_user_and_none_of_the_roles_of_people() -> None:
    assert (SYSTEM.user_id, SYSTEM.roles) == (None, frozenset({"system"}))


@pytest.mark.parametrize(
    ("moment", "day"),
    [
        (datetime(2026, 3, 2, 15, 59, tzinfo=UTC), date(2026, 3, 2)),
        (datetime(2026, 3, 2, 16, 0, tzinfo=UTC), date(2026, 3, 3)),
        (datetime(2026, 12, 31, 20, 0, tzinfo=UTC), date(2027, 1, 1)),
    ],
)
def test_a_day_is_the_platforms_day_whatever_the_readers_zone(moment: datetime, day: date) -> None:
    with timezone.override("America/Los_Angeles"):
        assert business_day(moment) == day
