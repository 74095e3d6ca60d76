"""The loan book: all loans with what is outstanding and how late they are."""

from dataclasses import dataclass
from datetime import date
from typing import TypedDict

from django.db.models import BigIntegerField, F, OuterRef, QuerySet, Subquery, Sum, Value
from django.db.models.functions import Coalesce
from django_stubs_ext import WithAnnotations

from loans.core.buckets import Bucket
from loans.models import DistributionShare, Loan, LoanState, ReceiptAllocation, ScheduledInstalment, ScheduleVersion

#: Paid on top of the schedule: they make no instalment paid.
BESIDE_THE_SCHEDULE = (Bucket.PENALTIES, Bucket.COSTS)


class BookFigures(TypedDict):
    """What the book says of a loan."""

    #: Principal not yet returned, in minor units.
    outstanding_minor: int
    #: Due date of the oldest instalment that is not paid in full: a day in the past makes the loan overdue.
    unpaid_since: date | None


def book() -> "QuerySet[WithAnnotations[Loan, BookFigures]]":
    """Loans with `outstanding_minor` and `unpaid_since` (None when nothing more is asked for)."""
    returned = (
        DistributionShare.objects.filter(receipt__loan=OuterRef("pk"))
        .order_by()
        .values("receipt__loan")
        .annotate(total=Sum("principal_minor"))
        .values("total")
    )
    return Loan.objects.select_related("listing", "borrower").annotate(
        outstanding_minor=F("principal_minor") - Coalesce(Subquery(returned), 0, output_field=BigIntegerField()),
        unpaid_since=Subquery(_unpaid_instalments().order_by("number").values("due_on")[:1]),
    )


def _unpaid_instalments() -> QuerySet[ScheduledInstalment]:
    """Instalments of an outer loan's schedule in force that are not paid in full; none once it is settled."""
    in_force = ScheduleVersion.objects.filter(loan=OuterRef(OuterRef("pk"))).order_by("-number").values("pk")[:1]
    paid = (
        ReceiptAllocation.objects.filter(receipt__loan=OuterRef("version__loan"), number=OuterRef("number"))
        .exclude(bucket__in=BESIDE_THE_SCHEDULE)
        .order_by()
        .values("number")
        .annotate(total=Sum("amount_minor"))
        .values("total")
    )
    running = ScheduledInstalment.objects.filter(
        version__loan=OuterRef("pk"), version__loan__state=LoanState.ACTIVE, version=Subquery(in_force)
    )
    return running.annotate(
        asked_minor=F("principal_minor") + F("interest_minor") + F("fee_minor"),
        paid_minor=Coalesce(Subquery(paid), Value(0), output_field=BigIntegerField()),
    ).filter(asked_minor__gt=F("paid_minor"))


@dataclass(frozen=True, slots=True)
class BookTotals:
    """The whole loan book in minor units of one currency."""

    lent_minor: int
    outstanding_minor: int
    loan_count: int
    settled_count: int


def book_totals(*, currency: str) -> BookTotals:
    """What was lent and what is still outstanding."""
    loans = Loan.objects.filter(currency=currency)
    lent = loans.aggregate(total=Coalesce(Sum("principal_minor"), 0))["total"]
    shares = DistributionShare.objects.filter(receipt__loan__currency=currency)
    returned = shares.aggregate(total=Coalesce(Sum("principal_minor"), 0))["total"]
    return BookTotals(lent, lent - returned, loans.count(), loans.filter(state=LoanState.SETTLED).count())
