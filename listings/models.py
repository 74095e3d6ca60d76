"""A borrower's request, its state machine, and the history of its moves."""

from collections.abc import Iterable

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Now
from django.utils.translation import gettext_lazy as _
from django_fsm import FSMField, transition

from borrowers.models import Borrower
from listings.permissions import (
    COMMITTEE,
    FINANCE,
    OFFICER,
    OPERATIONS,
    REVIEWERS,
    RISK,
    SYSTEM,
    THE_BORROWER,
    THE_REVIEWER,
)
from listings.states import PUBLISHED, ListingState
from marketplace.lib.append_only import AppendOnlyModel
from marketplace.lib.money import DEFAULT_CURRENCY, Money

S = ListingState


class RepaymentMethod(models.TextChoices):
    EQUAL_INSTALMENT = "equal_instalment", _("Equal instalments")
    INTEREST_ONLY = "interest_only", _("Interest first, principal at the end")


class LoanPurpose(models.TextChoices):
    BUSINESS = "business", _("Business")
    WORKING_CAPITAL = "working_capital", _("Working capital")
    HOME = "home", _("Home")
    CAR = "car", _("Car")
    EDUCATION = "education", _("Education")
    MEDICAL = "medical", _("Medical")
    DEBT_CONSOLIDATION = "debt_consolidation", _("Debt consolidation")
    OTHER = "other", _("Other")


class Listing(models.Model):
    """A loan request from draft until it is funded and lent, or not. `state` moves only by the transitions below."""

    borrower = models.ForeignKey(Borrower, on_delete=models.PROTECT, related_name="listings")
    title = models.CharField(_("title"), max_length=100)
    purpose = models.CharField(_("purpose"), max_length=24, choices=LoanPurpose.choices)
    story = models.TextField(_("what the money is for"), max_length=4000, blank=True)
    currency = models.CharField(max_length=3, default=DEFAULT_CURRENCY)
    principal_minor = models.BigIntegerField(_("amount"))
    #: The least the borrower would take if the round ends short; equal to the principal when part will not do.
    accepts_from_minor = models.BigIntegerField(_("least amount accepted"))
    annual_rate_bps = models.IntegerField(_("annual rate"))
    term_months = models.IntegerField(_("term in months"))
    method = models.CharField(_("repayment method"), max_length=24, choices=RepaymentMethod.choices)
    grade = models.CharField(_("grade"), max_length=2, blank=True)
    origination_fee_bps = models.IntegerField(_("origination fee"), default=300)
    reserve_contribution_bps = models.IntegerField(_("reserve contribution"), default=100)
    service_fee_bps = models.IntegerField(_("service fee on interest"), default=500)
    external_reference = models.CharField(max_length=64, blank=True)
    state = FSMField(_("state"), choices=S.choices, default=S.DRAFT, protected=True, db_index=True)
    created_at = models.DateTimeField(db_default=Now())

    class Meta:
        verbose_name = _("listing")
        verbose_name_plural = _("listings")
        constraints = [
            models.CheckConstraint(condition=Q(principal_minor__gt=0), name="a_listing_asks_for_a_positive_amount"),
            models.CheckConstraint(
                condition=Q(accepts_from_minor__gt=0) & Q(accepts_from_minor__lte=F("principal_minor")),
                name="the_least_amount_accepted_is_within_the_amount",
            ),
            models.CheckConstraint(
                condition=Q(annual_rate_bps__gte=0) & Q(annual_rate_bps__lte=3600),
                name="a_listing_keeps_to_the_legal_rate",
            ),
            models.CheckConstraint(
                condition=Q(term_months__gte=1) & Q(term_months__lte=60), name="a_term_is_one_to_sixty_months"
            ),
            models.CheckConstraint(condition=Q(state__in=S.values), name="a_listing_is_in_a_known_state"),
            models.UniqueConstraint(
                fields=["external_reference"],
                condition=~Q(external_reference=""),
                name="an_imported_listing_comes_in_once",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.reference} {self.title}"

    def refresh_from_db(
        self,
        using: str | None = None,
        fields: Iterable[str] | None = None,
        from_queryset: "models.QuerySet[Listing] | None" = None,
    ) -> None:
        """Read the row again. A protected state may only be set where there is none, so ours goes first."""
        if fields is None or "state" in fields:
            self.__dict__.pop("state", None)
        super().refresh_from_db(using, fields, from_queryset)

    @property
    def reference(self) -> str:
        """The number people use for it."""
        return f"LB-{self.pk:06d}"

    @property
    def principal(self) -> Money:
        """What is asked for."""
        return Money(self.principal_minor, self.currency)

    @property
    def is_published(self) -> bool:
        """Say whether everybody may see it."""
        return S(self.state) in PUBLISHED

    @transition(
        state,
        source=[S.DRAFT, S.RETURNED],
        target=S.SUBMITTED,
        permission=THE_BORROWER,
        custom={"label": _("Submit")},
    )
    def submit(self) -> None: ...

    @transition(state, source=S.SUBMITTED, target=S.INVESTIGATING, permission=OFFICER, custom={"label": _("Take in")})
    def take_in(self) -> None: ...

    @transition(
        state,
        source=S.INVESTIGATING,
        target=S.RISK_REVIEW,
        permission=OFFICER,
        custom={"label": _("Pass to risk review")},
    )
    def pass_to_risk(self) -> None: ...

    @transition(
        state,
        source=S.RISK_REVIEW,
        target=S.COMMITTEE,
        permission=RISK,
        custom={"label": _("Pass to the committee")},
    )
    def pass_to_committee(self) -> None: ...

    @transition(state, source=S.COMMITTEE, target=S.APPROVED, permission=COMMITTEE, custom={"label": _("Approve")})
    def approve(self) -> None: ...

    @transition(
        state,
        source=list(REVIEWERS),
        target=S.RETURNED,
        permission=THE_REVIEWER,
        custom={"label": _("Return for changes")},
    )
    def send_back(self) -> None: ...

    @transition(
        state,
        source=list(REVIEWERS),
        target=S.REJECTED,
        permission=THE_REVIEWER,
        custom={"label": _("Reject")},
    )
    def reject(self) -> None: ...

    @transition(
        state,
        source=S.APPROVED,
        target=S.SCHEDULED,
        permission=OPERATIONS,
        custom={"label": _("Schedule a round")},
    )
    def schedule(self) -> None: ...

    @transition(state, source=S.SCHEDULED, target=S.OPEN, permission=SYSTEM, custom={"label": _("Open")})
    def open(self) -> None: ...

    @transition(state, source=S.OPEN, target=S.FUNDED, permission=SYSTEM, custom={"label": _("Fund")})
    def fund(self) -> None: ...

    @transition(state, source=S.OPEN, target=S.FAILED, permission=SYSTEM, custom={"label": _("Fail")})
    def fail(self) -> None: ...

    @transition(
        state,
        source=S.FUNDED,
        target=S.CONTRACTED,
        permission=THE_BORROWER,
        custom={"label": _("Sign the contract")},
    )
    def sign_contract(self) -> None: ...

    @transition(state, source=S.CONTRACTED, target=S.DISBURSED, permission=FINANCE, custom={"label": _("Pay out")})
    def disburse(self) -> None: ...

    @transition(
        state,
        source=[S.DRAFT, S.SUBMITTED, S.INVESTIGATING, S.RISK_REVIEW, S.COMMITTEE, S.APPROVED, S.RETURNED],
        target=S.WITHDRAWN,
        permission=THE_BORROWER,
        custom={"label": _("Withdraw")},
    )
    def withdraw(self) -> None: ...

    @transition(
        state,
        source=[S.APPROVED, S.SCHEDULED, S.OPEN, S.FUNDED, S.CONTRACTED],
        target=S.CANCELLED,
        permission=OPERATIONS,
        custom={"label": _("Cancel")},
    )
    def cancel(self) -> None: ...


class Move(AppendOnlyModel):
    """One status change of a listing: from, to, when, who, why."""

    listing = models.ForeignKey(Listing, on_delete=models.PROTECT, related_name="moves")
    name = models.CharField(max_length=24)
    from_state = models.CharField(max_length=16, choices=S.choices)
    to_state = models.CharField(max_length=16, choices=S.choices)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+")
    by_label = models.CharField(max_length=120)
    reason = models.CharField(_("opinion"), max_length=1000, blank=True)
    at = models.DateTimeField()

    class Meta:
        verbose_name = _("move")
        indexes = [models.Index(fields=["listing", "id"])]
