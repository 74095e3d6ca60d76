"""Writes to investors."""

from datetime import datetime

from escrow import chart
from escrow.operations import open_account
from investors.models import Investor
from marketplace.accounts.models import User
from marketplace.accounts.operations import give_role
from marketplace.accounts.roles import Role
from marketplace.lib.transactions import owns_transaction


@owns_transaction
def open_investor(*, user: User, at: datetime) -> Investor:
    """Make a user an investor with a wallet in escrow; a second call returns the same investor."""
    investor, _created = Investor.objects.get_or_create(user=user, defaults={"opened_at": at})
    open_account(
        code=chart.investor_cash(investor.pk),
        kind=chart.Kind.INVESTOR_CASH,
        owner_type="investor",
        owner_id=investor.pk,
    )
    give_role(user=user, role=Role.INVESTOR)
    return investor
