"""The ledger in the admin: to look at, never to write."""

from django.contrib import admin
from django.utils.translation import gettext_lazy as _

from escrow.models import Account, Entry, Transfer
from escrow.queries import balance
from marketplace.accounts.admin_site import ReadOnlyAdmin, ReadOnlyInline
from marketplace.accounts.permissions import Capability
from marketplace.lib.money import Money


@admin.register(Account)
class AccountAdmin(ReadOnlyAdmin):
    """Accounts; what one holds is on its own page."""

    capability = Capability.SEE_ESCROW
    list_display = ("code", "kind", "currency", "opened_at")
    list_filter = ("kind", "currency")
    search_fields = ("code",)
    ordering = ("code",)
    readonly_fields = ("holds",)

    @admin.display(description=_("holds"))
    def holds(self, account: Account) -> str:
        """What the account holds now."""
        return str(balance(account.code))


@admin.display(description=_("amount"))
def amount(transfer: Transfer) -> str:
    """What moved, in major units."""
    return str(Money(transfer.amount_minor, transfer.currency))


class TransferInline(ReadOnlyInline):
    """The transfers of an entry."""

    capability = Capability.SEE_ESCROW
    model = Transfer
    fields = ("debit_account", "credit_account", "money", "purpose", "posted_at")
    readonly_fields = ("money",)

    @admin.display(description=_("amount"))
    def money(self, transfer: Transfer) -> str:
        """What moved, in major units."""
        return amount(transfer)


@admin.register(Entry)
class EntryAdmin(ReadOnlyAdmin):
    """The journal."""

    capability = Capability.SEE_ESCROW
    list_display = ("id", "kind", "reference", "actor_label", "value_date", "recorded_at")
    list_filter = ("kind", "value_date")
    search_fields = ("=reference", "=idempotency_key")
    ordering = ("-id",)
    inlines = (TransferInline,)


@admin.register(Transfer)
class TransferAdmin(ReadOnlyAdmin):
    """Every movement of money."""

    capability = Capability.SEE_ESCROW
    list_display = ("id", "debit_account", "credit_account", amount, "purpose", "posted_at")
    list_filter = ("purpose", "currency")
    list_select_related = ("debit_account", "credit_account")
    search_fields = ("=debit_account__code", "=credit_account__code", "=entry__reference")
    ordering = ("-id",)
