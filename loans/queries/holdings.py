"""Who holds a loan, and what each share has brought."""

from typing import TypedDict

from django.db.models import F, OuterRef, QuerySet, Subquery, Sum
from django.db.models.functions import Coalesce
from django_stubs_ext import WithAnnotations

from loans.core.distribution import Holding
from loans.models import DistributionShare, Loan, Participation, Receipt


class Figures(TypedDict):
    """What a participation has brought so far, in minor units."""

    returned_minor: int
    interest_minor: int
    service_fee_minor: int
    outstanding_minor: int


# In quotes: these annotations are for checkers, Python itself cannot evaluate them.
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


def participations_in(loan: Loan) -> "QuerySet[WithAnnotations[Participation, Figures]]":
    """A loan's participations, the largest first, with their investors; figures as in `participations`."""
    held = participations().filter(loan=loan).select_related("investor__user")
    return held.order_by("-principal_minor", "pk")


def share_of_user(loan: Loan, *, user_id: int) -> "WithAnnotations[Participation, Figures] | None":
    """What a user holds of a loan; None if nothing. Figures as in `participations`."""
    return participations().filter(loan=loan, investor__user_id=user_id).first()


def holdings(loan_id: int) -> list[Holding]:
    """A loan's participations with the principal outstanding to each, in order of participation id."""
    held = participations().filter(loan_id=loan_id).order_by("pk")
    return [Holding(participation.pk, participation.outstanding_minor) for participation in held]


def receipts_of(loan: Loan) -> QuerySet[Receipt]:
    """What was paid on a loan, latest first, with allocations."""
    return Receipt.objects.filter(loan=loan).prefetch_related("allocations").order_by("-pk")


def payments_to(participation: Participation) -> QuerySet[DistributionShare]:
    """What one participation got of each receipt, latest first."""
    return DistributionShare.objects.filter(participation=participation).select_related("receipt").order_by("-receipt")
