"""Recording events, relaying them, and what staff do with dead ones."""

import json
import logging
from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Any

from django.db import connection, transaction
from django.utils.translation import gettext_lazy as _

from marketplace.lib.actor import Actor
from marketplace.lib.errors import Refused
from marketplace.lib.outbox.listeners import Listener, listener_name, listeners_of
from marketplace.lib.outbox.models import Delivery, Event, EventDecision, EventState
from marketplace.lib.transactions import needs_transaction, owns_transaction

logger = logging.getLogger(__name__)

MOST_ATTEMPTS = 8
#: Seconds before the second attempt; doubled for each one after it.
FIRST_BACK_OFF_SECONDS = 2


class NotDead(Refused):
    """Only a dead event can be retried or discarded by hand."""

    code = "event_not_dead"
    message = _("This event is not waiting for a decision.")


@needs_transaction
def record(*, name: str, aggregate: str, payload: dict[str, Any], at: datetime) -> Event:
    """
    Write an event in the caller's transaction and nudge the relay once it is committed.

    The order within an aggregate is the order of ids: record while you hold the aggregate's lock.
    """
    event = Event.objects.create(name=name, aggregate=aggregate, payload=payload, occurred_at=at)
    transaction.on_commit(_nudge, robust=True)
    return event


RECORD_MANY = """
INSERT INTO outbox_event (name, aggregate, payload, state, occurred_at, attempts, last_error)
SELECT %s, t.aggregate, t.payload::jsonb, %s, %s, 0, '' FROM unnest(%s::text[], %s::text[]) AS t (aggregate, payload)
"""


@needs_transaction
def record_many(*, name: str, payloads: Mapping[str, dict[str, Any]], at: datetime) -> None:
    """Write the same event for many aggregates (the keys of `payloads`) with one insert and one nudge."""
    aggregates = list(payloads)
    with connection.cursor() as cursor:
        cursor.execute(
            RECORD_MANY, [name, EventState.PENDING, at, aggregates, [json.dumps(payloads[a]) for a in aggregates]]
        )
    transaction.on_commit(_nudge, robust=True)


def relay(*, at: datetime, limit: int = 200) -> int:
    """
    Deliver waiting events, each aggregate in order; the number delivered.

    Safe to run anywhere at any time, many at once: each event is claimed with its row lock.
    """
    delivered = 0
    while delivered < limit and (outcome := _relay_one(at=at)) is not None:
        delivered += outcome
    return delivered


def _relay_one(*, at: datetime) -> int | None:
    """Deliver the next event: 1 if it went through, 0 if it failed, None if there is none."""
    with transaction.atomic(durable=True):
        event = _claim(at=at)
        if event is None:
            return None
        for listener in listeners_of(event.name):
            try:
                with transaction.atomic():
                    _deliver(event, listener)
            except Exception as error:
                logger.exception("event %s failed in %s", event.pk, listener_name(listener))
                _note_failure(event, error, at=at)
                return 0
        event.state = EventState.DELIVERED
        event.delivered_at = at
        event.save(update_fields=["state", "delivered_at"])
    return 1


# An event that was never tried is due at once, whatever the clock of the verb that recorded it said.
CLAIM = """
SELECT e.* FROM outbox_event e
 WHERE e.state = 'pending' AND (e.attempts = 0 OR e.next_attempt_at <= %s)
   AND NOT EXISTS (SELECT FROM outbox_event f
                    WHERE f.aggregate = e.aggregate AND f.id < e.id AND f.state IN ('pending', 'dead'))
 ORDER BY e.id LIMIT 1 FOR NO KEY UPDATE OF e SKIP LOCKED
"""


def _claim(*, at: datetime) -> Event | None:
    """Lock the oldest due event that is the head of its aggregate and that nobody else works on."""
    return next(iter(Event.objects.raw(CLAIM, [at])), None)


def _deliver(event: Event, listener: Listener) -> None:
    _row, is_new = Delivery.objects.get_or_create(event=event, listener=listener_name(listener))
    if is_new:
        listener(event)


def _note_failure(event: Event, error: Exception, *, at: datetime) -> None:
    event.attempts += 1
    event.last_error = f"{type(error).__name__}: {error}"[:2000]
    if event.attempts >= MOST_ATTEMPTS:
        event.state = EventState.DEAD
    event.next_attempt_at = at + timedelta(seconds=FIRST_BACK_OFF_SECONDS * 2 ** (event.attempts - 1))
    event.save(update_fields=["attempts", "last_error", "state", "next_attempt_at"])


@owns_transaction
def retry_dead(*, event_id: int, by: Actor, at: datetime) -> None:
    """
    Give a dead event a fresh set of attempts.

    :raises NotDead: if it is not dead
    """
    event = _dead(event_id)
    event.attempts = 0
    _decide(event, EventState.PENDING, by=by, at=at)


@owns_transaction
def discard_dead(*, event_id: int, by: Actor, at: datetime) -> None:
    """
    Set a dead event aside, so that those behind it move on.

    :raises NotDead: if it is not dead
    """
    _decide(_dead(event_id), EventState.DISCARDED, by=by, at=at)


def _dead(event_id: int) -> Event:
    event = Event.objects.select_for_update(no_key=True).filter(pk=event_id, state=EventState.DEAD).first()
    if event is None:
        raise NotDead
    return event


def _decide(event: Event, to: EventState, *, by: Actor, at: datetime) -> None:
    EventDecision.objects.create(
        event=event, to_state=to, last_error=event.last_error, actor_id=by.user_id, actor_label=by.label, at=at
    )
    event.state = to
    event.save(update_fields=["state", "attempts"])
    transaction.on_commit(_nudge, robust=True)


def _nudge() -> None:
    """Ask a worker to relay now. Only a hint: a lost one is made up for by the schedule."""
    from marketplace.lib.outbox.tasks import nudge

    nudge()
