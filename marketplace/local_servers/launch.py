"""Starting a server that listens on a port we choose."""

from collections.abc import Callable
from functools import partial

from .errors import ProcessFailed
from .process import Process
from .readiness import accepts_connections, free_port

ATTEMPTS = 3


def start_on_free_port(
    build: Callable[[int], Process], *, ready: Callable[[int], bool], preferred: int = 0
) -> tuple[Process, int]:
    """
    Build, start and await a server; again on another port when somebody was quicker to take ours.

    :param preferred: the port of the last time, 0 for any
    :raises LocalServerError: if the server does not get ready
    """
    for attempt in range(1, ATTEMPTS + 1):
        port = free_port(preferred)
        process = build(port)
        process.start()
        try:
            process.wait_until(partial(ready, port))
            return process, port
        except ProcessFailed:
            if attempt == ATTEMPTS or not accepts_connections(port):
                raise
        except BaseException:
            process.stop()
            raise
    raise AssertionError("the last attempt returns or raises")
