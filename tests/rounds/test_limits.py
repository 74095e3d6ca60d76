"""How often one client may speak."""

import pytest

from listings.rounds.web import limits
from listings.rounds.web.limits import Bucket, Buckets


class Clock:
    """Stands still until a test moves it."""

    seconds = 0.0

    def __call__(self) -> float:
        return self.seconds


@pytest.fixture
def clock(monkeypatch: pytest.MonkeyPatch) -> Clock:
    stopped = Clock()
    monkeypatch.setattr(limits, "monotonic", stopped)
    return stopped


def test_a_burst_then_the_average(clock: Clock) -> None:
    bucket = Bucket(per_second=2, burst=3)
    assert [bucket.take() for _ in range(4)] == [True, True, True, False]
    clock.seconds = 0.5
    assert [bucket.take() for _ in range(2)] == [True, False]


def test_a_rest_fills_no_more_than_the_burst(clock: Clock) -> None:
    bucket = Bucket(per_second=2, burst=3)
    clock.seconds = 1_000
    assert [bucket.take() for _ in range(4)] == [True, True, True, False]


def test_each_investor_has_one_bucket(clock: Clock) -> None:
    buckets = Buckets(per_second=1, burst=1)
    assert [buckets.take(1), buckets.take(1), buckets.take(2)] == [True, False, True]


def test_full_buckets_are_forgotten_when_there_are_many(clock: Clock) -> None:
    buckets = Buckets(per_second=1, burst=1, many=3)
    for investor_id in (1, 2):
        buckets.take(investor_id)
    clock.seconds = 1
    buckets.take(2)
    for investor_id in (3, 4):
        buckets.take(investor_id)
    assert len(buckets) == 3
    assert buckets.take(2) is False
