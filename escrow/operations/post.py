"""Posting: set-based SQL, any number of entries, in the caller's transaction."""

from collections.abc import Sequence
from datetime import datetime

from escrow.operations import write
from escrow.operations.cover import LockedBalances, check_cover, lock_balances
from escrow.operations.drafts import EntryDraft, Posted
from escrow.operations.replay import each_key_once, posted_before
from marketplace.lib.transactions import needs_transaction


@needs_transaction
def post(entry: EntryDraft, *, at: datetime, remember_refusal: bool = True) -> Posted:
    """
    Write one entry with its transfers and move the money.

    A refusal stays under its key for ever, unless `remember_refusal` says no: for work that can only ever have the one
    key and must go through once the reason is gone.

    :raises NotEnoughMoney: if a client account would go below zero
    :raises AccountFrozen: if a frozen account is debited
    :raises IdempotencyMismatch: if the key was used with other content
    :raises RefusedBefore: if the key was refused before
    """
    return post_many([entry], at=at, remember_refusal=remember_refusal)[0]


@needs_transaction
def post_many(
    entries: Sequence[EntryDraft],
    *,
    at: datetime,
    locked: LockedBalances | None = None,
    keys_are_new: bool = False,
    remember_refusal: bool = True,
) -> list[Posted]:
    """
    Write entries in their order: all or none. Raises as `post`; a key may come more than once.

    `locked` spares the lock when the caller already holds the balance rows of every account touched, `keys_are_new`
    the search for earlier uses when it has just made the keys from ids of its own.
    """
    if locked is None:
        locked = lock_balances(_accounts(entries))
    # Looked up only now: whoever used a key before us held one of these locks until its commit.
    before = {} if keys_are_new else posted_before(entries)
    fresh = each_key_once(entry for entry in entries if entry.idempotency_key not in before)
    assert all(t.amount_minor > 0 for e in fresh for t in e.transfers), "a transfer moves a positive amount"
    check_cover(fresh, locked, at=at, remember_refusal=remember_refusal)
    new = write.entries_with_transfers(fresh, at=at)
    # Without a common lock (entries between omnibus accounts only) somebody may have come before us even so.
    before |= posted_before([entry for entry in fresh if entry.idempotency_key not in new])
    ids = before | new
    return [Posted(ids[e.idempotency_key], new.pop(e.idempotency_key, None) is None) for e in entries]


def _accounts(entries: Sequence[EntryDraft]) -> set[int]:
    return {side for entry in entries for transfer in entry.transfers for side in transfer[:2]}
