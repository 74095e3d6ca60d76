"""Writes to borrowers."""

from datetime import datetime

from borrowers.models import Borrower, BorrowerKind
from escrow import chart
from escrow.operations import open_account
from marketplace.accounts.models import User
from marketplace.accounts.operations import give_role
from marketplace.accounts.roles import Role
from marketplace.lib.errors import InvalidInput
from marketplace.lib.transactions import owns_transaction


@owns_transaction
def open_borrower(*, user: User, legal_name: str, kind: BorrowerKind, at: datetime) -> Borrower:
    """
    Make a user a borrower with a wallet in escrow; a second call returns the same borrower.

    :raises InvalidInput: if the name is empty
    """
    if not legal_name.strip():
        raise InvalidInput(field="legal_name", reason="must not be empty")
    borrower, _created = Borrower.objects.get_or_create(
        user=user, defaults={"legal_name": legal_name.strip(), "kind": kind, "opened_at": at}
    )
    open_account(
        code=chart.borrower_cash(borrower.pk),
        kind=chart.Kind.BORROWER_CASH,
        owner_type="borrower",
        owner_id=borrower.pk,
    )
    give_role(user=user, role=Role.BORROWER)
    return borrower
