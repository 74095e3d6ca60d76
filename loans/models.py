"""Money lent: the loan, its schedule versions, who holds it, and what was received and shared out."""

from decimal import Decimal

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from django_fsm import FSMField, transition

from borrowers.models import Borrower
from investors.models import Investor
from listings.models import Listing, RepaymentMethod
from loans.core.buckets import Bucket
from loans.core.penalty import PenaltyTerms
from loans.core.terms import Terms
from marketplace.lib.append_only import AppendOnlyModel
from marketplace.lib.money import Money

BPS = Decimal(10_000)


class LoanState(models.TextChoices):
    ACTIVE = "active", _("Running")
    SETTLED = "settled", _("Repaid in full")


#: What each state means, for the loan's page and docs/states.md.
LOAN_SENTENCES = {
    LoanState.ACTIVE: _("The borrower repays by the schedule."),
    LoanState.SETTLED: _("Nothing is owed any more."),
}


class Loan(models.Model):
    """What a funded listing becomes when the money is paid out. The terms are those it was contracted with."""

    listing = models.OneToOneField(Listing, on_delete=models.PROTECT, related_name="loan")
    borrower = models.ForeignKey(Borrower, on_delete=models.PROTECT, related_name="loans")
    currency = models.CharField(max_length=3)
    principal_minor = models.BigIntegerField(_("principal"))
    origination_fee_minor = models.BigIntegerField(_("origination fee"))
    reserve_contribution_minor = models.BigIntegerField(_("reserve contribution"))
    annual_rate_bps = models.IntegerField(_("annual rate"))
    term_months = models.IntegerField(_("term in months"))
    method = models.CharField(_("repayment method"), max_length=24, choices=RepaymentMethod.choices)
    service_fee_bps = models.IntegerField(_("service fee on interest"))
    penalty_uplift_bps = models.IntegerField(default=5_000)
    penalty_grace_days = models.IntegerField(default=0)
    settlement_fee_bps = models.IntegerField(default=100)
    disbursed_on = models.DateField(_("paid out on"))
    settled_on = models.DateField(_("repaid on"), null=True, blank=True)
    idempotency_key = models.CharField(max_length=100, unique=True)
    state = FSMField(_("state"), choices=LoanState.choices, default=LoanState.ACTIVE, protected=True, db_index=True)

    class Meta:
        verbose_name = _("loan")
        constraints = [
            models.CheckConstraint(condition=Q(principal_minor__gt=0), name="a_loan_has_a_positive_principal"),
            models.CheckConstraint(
                condition=Q(state="active", settled_on=None) | Q(state="settled", settled_on__isnull=False),
                name="a_settled_loan_knows_its_day",
            ),
        ]

    def __str__(self) -> str:
        return self.reference

    @property
    def reference(self) -> str:
        """The number people use for it."""
        return f"LN-{self.pk:06d}"

    @property
    def principal(self) -> Money:
        """What was lent, fees included."""
        return Money(self.principal_minor, self.currency)

    @property
    def net_paid_out(self) -> Money:
        """What reached the borrower."""
        return Money(self.principal_minor - self.origination_fee_minor - self.reserve_contribution_minor, self.currency)

    @property
    def is_running(self) -> bool:
        """Say whether something is still to be paid on it."""
        return bool(self.state == LoanState.ACTIVE)

    @property
    def terms(self) -> Terms:
        """The terms as the arithmetic takes them."""
        return Terms(
            principal_minor=self.principal_minor,
            annual_rate=self.annual_rate_bps / BPS,
            periods=self.term_months,
            paid_out_on=self.disbursed_on,
            method=self.method,
        )

    @property
    def penalty_terms(self) -> PenaltyTerms:
        """What was agreed about paying late."""
        return PenaltyTerms(
            annual_rate=self.annual_rate_bps / BPS,
            uplift=self.penalty_uplift_bps / BPS,
            grace_days=self.penalty_grace_days,
        )

    @transition(state, source=LoanState.ACTIVE, target=LoanState.SETTLED)
    def settle(self) -> None:
        """Nothing is owed any more."""


class LoanMove(AppendOnlyModel):
    """One status change of a loan: from, to, when, who, why."""

    loan = models.ForeignKey(Loan, on_delete=models.PROTECT, related_name="moves")
    from_state = models.CharField(max_length=12, blank=True)
    to_state = models.CharField(max_length=12, choices=LoanState.choices)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+")
    by_label = models.CharField(max_length=120)
    reason = models.CharField(max_length=200)
    at = models.DateTimeField()


class Participation(AppendOnlyModel):
    """One investor's share of one loan, as allotted."""

    loan = models.ForeignKey(Loan, on_delete=models.PROTECT, related_name="participations")
    investor = models.ForeignKey(Investor, on_delete=models.PROTECT, related_name="participations")
    principal_minor = models.BigIntegerField(_("principal"))

    class Meta:
        verbose_name = _("participation")
        constraints = [
            models.UniqueConstraint(fields=["loan", "investor"], name="an_investor_holds_one_share_of_a_loan"),
            models.CheckConstraint(condition=Q(principal_minor__gt=0), name="a_share_is_a_positive_amount"),
        ]

    def __str__(self) -> str:
        return f"{self.investor}, {self.loan}"


class ScheduleVersion(AppendOnlyModel):
    """A repayment schedule with the reason it was made; never edited, only followed by another."""

    loan = models.ForeignKey(Loan, on_delete=models.PROTECT, related_name="schedules")
    number = models.IntegerField()
    reason = models.CharField(max_length=200)
    made_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["loan", "number"], name="schedule_versions_of_a_loan_are_numbered")
        ]

    def __str__(self) -> str:
        return f"{self.loan}, {self.number}"


class ScheduledInstalment(AppendOnlyModel):
    """One row of a repayment schedule."""

    version = models.ForeignKey(ScheduleVersion, on_delete=models.PROTECT, related_name="instalments")
    number = models.IntegerField()
    due_on = models.DateField(_("due"))
    days = models.IntegerField(_("days"))
    opening_minor = models.BigIntegerField()
    principal_minor = models.BigIntegerField(_("principal"))
    interest_minor = models.BigIntegerField(_("interest"))
    fee_minor = models.BigIntegerField()
    closing_minor = models.BigIntegerField(_("still owed"))

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["version", "number"], name="instalments_of_a_schedule_are_numbered"),
            models.CheckConstraint(
                condition=Q(principal_minor__gte=0, interest_minor__gte=0, fee_minor__gte=0, closing_minor__gte=0),
                name="an_instalment_is_never_negative",
            ),
        ]


class ReceiptKind(models.TextChoices):
    REPAYMENT = "repayment", _("Repayment")
    SETTLEMENT = "settlement", _("Early settlement")


class Receipt(AppendOnlyModel):
    """Money a borrower paid on a loan; its allocations and shares sum to it."""

    loan = models.ForeignKey(Loan, on_delete=models.PROTECT, related_name="receipts")
    kind = models.CharField(max_length=12, choices=ReceiptKind.choices)
    amount_minor = models.BigIntegerField(_("amount"))
    received_on = models.DateField(_("day"))
    idempotency_key = models.CharField(max_length=100, unique=True)
    by_label = models.CharField(max_length=120)
    at = models.DateTimeField()

    class Meta:
        verbose_name = _("receipt")
        constraints = [models.CheckConstraint(condition=Q(amount_minor__gt=0), name="a_receipt_is_a_positive_amount")]

    def __str__(self) -> str:
        return f"{self.loan}, {self.received_on}, {self.amount_minor}"


class ReceiptAllocation(AppendOnlyModel):
    """A part of a receipt put to one bucket of one instalment."""

    receipt = models.ForeignKey(Receipt, on_delete=models.PROTECT, related_name="allocations")
    number = models.IntegerField()
    bucket = models.CharField(max_length=20, choices=[(bucket.value, bucket.value) for bucket in Bucket])
    amount_minor = models.BigIntegerField()

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(amount_minor__gt=0), name="an_allocation_is_a_positive_amount")
        ]


class DistributionShare(AppendOnlyModel):
    """What one participation got of one receipt; the service fee is taken from its interest."""

    receipt = models.ForeignKey(Receipt, on_delete=models.PROTECT, related_name="shares")
    participation = models.ForeignKey(Participation, on_delete=models.PROTECT, related_name="shares")
    principal_minor = models.BigIntegerField()
    interest_minor = models.BigIntegerField()
    service_fee_minor = models.BigIntegerField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["receipt", "participation"], name="a_receipt_is_shared_once"),
            models.CheckConstraint(
                condition=Q(principal_minor__gte=0, interest_minor__gte=0, service_fee_minor__gte=0),
                name="a_distribution_share_is_never_negative",
            ),
        ]
