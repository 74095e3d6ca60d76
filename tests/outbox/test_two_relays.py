"""Relays running at once share the work and never do it twice."""

from functools import partial
from time import sleep

import pytest
from django.db import transaction

from marketplace.lib.outbox.models import Event, EventState
from marketplace.lib.outbox.operations import relay
from tests.outbox.conftest import Listen
from tests.outbox.witness import AT, Memory, happened
from tests.races.rivals import at_once

pytestmark = pytest.mark.django_db(transaction=True)


def dawdle(_event: Event) -> bool:
    """Long enough for the other relay to come by."""
    sleep(0.01)
    return False


def test_one_event_is_delivered_once(listen: Listen) -> None:
    memory = listen(Memory(trouble=dawdle))
    with transaction.atomic():
        happened(n=1)
    delivered = at_once(*[partial(relay, at=AT)] * 4)
    assert sum(delivered) == 2  # the event and the trace of its listener
    assert memory.heard == [("thing:1", 1)]


def test_every_event_is_delivered_once_and_each_thing_keeps_its_order(listen: Listen) -> None:
    memory = listen(Memory(trouble=dawdle))
    with transaction.atomic():
        for n in range(6):
            for thing in range(4):
                happened(f"thing:{thing}", n=n)
    at_once(*[partial(relay, at=AT)] * 3)
    relay(at=AT)  # a relay ends when others hold every head; the schedule starts the next
    assert len(memory.heard) == 24
    for thing in range(4):
        assert [n for name, n in memory.heard if name == f"thing:{thing}"] == [0, 1, 2, 3, 4, 5]
    assert set(Event.objects.values_list("state", flat=True)) == {EventState.DELIVERED}


def test_a_relay_does_not_wait_for_an_event_that_another_works_on(listen: Listen) -> None:
    memory = listen(Memory())
    with transaction.atomic():
        busy = happened("thing:1", n=1)
        happened("thing:1", n=2)
        happened("thing:2", n=3)
    with transaction.atomic():
        Event.objects.select_for_update(no_key=True).get(pk=busy.pk)
        at_once(partial(relay, at=AT))
    assert memory.heard == [("thing:2", 3)]
