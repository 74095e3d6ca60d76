"""Rounds, bids and their decisions in the admin: to look at."""

from django.contrib import admin

from listings.rounds.models import Bid, Round, RoundMove
from marketplace.accounts.admin_site import ReadOnlyAdmin, ReadOnlyInline
from marketplace.accounts.permissions import Capability


class RoundMoveInline(ReadOnlyInline):
    """The history of a round."""

    capability = Capability.SEE_WORK_QUEUE
    model = RoundMove
    fields = ("from_state", "to_state", "by_label", "reason", "at")
    ordering = ("id",)


@admin.register(Round)
class RoundAdmin(ReadOnlyAdmin):
    """Every round, latest first."""

    capability = Capability.SEE_WORK_QUEUE
    list_display = ("id", "listing", "state", "is_flash", "funded", "target", "bid_count", "opens_at", "closes_at")
    list_filter = ("state", "is_flash")
    list_select_related = ("listing",)
    search_fields = ("=id", "=listing__id", "listing__title")
    ordering = ("-id",)
    inlines = (RoundMoveInline,)


@admin.register(Bid)
class BidAdmin(ReadOnlyAdmin):
    """Every decision in its order: why somebody got what they got."""

    capability = Capability.SEE_WORK_QUEUE
    list_display = ("id", "round_id", "sequence", "investor", "amount_minor", "accepted_minor", "code", "decided_at")
    list_filter = ("decision", "code")
    list_select_related = ("investor__user",)
    search_fields = ("=round__id", "=investor__id", "=client_id")
    ordering = ("-id",)
