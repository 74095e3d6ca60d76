"""Killing a worker, emptying Redis, or having no Redis at all loses nothing."""

import os
import signal
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from functools import partial
from pathlib import Path
from time import monotonic, sleep

import pytest
import redis
from django.db import connection, transaction

from marketplace.celery import app
from marketplace.lib.outbox import tasks
from marketplace.lib.outbox.models import Delivery, Event, EventState
from marketplace.local_servers import LocalServers
from tests.outbox.witness import AT, happened

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.faults]
PATIENCE_SECONDS = 40.0


@pytest.fixture(scope="module")
def own_redis() -> Iterator[str]:
    """A Redis that nobody else needs."""
    with pytest.MonkeyPatch.context() as patch:
        patch.delenv("REDIS_URL", raising=False)
        with LocalServers.for_one_run("outbox") as servers:
            yield servers.redis_url


Broker = Callable[[str], None]


@pytest.fixture
def nudges_go_to(monkeypatch: pytest.MonkeyPatch) -> Iterator[Broker]:
    """Let the nudges of this process go to another broker, by a connection of their own."""
    with ExitStack() as connections:

        def other(url: str) -> None:
            link = connections.enter_context(app.connection_for_write(url))
            send: Callable[..., object] = tasks.relay.apply_async
            monkeypatch.setattr(tasks.relay, "apply_async", partial(send, connection=link))

        yield other


@contextmanager
def worker(redis_url: str, **variables: str) -> Iterator[subprocess.Popen[bytes]]:
    """A real Celery worker on this test's database."""
    settings = connection.settings_dict
    database = f"postgresql://{settings['USER']}:{settings['PASSWORD']}@{settings['HOST']}:{settings['PORT']}"
    process = subprocess.Popen(
        [sys.executable, "-m", "celery", "-A", "tests.outbox.worker_app", "worker", "--pool", "solo", "-l", "WARNING"],
        env={**os.environ, "DATABASE_URL": f"{database}/{settings['NAME']}", "REDIS_URL": redis_url, **variables},
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        start_new_session=True,
    )
    try:
        yield process
    finally:
        process.kill()
        process.wait()


def eventually(true: Callable[[], bool]) -> None:
    """Wait until something is so, nudging now and then as the schedule does."""
    give_up = monotonic() + PATIENCE_SECONDS
    while not true():
        assert monotonic() < give_up, "it did not happen in time"
        sleep(0.1)


def slowly() -> Event:
    """Commit an event that the slow listener handles."""
    with transaction.atomic():
        return happened(name="test.slow")


def effects() -> int:
    """How often the slow listener's work is in the database."""
    return Event.objects.filter(name="test.effect").count()


def test_a_worker_killed_in_the_middle_leaves_its_event_to_the_next(
    own_redis: str, nudges_go_to: Broker, tmp_path: Path
) -> None:
    nudges_go_to(own_redis)
    flag = tmp_path / "in the middle"
    with worker(own_redis, WITNESS_FLAG=str(flag), WITNESS_SECONDS="600") as first:
        event = slowly()
        eventually(flag.exists)
        first.send_signal(signal.SIGKILL)
        first.wait()
    assert (effects(), Delivery.objects.count()) == (0, 0)
    with worker(own_redis):

        def delivered() -> bool:
            tasks.nudge()  # as the schedule does every second
            event.refresh_from_db()
            return event.state == EventState.DELIVERED

        eventually(delivered)
    assert (effects(), event.deliveries.count()) == (1, 1)


def test_an_emptied_redis_forgets_the_nudge_but_not_the_event(own_redis: str, nudges_go_to: Broker) -> None:
    nudges_go_to(own_redis)
    event = slowly()
    with redis.Redis.from_url(own_redis) as client:
        assert client.llen("celery") == 1
        client.flushall()
        assert client.llen("celery") == 0
    tasks.relay()
    event.refresh_from_db()
    assert (event.state, effects()) == (EventState.DELIVERED, 1)


def test_without_redis_the_verb_succeeds_and_the_schedule_delivers(
    nudges_go_to: Broker, caplog: pytest.LogCaptureFixture
) -> None:
    nudges_go_to("redis://127.0.0.1:1/0")
    started = monotonic()
    event = slowly()
    assert monotonic() - started < 3
    assert "no broker to nudge the relay" in caplog.text
    tasks.relay()
    event.refresh_from_db()
    assert (event.state, effects(), event.occurred_at) == (EventState.DELIVERED, 1, AT)
    assert event.deliveries.get().listener == "tests.outbox.witness.slow_listener"
