"""Placing bids: one transaction decides, stores and pays for a whole batch."""

from collections.abc import Iterable, Sequence
from datetime import date, datetime
from typing import NamedTuple

from escrow import chart
from escrow.operations import EntryDraft, LockedBalances, TransferDraft, lock_balances, post_many
from listings.rounds import batch
from listings.rounds.batch import BidRequest, RoundRow, StoredBid
from listings.rounds.core.allocate import Book, Code, Offer, allocate
from listings.rounds.models import RoundState
from listings.rounds.operations.endings import end_filled, open_locked
from listings.rounds.wallets import account_of_round, accounts_of_investors
from marketplace.lib.actor import Actor
from marketplace.lib.business_day import business_day
from marketplace.lib.db import raw_cursor
from marketplace.lib.errors import NotFound
from marketplace.lib.transactions import owns_transaction

INVESTOR_ROLES = frozenset({"investor"})


class Outcome(NamedTuple):
    """
    What became of one bid. `code` is None when it was accepted.

    `bid_id` and `sequence` are 0 for a mismatch, which is not stored; `cash_minor` is what the wallet has left.
    """

    client_id: str
    code: Code | None
    bid_id: int
    sequence: int
    accepted_minor: int
    cash_minor: int


class BatchResult(NamedTuple):
    """Outcomes in the order of the bids, and the round as this batch left it."""

    outcomes: list[Outcome]
    round: RoundRow


def place_bid(*, round_id: int, bid: BidRequest, at: datetime) -> Outcome:
    """
    Place one bid, as a batch of one.

    :raises NotFound: if there is no such round
    """
    return place_bids(round_id=round_id, bids=[bid], at=at).outcomes[0]


@owns_transaction
def place_bids(*, round_id: int, bids: Sequence[BidRequest], at: datetime) -> BatchResult:
    """
    Decide bids in their order and move the money of the accepted ones behind the round.

    A bid whose (investor, client id) was decided before gets the same answer again and moves nothing.

    :raises NotFound: if there is no such round
    """
    with raw_cursor() as cursor:
        row = batch.lock_round(cursor, round_id)
        if row is None:
            raise NotFound
        if row.state == RoundState.SCHEDULED and at >= row.opens_at:
            open_locked(round_id=round_id, at=at)
            row = row._replace(state=RoundState.OPEN)
        purse = _lock_purse(row, bids)
        # Looked up only now: whoever used a client id in another round held the wallet until its commit.
        known = batch.decided_before(cursor, bids)
        fresh = list(_first_of_each(bid for bid in bids if _key(bid) not in known))
        if fresh:
            row, stored = _decide(cursor, row, fresh, purse, at=at)
            known |= {_key(bid): decided for bid, decided in zip(fresh, stored, strict=True)}
    return BatchResult([_outcome(row, bid, known[_key(bid)], purse) for bid in bids], row)


class Purse(NamedTuple):
    """The locked wallets of a batch's investors and the round's own account."""

    balances: LockedBalances
    wallet_of: dict[int, int]
    escrow: int


def _key(bid: BidRequest) -> tuple[int, str]:
    return bid.investor_id, bid.client_id


def _first_of_each(bids: Iterable[BidRequest]) -> Iterable[BidRequest]:
    """The same client id twice in one batch: the first is decided, the second gets its answer."""
    first: dict[tuple[int, str], BidRequest] = {}
    for bid in bids:
        first.setdefault(_key(bid), bid)
    return first.values()


def _lock_purse(row: RoundRow, bids: Sequence[BidRequest]) -> Purse:
    wallet_of = accounts_of_investors({bid.investor_id for bid in bids})
    escrow = account_of_round(row.id)
    return Purse(lock_balances([*wallet_of.values(), escrow]), wallet_of, escrow)


def _decide(
    cursor: batch.Cursor, row: RoundRow, bids: list[BidRequest], purse: Purse, *, at: datetime
) -> tuple[RoundRow, list[StoredBid]]:
    """Allocate, store, pay and count; the round as it is afterwards."""
    balances, wallet_of, _escrow = purse
    usable = {i: balances[w] for i, w in wallet_of.items() if w not in balances.frozen}
    verdicts = allocate(
        _book(row, at=at),
        [Offer(bid.investor_id, bid.amount_minor, bid.allow_partial) for bid in bids],
        wallets=usable,
        held=batch.held(cursor, row, wallet_of),
        barred=batch.barred(cursor, row, wallet_of),
    )
    stored = batch.insert_bids(cursor, row, bids, verdicts, at=at)
    day = business_day(at)
    entries = [
        _entry(row, bid, decided, purse, day) for bid, decided in zip(bids, stored, strict=True) if not decided.code
    ]
    post_many(entries, at=at, locked=balances, keys_are_new=True)
    row = row._replace(
        funded_minor=row.funded_minor + sum(decided.accepted_minor for decided in stored),
        bid_count=row.bid_count + len(entries),
        last_sequence=row.last_sequence + len(stored),
    )
    assert row.funded_minor <= row.target_minor, "a round is never oversold"
    batch.update_round(cursor, row)
    if entries and row.funded_minor == row.target_minor:
        end_filled(round_id=row.id, at=at)
        row = row._replace(state=RoundState.FILLED)
    return row, stored


def _book(row: RoundRow, *, at: datetime) -> Book:
    return Book(
        # A full round says "sold out" rather than "not open", for as long as people may still try.
        is_open=row.state == RoundState.FILLED or (row.state == RoundState.OPEN and row.opens_at <= at < row.closes_at),
        remaining_minor=row.target_minor - row.funded_minor,
        minimum_bid_minor=row.minimum_bid_minor,
        step_minor=row.step_minor,
        maximum_per_investor_minor=row.maximum_per_investor_minor,
    )


def _entry(row: RoundRow, bid: BidRequest, decided: StoredBid, purse: Purse, day: date) -> EntryDraft:
    cause = f"bid:{decided.id}"
    transfer = TransferDraft(
        purse.wallet_of[bid.investor_id], purse.escrow, decided.accepted_minor, chart.Purpose.BID_ACCEPTED
    )
    actor = Actor(None, INVESTOR_ROLES, f"investor {bid.investor_id}")
    return EntryDraft("bid", cause, cause, actor, day, (transfer,), row.currency)


def _outcome(row: RoundRow, bid: BidRequest, decided: StoredBid, purse: Purse) -> Outcome:
    cash_minor = purse.balances[purse.wallet_of[bid.investor_id]]
    same = (row.id, bid.amount_minor, bid.allow_partial)
    if (decided.round_id, decided.amount_minor, decided.allow_partial) != same:
        return Outcome(bid.client_id, Code.DUPLICATE_MISMATCH, 0, 0, 0, cash_minor)
    code = Code(decided.code) if decided.code else None
    return Outcome(bid.client_id, code, decided.id, decided.sequence, decided.accepted_minor, cash_minor)
