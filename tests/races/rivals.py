"""Rivals in threads of their own, each with its own database connection."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier
from time import monotonic, sleep
from typing import Any

from django.db import connection, transaction

Verb = Callable[[], object]
#: Longer than any step here takes; a test that waits this long has failed.
PATIENCE_SECONDS = 20.0


def at_once(*verbs: Verb) -> list[Any]:
    """Start all verbs at the same moment; what each returned or raised, in their order."""
    start = Barrier(len(verbs))

    def run(verb: Verb) -> object:
        start.wait(PATIENCE_SECONDS)
        return _outcome(verb)

    with ThreadPoolExecutor(len(verbs)) as pool:
        return list(pool.map(run, verbs))


def while_held(ours: Verb, verb: Verb, *, meanwhile: Verb = lambda: None) -> Any:
    """
    Do `ours` in a transaction that is committed only once a rival's verb waits for it, and `meanwhile` after that.

    What the rival's verb then returned or raised.
    """
    with ThreadPoolExecutor(1) as pool:
        with transaction.atomic():
            ours()
            rival = pool.submit(_outcome, verb)
            wait_until_blocked()
            meanwhile()
        return rival.result(PATIENCE_SECONDS)


def wait_until_blocked() -> None:
    """Return once another session waits for a lock that this one holds."""
    give_up = monotonic() + PATIENCE_SECONDS
    while monotonic() < give_up:
        with connection.cursor() as cursor:
            cursor.execute("SELECT count(*) FROM pg_locks WHERE pg_backend_pid() = ANY (pg_blocking_pids(pid))")
            if cursor.fetchone()[0]:
                return
        sleep(0.01)
    raise AssertionError("nobody waits for us")


def _outcome(verb: Verb) -> object:
    try:
        return verb()
    except Exception as error:
        return error
    finally:
        connection.close()
