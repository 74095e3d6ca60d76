"""Every read of loans that others may use."""

from dataclasses import dataclass
from datetime import date
from typing import TypedDict

from django.db.models import F, OuterRef, QuerySet, Subquery, Sum
from django.db.models.functions import Coalesce
from django_stubs_ext import WithAnnotations

from loans.core.buckets import Allocation, Bucket
from loans.core.distribution import Holding
from loans.core.position import Position, position_on
from loans.core.schedule import Instalment
from loans.core.settlement import SettlementQuote, settlement_quote
from loans.models import (
    DistributionShare,
    Loan,
    Participation,
    Receipt,
    ReceiptAllocation,
    ScheduledInstalment,
)
from marketplace.accounts.roles import STAFF
from marketplace.lib.actor import Actor
from marketplace.lib.errors import NotFound


def visible_to(actor: Actor) -> QuerySet[Loan]:
    """Loans an actor may see: staff all, a borrower their own, an investor those they hold a share of."""
    loans = Loan.objects.select_related("listing", "borrower")
    if actor.has(*STAFF):
        return loans
    if actor.user_id is None:
        return loans.none()
    held = Participation.objects.filter(investor__user_id=actor.user_id).values("loan_id")
    return loans.filter(borrower__user_id=actor.user_id) | loans.filter(pk__in=held)


def get_loan(loan_id: int, *, actor: Actor) -> Loan:
    """
    One loan.

    :raises NotFound: if there is none, or the actor may not see it
    """
    loan = visible_to(actor).filter(pk=loan_id).first()
    if loan is None:
        raise NotFound
    return loan


def schedule_of(loan: Loan) -> list[Instalment]:
    """The rows of the schedule in force."""
    current = loan.schedules.order_by("number").last()
    rows = ScheduledInstalment.objects.filter(version=current).order_by("number")
    return [
        Instalment(
            number=row.number,
            due_on=row.due_on,
            days=row.days,
            opening_minor=row.opening_minor,
            principal_minor=row.principal_minor,
            interest_minor=row.interest_minor,
            fee_minor=row.fee_minor,
            closing_minor=row.closing_minor,
        )
        for row in rows
    ]


def allocations_of(loan: Loan) -> list[Allocation]:
    """Everything allocated on a loan so far, in order."""
    rows = ReceiptAllocation.objects.filter(receipt__loan=loan).select_related("receipt").order_by("pk")
    return [Allocation(row.number, Bucket(row.bucket), row.amount_minor, row.receipt.received_on) for row in rows]


def position_of(loan: Loan, *, day: date) -> Position:
    """What is owed on a loan at the end of a day."""
    return position_on(
        day,
        instalments=schedule_of(loan),
        paid=allocations_of(loan),
        penalty=loan.penalty_terms,
        settled_on=loan.settled_on,
    )


def quote_settlement(loan: Loan, *, day: date) -> SettlementQuote:
    """What settles a loan on a day."""
    return settlement_quote(
        terms=loan.terms,
        instalments=schedule_of(loan),
        position=position_of(loan, day=day),
        fee_bps=loan.settlement_fee_bps,
    )


def holdings(loan_id: int) -> list[Holding]:
    """A loan's participations with the principal outstanding to each, in order of participation id."""
    held = participations().filter(loan_id=loan_id).order_by("pk")
    return [Holding(participation.pk, participation.outstanding_minor) for participation in held]


class Figures(TypedDict):
    """What a participation has brought so far, in minor units."""

    returned_minor: int
    interest_minor: int
    service_fee_minor: int
    outstanding_minor: int


def participations() -> "QuerySet[WithAnnotations[Participation, Figures]]":
    """Participations with `returned_minor`, `outstanding_minor`, `interest_minor` and `service_fee_minor` to date."""
    shares = DistributionShare.objects.filter(participation=OuterRef("pk")).order_by().values("participation")

    def total(field: str) -> Coalesce:
        return Coalesce(Subquery(shares.annotate(total=Sum(field)).values("total")), 0)

    return Participation.objects.annotate(
        returned_minor=total("principal_minor"),
        interest_minor=total("interest_minor"),
        service_fee_minor=total("service_fee_minor"),
    ).annotate(outstanding_minor=F("principal_minor") - F("returned_minor"))


def participations_of(investor_id: int) -> "QuerySet[WithAnnotations[Participation, Figures]]":
    """An investor's participations, latest first; figures as in `participations`."""
    return participations().filter(investor_id=investor_id).select_related("loan__listing").order_by("-pk")


def loans_of_borrower(user_id: int) -> QuerySet[Loan]:
    """A borrower's loans, latest first."""
    return Loan.objects.filter(borrower__user_id=user_id).select_related("listing").order_by("-pk")


def receipts_of(loan: Loan) -> QuerySet[Receipt]:
    """What was paid on a loan, latest first, with allocations."""
    return Receipt.objects.filter(loan=loan).prefetch_related("allocations").order_by("-pk")


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
    return BookTotals(lent, lent - returned, loans.count(), loans.filter(state="settled").count())
