"""Stored schedules and allocations as the arithmetic takes them."""

from loans.core.buckets import Allocation, Bucket
from loans.core.schedule import Instalment
from loans.models import Loan, ReceiptAllocation, ScheduledInstalment


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
