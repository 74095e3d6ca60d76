"""Finding loans, and who may see them."""

from django.db.models import QuerySet

from loans.models import Loan, Participation
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


def loans_of_borrower(user_id: int) -> QuerySet[Loan]:
    """A borrower's loans, latest first."""
    return Loan.objects.filter(borrower__user_id=user_id).select_related("listing", "borrower").order_by("-pk")
