"""Posting: set-based SQL, any number of entries, in the caller's transaction."""

from collections.abc import Iterable, Sequence
from datetime import date, datetime
from typing import NamedTuple

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from escrow.chart import Purpose
from escrow.models import Refusal
from escrow.operations import write
from marketplace.lib.actor import Actor
from marketplace.lib.db import int_array, raw_cursor
from marketplace.lib.errors import Refused
from marketplace.lib.money import Money
from marketplace.lib.transactions import needs_transaction


class NotEnoughMoney(Refused):
    """A client account would go below zero."""

    code = "insufficient_funds"
    message = _("There is not enough money in the account.")


class AccountFrozen(Refused):
    """A frozen account takes no debits."""

    code = "account_frozen"
    message = _("The account is frozen: no money can leave it.")


class IdempotencyMismatch(Refused):
    """The key was used before with other content."""

    code = "duplicate_mismatch"
    message = _("This was sent before with another %(field)s.")


class RefusedBefore(Refused):
    """The key was refused before and stays refused."""

    code = "refused_before"
    message = _("This was refused before and stays refused; start again with a new request.")


class TransferDraft(NamedTuple):
    """One movement, between accounts given by id (see `escrow.queries.account_ids`)."""

    debit: int
    credit: int
    amount_minor: int
    purpose: Purpose


class EntryDraft(NamedTuple):
    """One business event. `reference` names the cause ("bid:42"); `idempotency_key` is unique for ever."""

    kind: str
    reference: str
    idempotency_key: str
    actor: Actor
    value_date: date
    transfers: tuple[TransferDraft, ...]
    currency: str = "CNY"
    memo: str = ""


class Posted(NamedTuple):
    """The stored entry; `is_replay` when the key had been posted before and nothing moved now."""

    entry_id: int
    is_replay: bool


class LockedBalances(dict[int, int]):
    """Free minor units by account id, of client accounts whose balance rows this transaction holds."""

    frozen: frozenset[int] = frozenset()


@needs_transaction
def lock_balances(account_ids: Iterable[int]) -> LockedBalances:
    """Lock the balance rows of client accounts in id order; omnibus accounts have none and are left out."""
    with raw_cursor() as cursor:
        cursor.execute("SELECT * FROM escrow_lock_balances(%s::bigint[])", [int_array(account_ids)])
        rows = cursor.fetchall()
    balances = LockedBalances((account, free) for account, free, _frozen in rows)
    balances.frozen = frozenset(account for account, _free, is_frozen in rows if is_frozen)
    return balances


@needs_transaction
def post(entry: EntryDraft, *, at: datetime) -> Posted:
    """
    Write one entry with its transfers and move the money.

    :raises NotEnoughMoney: if a client account would go below zero
    :raises AccountFrozen: if a frozen account is debited
    :raises IdempotencyMismatch: if the key was used with other content
    :raises RefusedBefore: if the key was refused before
    """
    return post_many([entry], at=at)[0]


@needs_transaction
def post_many(
    entries: Sequence[EntryDraft], *, at: datetime, locked: LockedBalances | None = None
) -> list[Posted]:
    """
    Write entries in their order: all or none. Raises as `post`.

    `locked` spares the lock when the caller already holds the balance rows of every account touched.
    """
    if not entries:
        return []
    if locked is None:
        locked = lock_balances(_accounts(entries))
    # Looked up only now: whoever used a key before us held one of these locks until its commit.
    before = _posted_before(entries)
    fresh = [entry for entry in entries if entry.idempotency_key not in before]
    _check_cover(fresh, locked, at=at)
    ids = iter(write.entries_with_transfers(fresh, at=at))
    return [
        Posted(before[entry.idempotency_key], True)
        if entry.idempotency_key in before
        else Posted(next(ids), False)
        for entry in entries
    ]


def _accounts(entries: Sequence[EntryDraft]) -> set[int]:
    return {side for entry in entries for transfer in entry.transfers for side in transfer[:2]}


def _check_cover(entries: Sequence[EntryDraft], locked: LockedBalances, *, at: datetime) -> None:
    """Refuse what the database would refuse too, with a name for it, and move the cached balances along."""
    for entry in entries:
        for debit, credit, amount_minor, _purpose in entry.transfers:
            if debit in locked:
                if debit in locked.frozen:
                    raise _remembered(AccountFrozen(), entry, at=at)
                if locked[debit] < amount_minor:
                    missing = Money(amount_minor - locked[debit], entry.currency)
                    raise _remembered(NotEnoughMoney(missing=str(missing)), entry, at=at)
                locked[debit] -= amount_minor
            if credit in locked:
                locked[credit] += amount_minor


def _remembered(refusal: Refused, entry: EntryDraft, *, at: datetime) -> Refused:
    def remember() -> None:
        with transaction.atomic():
            Refusal.objects.bulk_create(
                [
                    Refusal(
                        idempotency_key=entry.idempotency_key, code=refusal.code, params=refusal.params, at=at
                    )
                ],
                ignore_conflicts=True,
            )

    refusal.after_rollback = remember
    return refusal


def _posted_before(entries: Sequence[EntryDraft]) -> dict[str, int]:
    """Ids of entries already stored under these keys, each proved to have the same content."""
    keys = [entry.idempotency_key for entry in entries]
    with raw_cursor() as cursor:
        cursor.execute(
            "SELECT idempotency_key, code FROM escrow_refusal WHERE idempotency_key = ANY(%s) LIMIT 1", [keys]
        )
        if refused := cursor.fetchone():
            raise RefusedBefore(key=refused[0], reason=refused[1])
        cursor.execute("SELECT idempotency_key, id FROM escrow_entry WHERE idempotency_key = ANY(%s)", [keys])
        before: dict[str, int] = dict(cursor.fetchall())
        if not before:
            return before
        stored = write.content_of(cursor, list(before.values()))
    for entry in entries:
        if (entry_id := before.get(entry.idempotency_key)) is not None:
            _same_content(entry, stored[entry_id])
    return before


def _same_content(entry: EntryDraft, stored: write.StoredEntry) -> None:
    asked = write.StoredEntry(entry.kind, entry.reference, entry.currency, tuple(sorted(entry.transfers)))
    for field, new, old in zip(asked._fields, asked, stored, strict=True):
        if new != old:
            raise IdempotencyMismatch(field=field, key=entry.idempotency_key)
