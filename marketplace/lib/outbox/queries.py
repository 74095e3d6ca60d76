"""What staff see of the outbox."""

from django.db.models import QuerySet

from marketplace.lib.outbox.models import Event, EventState


def dead_letters() -> QuerySet[Event]:
    """Events given up on, oldest first."""
    return Event.objects.filter(state=EventState.DEAD).order_by("id")


def waiting_count() -> int:
    """How many events are not delivered yet."""
    return Event.objects.filter(state=EventState.PENDING).count()
