"""Reads of borrowers that others may use."""

from django.db.models import QuerySet

from borrowers.models import Borrower
from escrow import chart
from escrow.models import Transfer
from escrow.queries import balance, statement
from marketplace.lib.errors import NotFound
from marketplace.lib.money import Money
from marketplace.lib.payment_reference import Party, PaymentReference


def borrower_of_user(user_id: int) -> Borrower | None:
    """The borrower's account of a user, if they have opened one."""
    return Borrower.objects.filter(user_id=user_id).first()


def get_borrower(user_id: int) -> Borrower:
    """
    The borrower's account of a user.

    :raises NotFound: if they have not opened one
    """
    borrower = borrower_of_user(user_id)
    if borrower is None:
        raise NotFound
    return borrower


def wallet(borrower: Borrower) -> Money:
    """What the borrower has with us: paid out to them or paid in by them."""
    return balance(chart.borrower_cash(borrower.pk))


def wallet_statement(borrower: Borrower) -> QuerySet[Transfer]:
    """The wallet's movements, latest first (see `escrow.queries.statement`)."""
    return statement(chart.borrower_cash(borrower.pk))


def deposit_reference(borrower: Borrower) -> PaymentReference:
    """What the borrower writes on a bank transfer."""
    return PaymentReference(Party.BORROWER, borrower.pk)
