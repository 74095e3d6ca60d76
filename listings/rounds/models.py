"""A round takes bids for a listing; the batch engine writes bids set by set (see batch.py)."""

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from investors.models import Investor
from listings.models import Listing
from marketplace.lib.append_only import AppendOnlyModel
from marketplace.lib.money import Money


class RoundKind(models.TextChoices):
    FIRST_COME = "first_come", _("First come, first served")


class RoundState(models.TextChoices):
    SCHEDULED = "scheduled", _("Opening soon")
    OPEN = "open", _("Open")
    FILLED = "filled", _("Full")
    PARTLY_FILLED = "partly_filled", _("Closed with part of the amount")
    FAILED = "failed", _("Closed short: bids returned")
    CANCELLED = "cancelled", _("Cancelled: bids returned")


TAKES_BIDS = frozenset({RoundState.SCHEDULED, RoundState.OPEN})


class Round(models.Model):
    """The time in which a listing takes bids. One row is the lock, the counter and the clock of a round."""

    listing = models.ForeignKey(Listing, on_delete=models.PROTECT, related_name="rounds")
    kind = models.CharField(_("kind"), max_length=16, choices=RoundKind.choices, default=RoundKind.FIRST_COME)
    is_flash = models.BooleanField(_("flash round"), default=False)
    state = models.CharField(_("state"), max_length=16, choices=RoundState.choices, default=RoundState.SCHEDULED)
    currency = models.CharField(max_length=3)
    target_minor = models.BigIntegerField(_("target"))
    accepts_from_minor = models.BigIntegerField(_("least amount accepted"))
    minimum_bid_minor = models.BigIntegerField(_("smallest bid"))
    step_minor = models.BigIntegerField(_("step"))
    maximum_per_investor_minor = models.BigIntegerField(_("most per investor"), null=True, blank=True)
    annual_rate_bps = models.IntegerField(_("annual rate"))
    opens_at = models.DateTimeField(_("opens at"))
    closes_at = models.DateTimeField(_("closes at"))
    funded_minor = models.BigIntegerField(default=0)
    #: Accepted bids.
    bid_count = models.IntegerField(default=0)
    #: The number of the last decision and of the last event; both only grow.
    last_sequence = models.BigIntegerField(default=0)
    closed_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        verbose_name = _("round")
        constraints = [
            models.CheckConstraint(
                condition=Q(funded_minor__gte=0) & Q(funded_minor__lte=F("target_minor")),
                name="a_round_is_never_oversold",
            ),
            models.CheckConstraint(condition=Q(closes_at__gt=F("opens_at")), name="a_round_closes_after_it_opens"),
            models.CheckConstraint(
                condition=Q(minimum_bid_minor__gt=0) & Q(step_minor__gt=0),
                name="bids_have_a_minimum_and_a_step",
            ),
            models.UniqueConstraint(
                fields=["listing"],
                condition=Q(state__in=["scheduled", "open"]),
                name="a_listing_has_one_live_round",
            ),
        ]
        indexes = [models.Index(fields=["closes_at"], condition=Q(state__in=["scheduled", "open"]), name="live_rounds")]

    @property
    def target(self) -> Money:
        """What the round is to bring together."""
        return Money(self.target_minor, self.currency)

    @property
    def funded(self) -> Money:
        """What accepted bids have brought together."""
        return Money(self.funded_minor, self.currency)

    @property
    def remaining(self) -> Money:
        """What is still to be had."""
        return self.target - self.funded


class Decision(models.TextChoices):
    ACCEPTED = "accepted", _("Accepted")
    REFUSED = "refused", _("Refused")


class Bid(AppendOnlyModel):
    """
    A decided bid. Refused ones are kept too: a refusal stays a refusal under its `client_id`.

    Foreign keys carry no constraint: the batch has just locked the round and read the investors.
    """

    round = models.ForeignKey(Round, on_delete=models.PROTECT, related_name="bids", db_constraint=False)
    investor = models.ForeignKey(Investor, on_delete=models.PROTECT, related_name="bids", db_constraint=False)
    client_id = models.UUIDField()
    amount_minor = models.BigIntegerField(_("amount offered"))
    allow_partial = models.BooleanField()
    decision = models.CharField(max_length=8, choices=Decision.choices)
    code = models.CharField(_("reason"), max_length=24, blank=True)
    accepted_minor = models.BigIntegerField(_("amount accepted"))
    sequence = models.BigIntegerField()
    received_at = models.DateTimeField()
    decided_at = models.DateTimeField()

    class Meta:
        verbose_name = _("bid")
        constraints = [
            models.UniqueConstraint(fields=["investor", "client_id"], name="a_client_id_is_one_bid_for_ever"),
            models.UniqueConstraint(fields=["round", "sequence"], name="decisions_of_a_round_are_numbered"),
            models.CheckConstraint(
                condition=Q(accepted_minor__gte=0) & Q(accepted_minor__lte=F("amount_minor")),
                name="no_more_is_accepted_than_was_offered",
            ),
        ]
        indexes = [models.Index(fields=["round", "investor"])]


class RoundMove(AppendOnlyModel):
    """One status change of a round: from, to, when, why."""

    round = models.ForeignKey(Round, on_delete=models.PROTECT, related_name="moves")
    from_state = models.CharField(max_length=16, choices=RoundState.choices)
    to_state = models.CharField(max_length=16, choices=RoundState.choices)
    by_label = models.CharField(max_length=120)
    reason = models.CharField(max_length=1000, blank=True)
    at = models.DateTimeField()
