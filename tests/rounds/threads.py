"""Verbs at the same time, each in a thread with a database connection of its own."""

import time
from collections.abc import Callable
from concurrent.futures import Future, ThreadPoolExecutor
from threading import Barrier
from typing import TypeVar

from django.db import connection

T = TypeVar("T")


def at_once(*calls: Callable[[], T]) -> list[T]:
    """Results of calls that start together; the first exception of one is raised."""
    barrier = Barrier(len(calls))

    def run(call: Callable[[], T]) -> T:
        barrier.wait(timeout=10)
        return _and_hang_up(call)

    with ThreadPoolExecutor(len(calls)) as pool:
        return [future.result(timeout=30) for future in [pool.submit(run, call) for call in calls]]


def in_background(pool: ThreadPoolExecutor, call: Callable[[], T]) -> "Future[T]":
    """Start a call in a thread of the pool."""
    return pool.submit(_and_hang_up, call)


def wait_until_blocked(count: int = 1) -> None:
    """Wait until so many sessions of this database wait for a lock."""
    waiting = "SELECT count(*) FROM pg_stat_activity WHERE datname = current_database() AND wait_event_type = 'Lock'"
    deadline = time.monotonic() + 10
    while time.monotonic() < deadline:
        with connection.cursor() as cursor:
            cursor.execute(waiting)
            if cursor.fetchone()[0] >= count:
                return
        time.sleep(0.01)
    raise AssertionError(f"{count} session(s) should wait for a lock")


def _and_hang_up(call: Callable[[], T]) -> T:
    try:
        return call()
    finally:
        connection.close()
