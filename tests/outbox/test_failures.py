"""A listener that fails: tried again later and later, then left to staff; nobody else waits."""

from datetime import timedelta

import pytest

from marketplace.lib.actor import Actor
from marketplace.lib.outbox.models import Delivery, Event, EventDecision, EventState
from marketplace.lib.outbox.operations import MOST_ATTEMPTS, NotDead, discard_dead, relay, retry_dead
from marketplace.lib.outbox.queries import dead_letters
from tests.outbox.conftest import Listen
from tests.outbox.witness import AT, Memory, happened

pytestmark = pytest.mark.django_db
OPAL = Actor(user_id=9, roles=frozenset({"operations"}), label="Opal")


def fails(_event: Event) -> bool:
    """Always in trouble."""
    return True


def give_up_on(event: Event) -> Event:
    """Relay until the event is dead."""
    at = AT
    for _ in range(MOST_ATTEMPTS):
        relay(at=at)
        event.refresh_from_db()
        at = event.next_attempt_at
    return event


def test_a_failing_listener_leaves_nothing_of_what_it_wrote(listen: Listen) -> None:
    listen(Memory(trouble=fails))
    event = happened()
    assert relay(at=AT) == 0
    event.refresh_from_db()
    assert (event.state, event.attempts) == (EventState.PENDING, 1)
    assert event.last_error == "OSError: no luck with thing:1"
    assert not Event.objects.filter(name="test.trace").exists()
    assert not Delivery.objects.exists()


def test_each_attempt_waits_twice_as_long_as_the_one_before(listen: Listen) -> None:
    listen(Memory(trouble=fails))
    event, at, waits = happened(), AT, []
    for _ in range(MOST_ATTEMPTS - 1):
        relay(at=at)
        event.refresh_from_db()
        waits.append((event.next_attempt_at - at).total_seconds())
        assert relay(at=event.next_attempt_at - timedelta(seconds=1)) == 0
        event.refresh_from_db()
        at = event.next_attempt_at
    assert waits == [2, 4, 8, 16, 32, 64, 128]
    assert event.attempts == MOST_ATTEMPTS - 1


def test_a_failing_event_holds_back_its_own_thing_only(listen: Listen) -> None:
    memory = listen(Memory(trouble=lambda event: event.payload["n"] == 0))
    for thing, n in (("thing:1", 0), ("thing:1", 1), ("thing:2", 1), ("thing:2", 2)):
        happened(thing, n=n)
    relay(at=AT)
    assert memory.heard == [("thing:2", 1), ("thing:2", 2)]


def test_those_held_back_follow_in_order_once_it_succeeds(listen: Listen) -> None:
    listen(Memory(trouble=fails))
    happened(n=0), happened(n=1)
    relay(at=AT)
    memory = listen(Memory())
    relay(at=AT + timedelta(seconds=2))
    assert memory.heard == [("thing:1", 0), ("thing:1", 1)]


def test_a_listener_that_succeeded_is_not_asked_again(listen: Listen) -> None:
    sound, broken = Memory("sound"), Memory("broken", trouble=fails)
    listen(sound, broken)
    event = happened(n=1)
    give_up_on(event)
    assert len(sound.heard) == 1
    assert [d.listener for d in event.deliveries.all()] == ["tests.outbox.witness.sound"]


def test_after_eight_attempts_it_is_given_up_and_shown_to_staff(listen: Listen) -> None:
    listen(Memory(trouble=fails))
    event = give_up_on(happened())
    assert (event.state, event.attempts) == (EventState.DEAD, 8)
    assert relay(at=AT + timedelta(days=9)) == 0
    assert list(dead_letters()) == [event]


def test_a_dead_event_still_holds_back_those_behind_it(listen: Listen) -> None:
    memory = listen(Memory(trouble=lambda event: event.payload["n"] == 0))
    dead = happened(n=0)
    happened(n=1)
    give_up_on(dead)
    assert memory.heard == []


def test_staff_retry_a_dead_event(listen: Listen) -> None:
    listen(Memory(trouble=fails))
    event = give_up_on(happened(n=0))
    memory = listen(Memory())
    retry_dead(event_id=event.pk, by=OPAL, at=AT)
    relay(at=AT)
    assert memory.heard == [("thing:1", 0)]
    decided = EventDecision.objects.get()
    assert (decided.event, decided.to_state, decided.actor_id, decided.actor_label) == (event, "pending", 9, "Opal")
    assert decided.last_error == "OSError: no luck with thing:1"


def test_staff_discard_a_dead_event_and_the_next_moves_on(listen: Listen) -> None:
    memory = listen(Memory(trouble=lambda event: event.payload["n"] == 0))
    event = happened(n=0)
    happened(n=1)
    give_up_on(event)
    discard_dead(event_id=event.pk, by=OPAL, at=AT)
    relay(at=AT)
    event.refresh_from_db()
    assert event.state == EventState.DISCARDED
    assert memory.heard == [("thing:1", 1)]
    assert EventDecision.objects.get().to_state == EventState.DISCARDED


@pytest.mark.parametrize("decide", [retry_dead, discard_dead])
def test_only_a_dead_event_waits_for_a_decision(decide: object) -> None:
    event = happened()
    with pytest.raises(NotDead):
        decide(event_id=event.pk, by=OPAL, at=AT)  # type: ignore[operator]
    with pytest.raises(NotDead):
        decide(event_id=404, by=OPAL, at=AT)  # type: ignore[operator]
    event.refresh_from_db()
    assert event.state == EventState.PENDING
    assert not EventDecision.objects.exists()
