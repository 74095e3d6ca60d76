"""The floor: the same three rows a bid by raw COPY into bare copies of the tables, no decision, no balance."""

from collections.abc import Iterator
from datetime import datetime
from itertools import count
from typing import Any

import psycopg

from listings.rounds.batch import BidRequest
from marketplace.lib.db import raw_connection

TABLES = ("rounds_bid", "escrow_entry", "escrow_transfer")
_ids = count(1)


def make_tables(owner: psycopg.Connection[Any]) -> None:
    """Copies with the same columns, defaults, constraints and indexes, and no triggers."""
    for table in TABLES:
        owner.execute(f"CREATE TABLE bench_{table} (LIKE {table} INCLUDING ALL)")
        owner.execute(f"GRANT INSERT ON bench_{table} TO PUBLIC")


def copy_batch(bids: list[BidRequest], *, round_id: int, at: datetime) -> None:
    """One transaction: three COPY commands."""
    numbered = [(next(_ids), bid) for bid in bids]
    now = at.isoformat()
    day = at.date().isoformat()
    with raw_connection().transaction(), raw_connection().cursor() as cursor:
        for command, rows in (
            (COPY_BIDS, _bids(numbered, round_id, now)),
            (COPY_ENTRIES, _entries(numbered, day)),
            (COPY_TRANSFERS, _transfers(numbered, now)),
        ):
            with cursor.copy(command) as copy:
                copy.write("".join(rows))


COPY_BIDS = """COPY bench_rounds_bid (id, round_id, investor_id, client_id, amount_minor, allow_partial, decision, code,
    accepted_minor, sequence, received_at, decided_at) FROM STDIN"""
COPY_ENTRIES = """COPY bench_escrow_entry (id, kind, reference, idempotency_key, transfer_count, actor_id, actor_label,
    memo, value_date) FROM STDIN"""
COPY_TRANSFERS = """COPY bench_escrow_transfer (id, entry_id, debit_account_id, credit_account_id, amount_minor,
    currency, purpose, posted_at) FROM STDIN"""

Numbered = list[tuple[int, BidRequest]]


def _bids(numbered: Numbered, round_id: int, now: str) -> Iterator[str]:
    for n, b in numbered:
        yield (
            f"{n}\t{round_id}\t{b.investor_id}\t{b.client_id}\t{b.amount_minor}\tt\taccepted\t\t{b.amount_minor}"
            f"\t{n}\t{now}\t{now}\n"
        )


def _entries(numbered: Numbered, day: str) -> Iterator[str]:
    for n, b in numbered:
        yield f"{n}\tbid\tbid:{n}\tbid:{n}\t1\t\\N\tinvestor {b.investor_id}\t\t{day}\n"


def _transfers(numbered: Numbered, now: str) -> Iterator[str]:
    for n, b in numbered:
        yield f"{n}\t{n}\t{b.investor_id}\t1000000\t{b.amount_minor}\tCNY\tbid_accepted\t{now}\n"
