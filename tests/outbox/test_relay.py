"""Events reach their listeners once each and in order."""

from collections import defaultdict
from datetime import timedelta

import pytest
from django.utils import timezone

from marketplace.lib.outbox import tasks
from marketplace.lib.outbox.models import Delivery, Event, EventState
from marketplace.lib.outbox.operations import relay
from marketplace.lib.outbox.queries import waiting_count
from tests.outbox.conftest import Listen
from tests.outbox.witness import AT, Memory, happened

pytestmark = pytest.mark.django_db


def test_an_event_is_delivered_once_to_each_listener(listen: Listen) -> None:
    one, two = Memory("one"), Memory("two")
    listen(one, two)
    event = happened(n=1)
    assert [relay(at=AT, limit=1), relay(at=AT, limit=1)] == [1, 1]  # the second was the trace of the first
    event.refresh_from_db()
    assert (event.state, event.delivered_at) == (EventState.DELIVERED, AT)
    assert one.heard == two.heard == [("thing:1", 1)]
    assert Delivery.objects.filter(event=event).count() == 2


def test_an_event_nobody_listens_to_is_done() -> None:
    happened(name="test.unheard")
    assert relay(at=AT) == 1
    assert waiting_count() == 0


def test_events_of_one_thing_come_in_their_order(listen: Listen) -> None:
    memory = listen(Memory())
    for n in range(5):
        happened("thing:1", n=n)
        happened("thing:2", n=n)
    relay(at=AT)
    assert [n for thing, n in memory.heard if thing == "thing:1"] == [0, 1, 2, 3, 4]
    assert [n for thing, n in memory.heard if thing == "thing:2"] == [0, 1, 2, 3, 4]


def test_a_relay_stops_at_its_limit(listen: Listen) -> None:
    memory = listen(Memory())
    for n in range(5):
        happened(f"thing:{n}", n=n)
    assert relay(at=AT, limit=3) == 3
    assert len(memory.heard) == 3


def test_nothing_waiting_is_nothing_delivered() -> None:
    assert relay(at=AT) == 0


def test_an_event_from_another_time_is_delivered_at_once(listen: Listen) -> None:
    memory = listen(Memory())
    happened(n=1)
    assert relay(at=AT - timedelta(days=400)) == 2
    assert memory.heard == [("thing:1", 1)]


def test_the_task_relays_with_the_clock_of_the_wall(listen: Listen) -> None:
    memory = listen(Memory())
    event = happened(n=1)
    before = timezone.now()
    tasks.relay()
    event.refresh_from_db()
    assert event.delivered_at is not None
    assert before <= event.delivered_at <= timezone.now()
    assert memory.heard == [("thing:1", 1)]


def test_a_listener_registers_once_for_each_name(monkeypatch: pytest.MonkeyPatch) -> None:
    from marketplace.lib.outbox import listeners

    monkeypatch.setattr(listeners, "_listeners", defaultdict(list))
    memory = Memory()
    for _ in range(2):
        listeners.listens_to("test.a", "test.b")(memory)
    assert listeners.listeners_of("test.a") == listeners.listeners_of("test.b") == [memory]
    assert listeners.listeners_of("test.c") == []


def test_traces_count_as_events_of_their_own(listen: Listen) -> None:
    listen(Memory())
    happened(n=1)
    assert relay(at=AT) == 2
    assert set(Event.objects.values_list("state", flat=True)) == {EventState.DELIVERED}
