"""Rounds open and close on time; what is missed is repaired on a schedule."""

from datetime import datetime
from typing import Any

from celery import Task, shared_task
from django.utils import timezone

from listings.rounds import operations
from listings.rounds.models import Round
from marketplace.lib.outbox.listeners import listens_to
from marketplace.lib.outbox.models import Event


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
    """Move the rounds whose own task was lost or late."""
    return operations.repair_rounds(at=timezone.now())


@listens_to("round.scheduled")
def book_opening_and_closing(event: Event) -> None:
    """Set the two alarms of a round. They may be lost with the broker: `repair` looks after them."""
    found = Round.objects.get(pk=event.payload["round_id"])
    _at(found.opens_at, open_round, found.pk)
    _at(found.closes_at, close_round, found.pk)


def _at(moment: datetime, task: "Task[Any, Any]", round_id: int) -> None:
    task.apply_async(kwargs={"round_id": round_id}, eta=moment)
