"""What callers hand to `post`."""

from datetime import date
from typing import NamedTuple

from escrow.chart import Purpose
from marketplace.lib.actor import Actor
from marketplace.lib.money import DEFAULT_CURRENCY


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
    currency: str = DEFAULT_CURRENCY
    memo: str = ""


class Posted(NamedTuple):
    """The stored entry; `is_replay` when the key had been posted before and nothing moved now."""

    entry_id: int
    is_replay: bool
