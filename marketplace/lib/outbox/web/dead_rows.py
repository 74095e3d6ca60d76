"""Dead events as staff see them, each with what waits behind it."""

from django.db.models import Count, IntegerField, OuterRef, QuerySet, Subquery
from django.db.models.functions import Coalesce
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from marketplace.lib.outbox.models import Event, EventDecision, EventState
from marketplace.lib.outbox.queries import dead_letters
from marketplace.lib.web.parts import TimelineEntry

DECISIONS_SHOWN = 10
#: What staff decided, in words, and its colour.
DECIDED = {EventState.PENDING: (_("Delivered again"), "waiting"), EventState.DISCARDED: (_("Set aside"), "ended")}


def dead_with_followers() -> QuerySet[Event]:
    """Dead events, oldest first, with `behind`: how many events of the same aggregate wait for a decision on it."""
    followers = Event.objects.filter(aggregate=OuterRef("aggregate"), pk__gt=OuterRef("pk"), state=EventState.PENDING)
    counted = followers.order_by().values("aggregate").annotate(number=Count("pk")).values("number")
    return dead_letters().annotate(behind=Coalesce(Subquery(counted, output_field=IntegerField()), 0))


def facts_of(event: Event) -> list[tuple[object, object]]:
    """What a decision about an event of `dead_with_followers` touches."""
    return [
        (_("Event"), event.name),
        (_("Of"), event.aggregate),
        (_("Happened"), event.occurred_at),
        (_("Attempts"), event.attempts),
        (_("Last error"), event.last_error),
        (_("Events that wait behind it"), event.behind),  # type: ignore[attr-defined]
    ]


def latest_decisions() -> list[TimelineEntry]:
    """What staff decided lately, newest first, with the error they decided on."""
    decisions = EventDecision.objects.select_related("event").order_by("-pk")[:DECISIONS_SHOWN]
    return [_entry(decision) for decision in decisions]


def _entry(decision: EventDecision) -> TimelineEntry:
    words, family = DECIDED[EventState(decision.to_state)]
    return TimelineEntry(
        title=format_lazy("{}: {}", words, str(decision.event)),
        at=decision.at,
        by=decision.actor_label,
        note=decision.last_error,
        family=family,
    )
