"""Listings and their history in the admin: to look at. Moves are made on the staff's own pages."""

from typing import cast

from django.contrib import admin
from django.db.models import QuerySet
from django.http import HttpRequest

from listings.models import Listing, Move
from listings.queries import visible_to
from marketplace.accounts.admin_site import ReadOnlyAdmin, ReadOnlyInline
from marketplace.accounts.permissions import Capability
from marketplace.accounts.requests import PageRequest


class MoveInline(ReadOnlyInline):
    """The history of a listing."""

    capability = Capability.SEE_WORK_QUEUE
    model = Move
    fields = ("name", "from_state", "to_state", "by_label", "reason", "at")
    ordering = ("id",)


@admin.register(Listing)
class ListingAdmin(ReadOnlyAdmin):
    """Every listing but drafts, which are their borrowers' own."""

    capability = Capability.SEE_WORK_QUEUE
    list_display = ("reference", "title", "borrower", "principal", "annual_rate_bps", "term_months", "state")
    list_filter = ("state", "purpose", "method")
    list_select_related = ("borrower",)
    search_fields = ("title", "borrower__legal_name", "=external_reference")
    ordering = ("-id",)
    inlines = (MoveInline,)

    def get_queryset(self, request: HttpRequest) -> QuerySet[Listing]:
        """What the reader may see anywhere else."""
        return visible_to(cast(PageRequest, request).actor).order_by(*self.ordering)


@admin.register(Move)
class MoveAdmin(ReadOnlyAdmin):
    """Every change of state, latest first."""

    capability = Capability.SEE_WORK_QUEUE
    list_display = ("at", "listing", "name", "from_state", "to_state", "by_label", "reason")
    list_filter = ("name", "to_state")
    list_select_related = ("listing",)
    search_fields = ("=listing__id", "by_label")
    ordering = ("-id",)
