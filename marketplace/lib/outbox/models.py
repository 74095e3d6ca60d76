"""Domain events, written in the transaction of what happened and relayed afterwards."""

from django.db import models
from django.db.models import Q
from django.db.models.functions import Now
from django.utils.translation import gettext_lazy as _

from marketplace.lib.append_only import AppendOnlyModel


class EventState(models.TextChoices):
    PENDING = "pending", _("Waiting to be delivered")
    DELIVERED = "delivered", _("Delivered to everybody who listens")
    DEAD = "dead", _("Given up after repeated failures; staff decide")
    DISCARDED = "discarded", _("Set aside by staff")


class Event(models.Model):
    """
    Something happened to one aggregate, such as `listing:42`.

    Events of one aggregate are delivered in id order: a failing or dead one holds back those behind it.
    """

    name = models.CharField(max_length=48)
    aggregate = models.CharField(max_length=48)
    payload = models.JSONField(default=dict)
    state = models.CharField(max_length=12, choices=EventState.choices, default=EventState.PENDING)
    occurred_at = models.DateTimeField()
    written_at = models.DateTimeField(db_default=Now())
    attempts = models.IntegerField(default=0)
    next_attempt_at = models.DateTimeField(db_default=Now())
    delivered_at = models.DateTimeField(null=True)
    last_error = models.TextField(blank=True)

    class Meta:
        verbose_name = _("event")
        indexes = [
            models.Index(
                fields=["aggregate", "id"], condition=Q(state__in=["pending", "dead"]), name="events_not_done"
            ),
            # What the relay claims from: without it every claim would walk past all events ever delivered.
            models.Index(fields=["id"], condition=Q(state="pending"), name="events_to_deliver"),
        ]

    def __str__(self) -> str:
        return f"{self.name} {self.aggregate}"


class EventDecision(AppendOnlyModel):
    """What staff decided about a dead event: retried (pending again) or discarded, by whom, and what had failed."""

    event = models.ForeignKey(Event, on_delete=models.PROTECT, related_name="decisions")
    to_state = models.CharField(max_length=12, choices=EventState.choices)
    last_error = models.TextField(blank=True)
    actor_id = models.BigIntegerField(null=True)
    actor_label = models.CharField(max_length=120)
    at = models.DateTimeField()


class Delivery(models.Model):
    """One listener has handled one event: written in the transaction of what the listener did."""

    event = models.ForeignKey(Event, on_delete=models.CASCADE, related_name="deliveries")
    listener = models.CharField(max_length=100)
    at = models.DateTimeField(db_default=Now())

    class Meta:
        constraints = [models.UniqueConstraint(fields=["event", "listener"], name="a_listener_handles_an_event_once")]
