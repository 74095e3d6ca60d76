"""Reads of investors that others may use."""

from django.db.models import QuerySet, Sum

from escrow import chart
from escrow.models import Transfer
from escrow.queries import balance, statement
from investors.models import Investor
from marketplace.lib.errors import NotFound
from marketplace.lib.money import Money
from marketplace.lib.payment_reference import Party, PaymentReference


def investor_of_user(user_id: int) -> Investor | None:
    """The investor's account of a user, if they have opened one."""
    return Investor.objects.filter(user_id=user_id).first()


def get_investor(user_id: int) -> Investor:
    """
    The investor's account of a user.

    :raises NotFound: if they have not opened one
    """
    investor = investor_of_user(user_id)
    if investor is None:
        raise NotFound
    return investor


def free_cash(investor: Investor) -> Money:
    """What the investor may bid with or take out now."""
    return balance(chart.investor_cash(investor.pk))


def interest_received(investor: Investor) -> Money:
    """All interest ever paid into the wallet, service fee already taken."""
    code = chart.investor_cash(investor.pk)
    paid = Transfer.objects.filter(credit_account__code=code, purpose=chart.Purpose.INTEREST)
    return Money(paid.aggregate(total=Sum("amount_minor", default=0))["total"])


def wallet_statement(investor: Investor) -> QuerySet[Transfer]:
    """The wallet's movements, latest first (see `escrow.queries.statement`)."""
    return statement(chart.investor_cash(investor.pk))


def deposit_reference(investor: Investor) -> PaymentReference:
    """What the investor writes on a bank transfer."""
    return PaymentReference(Party.INVESTOR, investor.pk)
