"""Opening, freezing and releasing accounts."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from escrow.chart import Kind
from escrow.models import Account, Freeze
from escrow.queries import get_account
from marketplace.lib.actor import Actor
from marketplace.lib.money import DEFAULT_CURRENCY
from marketplace.lib.transactions import needs_transaction


@dataclass(frozen=True, kw_only=True)
class AccountDraft:
    """An account to open; the arguments of `open_account`."""

    code: str
    kind: Kind
    owner_type: str
    owner_id: int
    currency: str = DEFAULT_CURRENCY


@needs_transaction
def open_account(*, code: str, kind: Kind, owner_type: str, owner_id: int, currency: str = DEFAULT_CURRENCY) -> Account:
    """Open an account, or return the one with this code. Its balance row is made by the database."""
    account, _created = Account.objects.get_or_create(
        code=code,
        defaults={"kind": kind, "owner_type": owner_type, "owner_id": owner_id, "currency": currency},
    )
    return account


@needs_transaction
def open_accounts(*, drafts: Sequence[AccountDraft], at: datetime) -> None:
    """Open many accounts with one insert; those whose code exists stay as they are."""
    Account.objects.bulk_create(
        (
            Account(
                code=draft.code,
                kind=draft.kind,
                owner_type=draft.owner_type,
                owner_id=draft.owner_id,
                currency=draft.currency,
                opened_at=at,
            )
            for draft in sorted(drafts, key=lambda draft: draft.code)
        ),
        ignore_conflicts=True,
    )


@needs_transaction
def freeze_account(*, code: str, reason: str, by: Actor, at: datetime) -> None:
    """
    Refuse debits of a client account from now on; credits still arrive.

    :raises UnknownAccount: if the code names no account
    """
    _set_frozen(code=code, is_frozen=True, reason=reason, by=by, at=at)


@needs_transaction
def release_account(*, code: str, reason: str, by: Actor, at: datetime) -> None:
    """
    Allow debits of a frozen account again.

    :raises UnknownAccount: if the code names no account
    """
    _set_frozen(code=code, is_frozen=False, reason=reason, by=by, at=at)


def _set_frozen(*, code: str, is_frozen: bool, reason: str, by: Actor, at: datetime) -> None:
    Freeze.objects.create(
        account=get_account(code),
        is_frozen=is_frozen,
        reason=reason,
        actor_id=by.user_id,
        actor_label=by.label,
        at=at,
    )
