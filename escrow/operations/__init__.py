"""Every write to the ledger. `post` and `post_many` are the one way to move money."""

from escrow.operations.accounts import (
    AccountDraft,
    freeze_account,
    open_account,
    open_accounts,
    release_account,
)
from escrow.operations.bank import record_bank_receipt
from escrow.operations.cover import AccountFrozen, LockedBalances, NotEnoughMoney, lock_balances
from escrow.operations.drafts import EntryDraft, Posted, TransferDraft
from escrow.operations.post import post, post_many
from escrow.operations.replay import IdempotencyMismatch, RefusedBefore
from escrow.operations.snapshots import snapshot_balances

__all__ = [
    "AccountDraft",
    "AccountFrozen",
    "EntryDraft",
    "IdempotencyMismatch",
    "LockedBalances",
    "NotEnoughMoney",
    "Posted",
    "RefusedBefore",
    "TransferDraft",
    "freeze_account",
    "lock_balances",
    "open_account",
    "open_accounts",
    "post",
    "post_many",
    "record_bank_receipt",
    "release_account",
    "snapshot_balances",
]
