"""Whether client accounts can pay: their locked balances, and refusals that are remembered."""

from collections.abc import Callable, Iterable, Sequence
from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from escrow.models import Refusal
from escrow.operations.drafts import EntryDraft
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


def check_cover(
    entries: Sequence[EntryDraft], locked: LockedBalances, *, at: datetime, remember_refusal: bool = True
) -> None:
    """
    Refuse what the database would refuse too, with a name for it, and move the cached balances along.

    :raises NotEnoughMoney: if a client account would go below zero
    :raises AccountFrozen: if a frozen account is debited
    """
    for entry in entries:
        if (refusal := _refusal_of(entry, locked)) is not None:
            raise _remembered(refusal, entry, at=at) if remember_refusal else refusal


def _refusal_of(entry: EntryDraft, locked: LockedBalances) -> Refused | None:
    """Why an entry cannot be posted; the balances are moved along as far as it can."""
    for debit, credit, amount_minor, _purpose in entry.transfers:
        if debit in locked:
            if debit in locked.frozen:
                return AccountFrozen()
            if locked[debit] < amount_minor:
                return NotEnoughMoney(missing=str(Money(amount_minor - locked[debit], entry.currency)))
            locked[debit] -= amount_minor
        if credit in locked:
            locked[credit] += amount_minor
    return None


def _remembered(refusal: Refused, entry: EntryDraft, *, at: datetime) -> Refused:
    refusal.after_rollback = _remember(
        Refusal(idempotency_key=entry.idempotency_key, code=refusal.code, params=refusal.params, at=at)
    )
    return refusal


def _remember(row: Refusal) -> Callable[[], None]:
    def write() -> None:
        with transaction.atomic():
            Refusal.objects.bulk_create([row], ignore_conflicts=True)

    return write
