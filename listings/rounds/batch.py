"""
The SQL of the hot path, and nothing else: set-based, through psycopg, inside the caller's transaction.

A batch is all bids that came in for one round while the batch before it was being committed.
"""

from collections.abc import Iterable, Iterator, Sequence
from datetime import datetime
from typing import Any, NamedTuple

import psycopg

from listings.rounds.core.allocate import Code
from marketplace.lib.db import copy_lines, int_array


class BidRequest(NamedTuple):
    """A bid that passed the cheap checks; `client_id` is a UUID in canonical text."""

    investor_id: int
    client_id: str
    amount_minor: int
    allow_partial: bool
    received_at: datetime


class RoundRow(NamedTuple):
    """The locked row of a round."""

    id: int
    listing_id: int
    borrower_user_id: int
    state: str
    currency: str
    target_minor: int
    funded_minor: int
    bid_count: int
    last_sequence: int
    minimum_bid_minor: int
    step_minor: int
    maximum_per_investor_minor: int | None
    opens_at: datetime
    closes_at: datetime


class StoredBid(NamedTuple):
    """A decided bid as the database has it."""

    id: int
    round_id: int
    amount_minor: int
    allow_partial: bool
    code: str
    accepted_minor: int
    sequence: int


LOCK_ROUND = """
SELECT r.id, r.listing_id, b.user_id, r.state, r.currency, r.target_minor, r.funded_minor, r.bid_count,
       r.last_sequence, r.minimum_bid_minor, r.step_minor, r.maximum_per_investor_minor, r.opens_at, r.closes_at
  FROM rounds_round r
  JOIN listings_listing l ON l.id = r.listing_id
  JOIN borrowers_borrower b ON b.id = l.borrower_id
 WHERE r.id = %s FOR NO KEY UPDATE OF r
"""
DECIDED_BEFORE = """
SELECT b.investor_id, b.client_id::text, b.id, b.round_id, b.amount_minor, b.allow_partial, b.code,
       b.accepted_minor, b.sequence
  FROM unnest(%s::bigint[], %s::uuid[]) AS k (investor_id, client_id)
  JOIN rounds_bid b ON b.investor_id = k.investor_id AND b.client_id = k.client_id
"""
# Users too: a socket stays open when its user's account is closed.
BARRED = """
SELECT i.id, CASE WHEN i.user_id = %s THEN 'own_listing' ELSE 'not_eligible' END
  FROM investors_investor i JOIN accounts_user u ON u.id = i.user_id
 WHERE i.id = ANY(%s::bigint[]) AND (i.status <> 'active' OR NOT u.is_active OR i.user_id = %s)
"""
HELD = """
SELECT investor_id, sum(accepted_minor)::bigint FROM rounds_bid
 WHERE round_id = %s AND investor_id = ANY(%s::bigint[]) GROUP BY investor_id
"""
NEW_IDS = "SELECT array_agg(nextval('rounds_bid_id_seq')) FROM generate_series(1, %s)"
COPY_BIDS = """
COPY rounds_bid (id, round_id, sequence, investor_id, client_id, amount_minor, allow_partial, decision, code,
                 accepted_minor, received_at, decided_at)
    FROM STDIN
"""
UPDATE_ROUND = """
UPDATE rounds_round SET funded_minor = %s, bid_count = %s, last_sequence = %s WHERE id = %s
"""

Cursor = psycopg.Cursor[Any]


def lock_round(cursor: Cursor, round_id: int) -> RoundRow | None:
    """Lock the round against other batches and against its closing."""
    row = cursor.execute(LOCK_ROUND, [round_id]).fetchone()
    return None if row is None else RoundRow(*row)


def decided_before(cursor: Cursor, bids: Sequence[BidRequest]) -> dict[tuple[int, str], StoredBid]:
    """Bids already decided under these (investor, client id), in whatever round."""
    cursor.execute(DECIDED_BEFORE, [int_array(b.investor_id for b in bids), uuid_array(b.client_id for b in bids)])
    return {(investor_id, client_id): StoredBid(*rest) for investor_id, client_id, *rest in cursor.fetchall()}


def barred(cursor: Cursor, round_row: RoundRow, investor_ids: Iterable[int]) -> dict[int, Code]:
    """Investors who may not bid here, with the reason."""
    owner = round_row.borrower_user_id
    cursor.execute(BARRED, [owner, int_array(investor_ids), owner])
    return {investor_id: Code(code) for investor_id, code in cursor.fetchall()}


def held(cursor: Cursor, round_row: RoundRow, investor_ids: Iterable[int]) -> dict[int, int]:
    """Minor units accepted in this round so far, by investor; only asked for when there is a limit."""
    if round_row.maximum_per_investor_minor is None:
        return {}
    return dict(cursor.execute(HELD, [round_row.id, int_array(investor_ids)]).fetchall())


def insert_bids(
    cursor: Cursor,
    round_row: RoundRow,
    bids: Sequence[BidRequest],
    verdicts: Sequence[tuple[int, Code | None]],
    *,
    at: datetime,
) -> list[StoredBid]:
    """Write the decisions, numbered on from the round's last sequence."""
    row = cursor.execute(NEW_IDS, [len(bids)]).fetchone()
    assert row is not None, "the statement returns a row"
    stored = [
        StoredBid(new_id, round_row.id, bid.amount_minor, bid.allow_partial, code or "", accepted, sequence)
        for new_id, bid, (accepted, code), sequence in zip(
            row[0], bids, verdicts, range(round_row.last_sequence + 1, 2**62), strict=False
        )
    ]
    copy_lines(cursor, COPY_BIDS, _lines(bids, stored, at.isoformat()))
    return stored


def update_round(cursor: Cursor, round_row: RoundRow) -> None:
    """Move the counters along."""
    counters = (round_row.funded_minor, round_row.bid_count, round_row.last_sequence)
    cursor.execute(UPDATE_ROUND, [*counters, round_row.id])


def uuid_array(values: Iterable[str]) -> str:
    """A PostgreSQL array literal of canonical UUIDs, for `%s::uuid[]`."""
    return "{" + ",".join(values) + "}"


def _lines(bids: Sequence[BidRequest], stored: Sequence[StoredBid], decided_at: str) -> Iterator[str]:
    """Lines for COPY: numbers, canonical UUIDs and codes need no escaping."""
    for bid, s in zip(bids, stored, strict=True):
        partial = "t" if bid.allow_partial else "f"
        decision = "refused" if s.code else "accepted"
        yield (
            f"{s.id}\t{s.round_id}\t{s.sequence}\t{bid.investor_id}\t{bid.client_id}\t{bid.amount_minor}\t{partial}"
            f"\t{decision}\t{s.code}\t{s.accepted_minor}\t{bid.received_at.isoformat()}\t{decided_at}\n"
        )
