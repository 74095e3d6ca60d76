"""Rounds open and close on time; what is missed is repaired on a schedule."""

from datetime import datetime, timedelta
from typing import Any

from celery import Task, shared_task
from django.utils import timezone

from listings.rounds import operations
from listings.rounds.models import Round
from listings.rounds.queries import moments_between
from marketplace.lib.outbox.listeners import listens_to
from marketplace.lib.outbox.models import Event

#: The broker hands out again what no worker has finished within an hour, alarms that wait for their time included.
LONGEST_ALARM = timedelta(minutes=30)
#: How far ahead `repair` sets the alarms of the others; longer than the time between two of its runs.
AHEAD = timedelta(seconds=5)


@shared_task(name="rounds.open")
def open_round(*, round_id: int) -> bool:
    """Open one round at its second."""
    return operations.open_round(round_id=round_id, at=timezone.now())


@shared_task(name="rounds.close")
def close_round(*, round_id: int) -> str:
    """Close one round at its second."""
    return operations.close_round(round_id=round_id, at=timezone.now())


@shared_task(name="rounds.repair")
def repair() -> int:
    """Move the rounds whose own task was lost or late, and set the alarms of those whose time is near."""
    now = timezone.now()
    moved = operations.repair_rounds(at=now)
    for found in moments_between(now, now + AHEAD):
        _set_alarms(found, within=AHEAD)
    return moved


@listens_to("round.scheduled")
def book_opening_and_closing(event: Event) -> None:
    """Set the alarms of a round that are near. They may be lost with the broker: `repair` looks after them."""
    _set_alarms(Round.objects.get(pk=event.payload["round_id"]), within=LONGEST_ALARM)


def _set_alarms(found: Round, *, within: timedelta) -> None:
    """Once more than needed does no harm: opening and closing twice is doing it once."""
    latest = timezone.now() + within
    _at(found.opens_at, open_round, found.pk, latest=latest)
    _at(found.closes_at, close_round, found.pk, latest=latest)


def _at(moment: datetime, task: "Task[Any, Any]", round_id: int, *, latest: datetime) -> None:
    if moment <= latest:
        task.apply_async(kwargs={"round_id": round_id}, eta=moment)
