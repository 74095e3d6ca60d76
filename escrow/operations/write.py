"""The ledger's two inserts, and reading back what they wrote."""

from collections import defaultdict
from collections.abc import Iterator, Sequence
from datetime import datetime
from typing import Any, NamedTuple

import psycopg

from escrow.operations.drafts import EntryDraft
from marketplace.lib.db import copy_lines, int_array, raw_cursor, text_array

NEW_IDS = """
SELECT array_agg(nextval('escrow_entry_id_seq')) FROM generate_series(1, %s)
"""
# A key that somebody else commits while we wait for it is left to them.
INSERT_ENTRIES = """
INSERT INTO escrow_entry
    (id, kind, reference, idempotency_key, transfer_count, value_date, actor_id, actor_label, memo)
SELECT * FROM unnest(%s::bigint[], %s::text[], %s::text[], %s::text[], %s::int[], %s::date[], %s::bigint[],
                     %s::text[], %s::text[])
    ON CONFLICT (idempotency_key) DO NOTHING RETURNING id
"""
COPY_TRANSFERS = """
COPY escrow_transfer (entry_id, debit_account_id, credit_account_id, amount_minor, currency, purpose, posted_at)
    FROM STDIN
"""
CONTENT = """
SELECT e.id, e.kind, e.reference, t.currency, t.debit_account_id, t.credit_account_id, t.amount_minor, t.purpose
  FROM escrow_entry e JOIN escrow_transfer t ON t.entry_id = e.id WHERE e.id = ANY(%s::bigint[])
"""


class StoredEntry(NamedTuple):
    """The content by which a replay is compared; transfers sorted: (debit, credit, amount_minor, purpose)."""

    kind: str
    reference: str
    currency: str
    transfers: tuple[tuple[int, int, int, str], ...]


def entries_with_transfers(entries: Sequence[EntryDraft], *, at: datetime) -> dict[str, int]:
    """
    Insert entries and all their transfers with one statement each; the new entry ids by key.

    A key that another transaction has just committed is missing in the result: nothing was written for it.
    """
    if not entries:
        return {}
    with raw_cursor() as cursor:
        ids: list[int] = _one(cursor.execute(NEW_IDS, [len(entries)]))
        inserted = cursor.execute(INSERT_ENTRIES, _entry_columns(ids, entries)).fetchall()
        if len(inserted) < len(entries):
            ours = {entry_id for (entry_id,) in inserted}
            pairs = [(i, e) for i, e in zip(ids, entries, strict=True) if i in ours]
            ids, entries = [i for i, _ in pairs], [e for _, e in pairs]
        if entries:
            copy_lines(cursor, COPY_TRANSFERS, _transfer_lines(ids, entries, at.isoformat()))
    return {entry.idempotency_key: entry_id for entry_id, entry in zip(ids, entries, strict=True)}


def content_of(cursor: psycopg.Cursor[Any], entry_ids: list[int]) -> dict[int, StoredEntry]:
    """What the entries say, by id."""
    cursor.execute(CONTENT, [int_array(entry_ids)])
    heads: dict[int, tuple[str, str, str]] = {}
    transfers: dict[int, list[tuple[int, int, int, str]]] = defaultdict(list)
    for entry_id, kind, reference, currency, *transfer in cursor.fetchall():
        heads[entry_id] = (kind, reference, currency)
        transfers[entry_id].append(tuple(transfer))
    return {i: StoredEntry(*head, tuple(sorted(transfers[i]))) for i, head in heads.items()}


def _entry_columns(ids: list[int], entries: Sequence[EntryDraft]) -> list[Any]:
    return [
        int_array(ids),
        text_array([e.kind for e in entries]),
        text_array([e.reference for e in entries]),
        text_array([e.idempotency_key for e in entries]),
        int_array(len(e.transfers) for e in entries),
        text_array([e.value_date.isoformat() for e in entries]),
        [e.actor.user_id for e in entries],
        text_array([e.actor.label for e in entries]),
        text_array([e.memo for e in entries]),
    ]


def _transfer_lines(ids: list[int], entries: Sequence[EntryDraft], posted_at: str) -> Iterator[str]:
    """Lines for COPY: numbers, a currency code and a purpose need no escaping."""
    for entry_id, entry in zip(ids, entries, strict=True):
        for debit, credit, amount_minor, purpose in entry.transfers:
            yield (f"{entry_id}\t{debit}\t{credit}\t{amount_minor}\t{entry.currency}\t{purpose.value}\t{posted_at}\n")


def _one(cursor: psycopg.Cursor[Any]) -> Any:
    row = cursor.fetchone()
    assert row is not None, "the statement returns a row"
    return row[0]
