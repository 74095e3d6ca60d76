"""Events in the admin, with the decisions that operations take about dead ones."""

from collections.abc import Callable
from datetime import datetime
from typing import cast

from django.contrib import admin, messages
from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from marketplace.accounts.admin_site import ReadOnlyAdmin, ReadOnlyInline
from marketplace.accounts.permissions import Capability
from marketplace.accounts.requests import UserRequest
from marketplace.lib.outbox.models import Delivery, Event, EventDecision
from marketplace.lib.outbox.operations import NotDead, discard_dead, retry_dead


class DeliveryInline(ReadOnlyInline):
    """Who has handled the event."""

    capability = Capability.SEE_EVENTS
    model = Delivery
    fields = ("listener", "at")


class DecisionInline(ReadOnlyInline):
    """What staff decided about it."""

    capability = Capability.SEE_EVENTS
    model = EventDecision
    fields = ("to_state", "actor_label", "last_error", "at")


@admin.register(Event)
class EventAdmin(ReadOnlyAdmin):
    """The outbox, latest first."""

    capability = Capability.SEE_EVENTS
    list_display = ("id", "name", "aggregate", "state", "attempts", "occurred_at", "delivered_at")
    list_filter = ("state", "name")
    search_fields = ("=aggregate",)
    ordering = ("-id",)
    inlines = (DeliveryInline, DecisionInline)
    actions = ("retry", "discard")

    def has_retry_permission(self, request: HttpRequest) -> bool:
        """Say whether the reader decides about dead events. A superuser without the role does not."""
        return cast(UserRequest, request).user.may(Capability.RETRY_EVENT)

    @admin.action(description=_("Deliver again"), permissions=["retry"])
    def retry(self, request: HttpRequest, events: QuerySet[Event]) -> None:
        """Give dead events a fresh set of attempts."""
        self._decide(request, events, retry_dead)

    @admin.action(description=_("Discard"), permissions=["retry"])
    def discard(self, request: HttpRequest, events: QuerySet[Event]) -> None:
        """Set dead events aside."""
        self._decide(request, events, discard_dead)

    def _decide(self, request: HttpRequest, events: QuerySet[Event], decide: Callable[..., None]) -> None:
        now: datetime = timezone.now()
        for event in events.order_by("pk"):
            try:
                decide(event_id=event.pk, by=cast(UserRequest, request).actor, at=now)
            except NotDead as refusal:
                self.message_user(request, f"{event}: {refusal.text}", messages.WARNING)
            else:
                self.message_user(request, f"{event}: {_('done')}", messages.SUCCESS)
