"""Listeners that leave traces, for tests in this process and in workers that are killed."""

import os
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path
from time import sleep

from marketplace.lib.outbox.listeners import listens_to
from marketplace.lib.outbox.models import Event
from marketplace.lib.outbox.operations import record

AT = datetime(2026, 3, 2, 2, 0, tzinfo=UTC)


def happened(aggregate: str = "thing:1", *, name: str = "test.happened", **payload: object) -> Event:
    """Record an event; the caller has a transaction."""
    return record(name=name, aggregate=aggregate, payload=payload, at=AT)


class Memory:
    """A listener that remembers what it heard, and fails while `trouble` says so."""

    __module__ = "tests.outbox.witness"

    def __init__(self, name: str = "memory", trouble: Callable[[Event], bool] = lambda _event: False) -> None:
        self.__qualname__ = name
        self.heard: list[tuple[str, object]] = []
        self._trouble = trouble

    def __call__(self, event: Event) -> None:
        """Write a trace in the database, then fail or remember."""
        record(name="test.trace", aggregate=f"trace:{event.pk}", payload={}, at=AT)
        if self._trouble(event):
            raise OSError(f"no luck with {event.aggregate}")
        self.heard.append((event.aggregate, event.payload.get("n")))


@listens_to("test.slow")
def slow_listener(event: Event) -> None:
    """Write an effect, tell the parent, then take as long as it said."""
    record(name="test.effect", aggregate=event.aggregate, payload={}, at=AT)
    if flag := os.environ.get("WITNESS_FLAG"):
        Path(flag).touch()
        sleep(float(os.environ["WITNESS_SECONDS"]))
