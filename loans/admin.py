"""Loans in the admin: to look at. Pay-outs and payments are made on the pages of those who make them."""

from django.contrib import admin

from loans.models import (
    DistributionShare,
    Loan,
    LoanMove,
    Participation,
    Receipt,
    ReceiptAllocation,
    ScheduledInstalment,
    ScheduleVersion,
)
from marketplace.accounts.admin_site import ReadOnlyAdmin, ReadOnlyInline
from marketplace.accounts.permissions import Capability


class LoanMoveInline(ReadOnlyInline):
    """The history of a loan."""

    capability = Capability.SEE_LOAN_BOOK
    model = LoanMove
    fields = ("from_state", "to_state", "by_label", "reason", "at")
    ordering = ("id",)


@admin.register(Loan)
class LoanAdmin(ReadOnlyAdmin):
    """Every loan; its holders, who may be thousands, are a table of their own."""

    capability = Capability.SEE_LOAN_BOOK
    list_display = ("reference", "borrower", "principal", "annual_rate_bps", "term_months", "disbursed_on", "state")
    list_filter = ("state", "method", "currency")
    list_select_related = ("borrower",)
    search_fields = ("=id", "borrower__legal_name", "listing__title")
    ordering = ("-id",)
    inlines = (LoanMoveInline,)


@admin.register(Participation)
class ParticipationAdmin(ReadOnlyAdmin):
    """Who holds how much of which loan."""

    capability = Capability.SEE_LOAN_BOOK
    list_display = ("id", "loan", "investor", "principal_minor")
    list_select_related = ("loan", "investor__user")
    search_fields = ("=loan__id", "=investor__id")
    ordering = ("-id",)


class InstalmentInline(ReadOnlyInline):
    """The rows of a schedule."""

    capability = Capability.SEE_LOAN_BOOK
    model = ScheduledInstalment
    fields = ("number", "due_on", "opening_minor", "principal_minor", "interest_minor", "fee_minor", "closing_minor")
    ordering = ("number",)


@admin.register(ScheduleVersion)
class ScheduleVersionAdmin(ReadOnlyAdmin):
    """Schedules, old ones too, with the reason each was made."""

    capability = Capability.SEE_LOAN_BOOK
    list_display = ("id", "loan", "number", "reason", "made_at")
    list_select_related = ("loan",)
    search_fields = ("=loan__id",)
    ordering = ("-id",)
    inlines = (InstalmentInline,)


class AllocationInline(ReadOnlyInline):
    """What a receipt was put to."""

    capability = Capability.SEE_LOAN_BOOK
    model = ReceiptAllocation
    fields = ("number", "bucket", "amount_minor")
    ordering = ("id",)


@admin.register(Receipt)
class ReceiptAdmin(ReadOnlyAdmin):
    """What borrowers paid; what each holder got of it is a table of its own."""

    capability = Capability.SEE_LOAN_BOOK
    list_display = ("id", "loan", "kind", "amount_minor", "received_on", "by_label", "at")
    list_filter = ("kind", "received_on")
    list_select_related = ("loan",)
    search_fields = ("=loan__id", "=idempotency_key")
    ordering = ("-id",)
    inlines = (AllocationInline,)


@admin.register(DistributionShare)
class DistributionShareAdmin(ReadOnlyAdmin):
    """What each holder got of each receipt."""

    capability = Capability.SEE_LOAN_BOOK
    list_display = ("id", "receipt", "participation", "principal_minor", "interest_minor", "service_fee_minor")
    list_select_related = ("receipt__loan", "participation__loan", "participation__investor__user")
    search_fields = ("=receipt__id", "=participation__id")
    ordering = ("-id",)
