"""One batch in one thread: placed, placed again if the database was lost, and split if it is refused as a whole."""

import logging
from typing import NamedTuple

import psycopg
from django.db import InterfaceError, OperationalError, connection
from django.utils import timezone

from listings.rounds.batch import BidRequest, RoundRow
from listings.rounds.core.allocate import Code
from listings.rounds.operations import BatchResult, Outcome, place_bids

logger = logging.getLogger(__name__)

#: What a lost server, a lost connection and a deadlock raise, through the ORM and from the raw cursor.
LOST = (OperationalError, InterfaceError, psycopg.OperationalError, psycopg.InterfaceError)


class Committed(NamedTuple):
    """Outcomes in the order of the bids, and the round as the batch left it if it is known."""

    outcomes: list[Outcome]
    round: RoundRow | None


def commit(round_id: int, bids: list[BidRequest]) -> Committed:
    """
    Commit one batch in this thread; if it is refused as a whole, each bid by itself.

    Bids that could not be decided are answered `busy`.
    """
    try:
        result = place_twice(round_id, bids)
        return Committed(result.outcomes, result.round)
    except LOST:
        return all_busy(bids)
    except Exception:
        logger.exception("batch of %d for round %d", len(bids), round_id)
    if len(bids) == 1:
        return all_busy(bids)
    alone = [commit(round_id, [bid]) for bid in bids]
    rounds = [one.round for one in alone if one.round is not None]
    return Committed([one.outcomes[0] for one in alone], rounds[-1] if rounds else None)


def place_twice(round_id: int, bids: list[BidRequest]) -> BatchResult:
    """
    Place a batch, and once more if the database was lost or chose us to break a deadlock.

    The second try is safe even when the first one was committed unseen: every bid finds its own answer again.

    :raises NotFound: if there is no such round
    :raises OperationalError, InterfaceError: if the database stays away; nothing is known about the bids
    """
    try:
        return place_bids(round_id=round_id, bids=bids, at=timezone.now())
    except LOST:
        logger.warning("batch of %d for round %d is tried again", len(bids), round_id, exc_info=True)
        connection.close()
    try:
        return place_bids(round_id=round_id, bids=bids, at=timezone.now())
    except LOST:
        connection.close()
        raise


def busy(bid: BidRequest) -> Outcome:
    """Not decided and not stored: the client may send it again under the same id."""
    return Outcome(bid.client_id, Code.BUSY, 0, 0, 0, 0)


def all_busy(bids: list[BidRequest]) -> Committed:
    """Nothing is known about any of these bids."""
    return Committed([busy(bid) for bid in bids], None)
