"""Who listens to which event. Upper houses register in their `tasks.py`; nothing is called upwards."""

from collections import defaultdict
from collections.abc import Callable
from typing import TypeVar

from marketplace.lib.outbox.models import Event

Listener = Callable[[Event], None]
L = TypeVar("L", bound=Listener)

_listeners: dict[str, list[Listener]] = defaultdict(list)


def listens_to(*names: str) -> Callable[[L], L]:
    """
    Register a listener for events.

    It runs inside a transaction of its own with the delivery row: database effects happen exactly once, effects
    outside the database at least once.
    """

    def register(listener: L) -> L:
        for name in names:
            if listener not in _listeners[name]:
                _listeners[name].append(listener)
        return listener

    return register


def listeners_of(name: str) -> list[Listener]:
    """The listeners of an event, in the order of registration."""
    return list(_listeners[name])


def listener_name(listener: Listener) -> str:
    """The name a delivery is stored under."""
    return f"{listener.__module__}.{listener.__qualname__}"
