"""How pages find a loan: what is not there and what is not yours look the same."""

from django.http import Http404

from loans.models import Loan
from loans.queries import get_loan, loans_of_borrower
from marketplace.lib.actor import Actor
from marketplace.lib.errors import NotFound


def loan_or_404(loan_id: int, *, actor: Actor) -> Loan:
    """
    A loan that the actor may see.

    :raises Http404: if there is none, or it is not for them
    """
    try:
        return get_loan(loan_id, actor=actor)
    except NotFound:
        raise Http404 from None


def own_loan_or_404(loan_id: int, *, user_id: int) -> Loan:
    """
    A loan of the borrower who is signed in as this user.

    :raises Http404: if there is none, or it is somebody else's
    """
    loan = loans_of_borrower(user_id).filter(pk=loan_id).first()
    if loan is None:
        raise Http404
    return loan
