"""
The escrow ledger's tables.

A `Transfer` has one amount and two sides, so an unbalanced movement cannot be written down. A statement
trigger on it keeps `Balance`, checks the allowed pairs and refuses overdrafts; the application's database role
cannot write `Balance` itself (migration 0002, docs/ledger.md).
"""

from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Now
from django.utils.translation import gettext_lazy as _

from escrow.chart import Kind, Purpose
from marketplace.lib.append_only import AppendOnlyModel
from marketplace.lib.money import DEFAULT_CURRENCY


class Account(AppendOnlyModel):
    """One account. Its owner is an opaque reference: the ledger knows nobody."""

    code = models.CharField(_("code"), max_length=64, unique=True)
    kind = models.CharField(_("kind"), max_length=24, choices=Kind.choices)
    owner_type = models.CharField(max_length=24, blank=True)
    owner_id = models.BigIntegerField(null=True, blank=True)
    currency = models.CharField(_("currency"), max_length=3, default=DEFAULT_CURRENCY)
    opened_at = models.DateTimeField(db_default=Now())

    class Meta:
        verbose_name = _("account")
        indexes = [models.Index(fields=["kind"]), models.Index(fields=["owner_type", "owner_id"])]

    def __str__(self) -> str:
        return self.code


class Balance(models.Model):
    """
    What a client account holds: counters that only the trigger on Transfer moves.

    Nothing points at this row, so that updating it disturbs nobody.
    """

    written_by_database = True

    account = models.OneToOneField(Account, on_delete=models.PROTECT, primary_key=True, db_constraint=False)
    debits_posted_minor = models.BigIntegerField(default=0)
    credits_posted_minor = models.BigIntegerField(default=0)
    is_frozen = models.BooleanField(default=False)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(credits_posted_minor__gte=F("debits_posted_minor")),
                name="a_client_account_is_never_below_zero",
            ),
            models.CheckConstraint(condition=Q(debits_posted_minor__gte=0), name="debits_only_grow"),
        ]


class Freeze(AppendOnlyModel):
    """A client account was frozen (takes no debits) or released, by whom and why. A trigger sets the flag."""

    account = models.ForeignKey(Account, on_delete=models.PROTECT, related_name="freezes")
    is_frozen = models.BooleanField()
    reason = models.CharField(max_length=200)
    actor_id = models.BigIntegerField(null=True)
    actor_label = models.CharField(max_length=120)
    at = models.DateTimeField()


class AllowedTransfer(models.Model):
    """What may move where: the database's copy of `escrow.chart.ALLOWED`, written by migrations only."""

    written_by_database = True

    purpose = models.CharField(max_length=24, choices=Purpose.choices)
    debit_kind = models.CharField(max_length=24, choices=Kind.choices)
    credit_kind = models.CharField(max_length=24, choices=Kind.choices)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["purpose", "debit_kind", "credit_kind"], name="an_allowed_transfer_is_listed_once"
            )
        ]


class Entry(AppendOnlyModel):
    """One business event: its transfers, its cause, and who did it."""

    columns_filled_by_database = ("recorded_at",)

    kind = models.CharField(_("kind"), max_length=32)
    reference = models.CharField(_("reference"), max_length=64, help_text="what caused it, such as bid:42")
    idempotency_key = models.CharField(max_length=100)
    transfer_count = models.IntegerField()
    actor_id = models.BigIntegerField(null=True)
    actor_label = models.CharField(_("by"), max_length=120)
    memo = models.CharField(_("memo"), max_length=200, blank=True)
    value_date = models.DateField(_("value date"))
    recorded_at = models.DateTimeField(db_default=Now())

    class Meta:
        verbose_name = _("entry")
        verbose_name_plural = _("entries")
        indexes = [models.Index(fields=["reference"])]
        constraints = [
            models.CheckConstraint(condition=~Q(reference="") & ~Q(kind=""), name="an_entry_names_its_cause"),
            # Not unique=True on the field: that would add a second index for LIKE, which nobody asks for.
            models.UniqueConstraint(fields=["idempotency_key"], name="an_entry_key_is_used_once"),
            models.CheckConstraint(condition=Q(transfer_count__gte=1), name="an_entry_moves_something"),
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.reference}"


class Transfer(AppendOnlyModel):
    """
    Money moved from one account to another.

    Foreign keys carry no constraint: the statement trigger checks entry and accounts of a whole batch at once
    (checked row by row they halve the speed of a round). The id is never the application's choice: snapshots
    rely on its order.
    """

    columns_filled_by_database = ("id",)

    entry = models.ForeignKey(Entry, on_delete=models.PROTECT, related_name="transfers", db_constraint=False)
    debit_account = models.ForeignKey(Account, on_delete=models.PROTECT, related_name="debits", db_constraint=False)
    credit_account = models.ForeignKey(Account, on_delete=models.PROTECT, related_name="credits", db_constraint=False)
    amount_minor = models.BigIntegerField()
    currency = models.CharField(max_length=3)
    purpose = models.CharField(max_length=24, choices=Purpose.choices)
    posted_at = models.DateTimeField()

    class Meta:
        verbose_name = _("transfer")
        constraints = [
            models.CheckConstraint(condition=Q(amount_minor__gt=0), name="a_transfer_moves_a_positive_amount"),
            models.CheckConstraint(
                condition=~Q(debit_account=F("credit_account")), name="a_transfer_has_two_different_sides"
            ),
        ]


class BalanceSnapshot(AppendOnlyModel):
    """What an omnibus account's counters were up to and including a transfer."""

    written_by_database = True

    account = models.ForeignKey(Account, on_delete=models.PROTECT, related_name="snapshots")
    through_transfer_id = models.BigIntegerField()
    debits_posted_minor = models.BigIntegerField()
    credits_posted_minor = models.BigIntegerField()
    taken_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["account", "through_transfer_id"], name="an_account_is_snapshot_once_at_a_transfer"
            )
        ]


class Refusal(AppendOnlyModel):
    """A refused posting, remembered under its key: a retry cannot succeed later by surprise."""

    idempotency_key = models.CharField(max_length=100, unique=True)
    code = models.CharField(max_length=40)
    params = models.JSONField(default=dict)
    at = models.DateTimeField()
