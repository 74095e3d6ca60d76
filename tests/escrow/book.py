"""The ledger in a few words: wallets with money, entries by account code, and everything that could change."""

from datetime import date, datetime
from itertools import count

from django.db import transaction

from escrow import chart
from escrow.chart import Kind, Purpose
from escrow.models import Account, Balance, Entry, Freeze, Refusal, Transfer
from escrow.operations import EntryDraft, Posted, TransferDraft, open_account, post
from escrow.queries import account_ids
from marketplace.lib.actor import SYSTEM
from marketplace.lib.transactions import owns_transaction

BANK = chart.BANK_ESCROW
_keys = count(1)

Step = tuple[str, str, int, Purpose]


def wallet(investor_id: int, minor: int = 0, *, at: datetime) -> str:
    """The code of an investor's wallet, opened, with money in it."""
    code = chart.investor_cash(investor_id)
    opened(code, Kind.INVESTOR_CASH, investor_id)
    if minor:
        pay(draft((BANK, code, minor, Purpose.BANK_DEPOSIT)), at=at)
    return code


def round_account(round_id: int) -> str:
    """The code of a round's escrow account, opened."""
    return opened(chart.round_escrow(round_id), Kind.ROUND_ESCROW, round_id)


def opened(code: str, kind: Kind, owner_id: int, currency: str = "CNY") -> str:
    """The code of an account, opened."""
    with transaction.atomic():
        open_account(code=code, kind=kind, owner_type="test", owner_id=owner_id, currency=currency)
    return code


def draft(*steps: Step, key: str = "", kind: str = "test", reference: str = "test:1") -> EntryDraft:
    """An entry of (debit code, credit code, minor units, purpose)."""
    ids = account_ids({code for step in steps for code in step[:2]})
    transfers = tuple(TransferDraft(ids[debit], ids[credit], minor, why) for debit, credit, minor, why in steps)
    day = date(2026, 3, 2)
    return EntryDraft(kind, reference, key or f"test-{next(_keys)}", SYSTEM, day, transfers)


@owns_transaction
def pay(entry: EntryDraft, *, at: datetime) -> Posted:
    """What a door would call: post in a transaction of its own."""
    return post(entry, at=at)


def everything() -> tuple[object, ...]:
    """All that the ledger holds; equal before and after whatever must change nothing."""
    return (
        list(Account.objects.order_by("pk").values_list()),
        list(Balance.objects.order_by("pk").values_list()),
        list(Entry.objects.order_by("pk").values_list()),
        list(Transfer.objects.order_by("pk").values_list()),
        list(Freeze.objects.order_by("pk").values_list()),
        list(Refusal.objects.order_by("pk").values_list()),
    )
