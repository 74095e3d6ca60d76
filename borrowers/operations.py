"""Writes to borrowers."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from borrowers.models import Borrower, BorrowerKind
from escrow import chart
from escrow.operations import AccountDraft, open_account, open_accounts
from marketplace.accounts.models import User
from marketplace.accounts.operations import create_users_without_password, give_role
from marketplace.accounts.roles import Role
from marketplace.lib.errors import InvalidInput
from marketplace.lib.money import DEFAULT_CURRENCY
from marketplace.lib.transactions import needs_transaction, owns_transaction

#: A name that never reaches a mailbox (RFC 2606): imported borrowers have no address of their own yet.
IMPORT_DOMAIN = "import.loanbridge.invalid"
REFERENCE = re.compile(r"[a-z0-9](?:[a-z0-9._-]{0,62}[a-z0-9])?", re.ASCII)


@dataclass(frozen=True, kw_only=True)
class BorrowerDraft:
    """A borrower of the lender's own book. `reference`: up to 64 of a-z, 0-9, dot, dash, underscore."""

    reference: str
    legal_name: str
    kind: BorrowerKind
    currency: str = DEFAULT_CURRENCY


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


def imported_address(reference: str) -> str:
    """The e-mail address under which an imported borrower is kept."""
    return f"{reference}@{IMPORT_DOMAIN}"


@needs_transaction
def open_borrowers(*, drafts: Sequence[BorrowerDraft], at: datetime) -> dict[str, Borrower]:
    """
    Make many borrowers who cannot sign in yet, each with a wallet; the borrowers by reference.

    Those who came in before under the same reference are returned as they are.

    :raises InvalidInput: if a name is empty or a reference cannot be used
    """
    for draft in drafts:
        if not draft.legal_name.strip():
            raise InvalidInput(field="legal_name", reason="must not be empty")
        if REFERENCE.fullmatch(draft.reference) is None:
            raise InvalidInput(field="reference", reason=f"cannot be {draft.reference!r}")
    names = {imported_address(draft.reference): draft.legal_name.strip() for draft in drafts}
    users = create_users_without_password(names=names, role=Role.BORROWER)
    Borrower.objects.bulk_create(
        (
            Borrower(
                user=users[imported_address(draft.reference)],
                legal_name=draft.legal_name.strip(),
                kind=draft.kind,
                opened_at=at,
            )
            for draft in drafts
        ),
        ignore_conflicts=True,
    )
    found = {b.user_id: b for b in Borrower.objects.filter(user__in=users.values()).select_related("user")}
    borrowers = {d.reference: found[users[imported_address(d.reference)].pk] for d in drafts}
    _open_wallets(borrowers, drafts, at=at)
    return borrowers


def _open_wallets(borrowers: dict[str, Borrower], drafts: Sequence[BorrowerDraft], *, at: datetime) -> None:
    open_accounts(
        drafts=[
            AccountDraft(
                code=chart.borrower_cash(borrowers[draft.reference].pk),
                kind=chart.Kind.BORROWER_CASH,
                owner_type="borrower",
                owner_id=borrowers[draft.reference].pk,
                currency=draft.currency,
            )
            for draft in drafts
        ],
        at=at,
    )
