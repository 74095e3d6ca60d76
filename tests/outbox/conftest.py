"""Listening in for the time of a test."""

from collections.abc import Callable

import pytest

from marketplace.lib.outbox import listeners
from tests.outbox.witness import Memory

Listen = Callable[..., Memory]


@pytest.fixture
def listen(monkeypatch: pytest.MonkeyPatch) -> Listen:
    """Register listeners for `test.happened`."""

    def register(*memories: Memory) -> Memory:
        monkeypatch.setitem(listeners._listeners, "test.happened", list(memories))
        return memories[0]

    return register
