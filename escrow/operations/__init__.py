"""Every write to the ledger. `post` and `post_many` are the one way to move money."""

from escrow.operations.accounts import freeze_account, open_account, release_account
from escrow.operations.bank import record_bank_receipt
from escrow.operations.post import (
    AccountFrozen,
    EntryDraft,
    IdempotencyMismatch,
    LockedBalances,
    NotEnoughMoney,
    Posted,
    RefusedBefore,
    TransferDraft,
    lock_balances,
    post,
    post_many,
)
from escrow.operations.snapshots import snapshot_balances

__all__ = [
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
    "post",
    "post_many",
    "record_bank_receipt",
    "release_account",
    "snapshot_balances",
]
