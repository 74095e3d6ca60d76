"""Opening a round and every way it ends: each gives every fen a participation or its way home."""

import logging
from datetime import datetime

from django.db import transaction
from django.db.models import Q, Sum

from escrow import chart, queries
from escrow.operations import EntryDraft, TransferDraft, post
from listings.models import Listing
from listings.operations import apply_move
from listings.rounds.broadcast import announce
from listings.rounds.models import TAKES_BIDS, Bid, Round, RoundMove, RoundState
from marketplace.lib.actor import SYSTEM, Actor
from marketplace.lib.business_day import business_day
from marketplace.lib.errors import NotFound
from marketplace.lib.outbox.operations import record
from marketplace.lib.transactions import needs_transaction, owns_transaction

logger = logging.getLogger(__name__)


@owns_transaction
def open_round(*, round_id: int, at: datetime) -> bool:
    """
    Open a round whose time has come; False if there was nothing to do.

    :raises NotFound: if there is no such round
    """
    found = _locked(round_id)
    if found.state != RoundState.SCHEDULED or at < found.opens_at:
        return False
    open_locked(round_id=round_id, at=at)
    return True


@needs_transaction
def open_locked(*, round_id: int, at: datetime) -> None:
    """Open a scheduled round, whose row the caller holds, and its listing with it."""
    found = Round.objects.get(pk=round_id)
    _move(found, RoundState.OPEN, by=SYSTEM, at=at)
    apply_move(listing_id=found.listing_id, move="open", by=SYSTEM, at=at)


@needs_transaction
def end_filled(*, round_id: int, at: datetime) -> None:
    """End a round, whose row the caller holds, because its target is reached: the listing is funded."""
    found = Round.objects.get(pk=round_id)
    _move(found, RoundState.FILLED, by=SYSTEM, at=at)
    apply_move(listing_id=found.listing_id, move="fund", by=SYSTEM, at=at)


@owns_transaction
def close_round(*, round_id: int, at: datetime) -> RoundState:
    """
    Close a round whose time is over: keep a part the borrower agreed to, or return every bid.

    Closing twice, or before its time, changes nothing; the state it is in is returned.

    :raises NotFound: if there is no such round
    """
    found = _locked(round_id)
    if found.state not in TAKES_BIDS or at < found.closes_at:
        return RoundState(found.state)
    if found.state == RoundState.SCHEDULED:
        open_locked(round_id=round_id, at=at)
        found.refresh_from_db()
    if found.funded_minor >= found.accepts_from_minor:
        _move(found, RoundState.PARTLY_FILLED, by=SYSTEM, at=at)
        apply_move(listing_id=found.listing_id, move="fund", by=SYSTEM, at=at)
        return RoundState.PARTLY_FILLED
    _return_all(found, by=SYSTEM, at=at)
    _move(found, RoundState.FAILED, by=SYSTEM, at=at)
    apply_move(listing_id=found.listing_id, move="fail", by=SYSTEM, at=at)
    return RoundState.FAILED


@owns_transaction
def cancel_listing(*, listing_id: int, by: Actor, at: datetime, reason: str) -> Listing:
    """
    Cancel a listing before it is paid out; the money behind its round goes home in the same commit.

    :raises NotFound, NotAllowed, MoveNotPossible, ReasonMissing: as `listings.operations.move_listing`
    """
    rounds = Round.objects.select_for_update(no_key=True).filter(listing_id=listing_id).order_by("pk")
    held = [r for r in rounds if r.state in TAKES_BIDS or r.state in (RoundState.FILLED, RoundState.PARTLY_FILLED)]
    listing = apply_move(listing_id=listing_id, move="cancel", by=by, at=at, reason=reason)
    for found in held:
        _return_all(found, by=by, at=at)
        _move(found, RoundState.CANCELLED, by=by, at=at, reason=reason)
    return listing


def repair_rounds(*, at: datetime) -> int:
    """Open and close whatever its own task missed; the number of rounds moved. One bad round stops no other."""
    due = Round.objects.filter(
        Q(state=RoundState.SCHEDULED, opens_at__lte=at) | Q(state=RoundState.OPEN, closes_at__lte=at)
    )
    moved = 0
    for round_id, closes_at in due.order_by("pk").values_list("pk", "closes_at"):
        try:
            if at >= closes_at:
                close_round(round_id=round_id, at=at)
                moved += 1
            else:
                moved += open_round(round_id=round_id, at=at)
        except Exception:
            logger.exception("round %s could not be moved", round_id)
    return moved


def _locked(round_id: int) -> Round:
    found = Round.objects.select_for_update(no_key=True).filter(pk=round_id).first()
    if found is None:
        raise NotFound
    return found


def _return_all(found: Round, *, by: Actor, at: datetime) -> None:
    """One entry that sends every accepted bid's money back, summed per investor."""
    bids = Bid.objects.filter(round=found, accepted_minor__gt=0).order_by("investor_id")
    per_investor = list(bids.values_list("investor_id").annotate(total=Sum("accepted_minor")))
    if not per_investor:
        return
    source = chart.round_escrow(found.pk)
    accounts = queries.account_ids([source, *(chart.investor_cash(i) for i, _ in per_investor)])
    transfers = tuple(
        TransferDraft(accounts[source], accounts[chart.investor_cash(i)], total, chart.Purpose.BID_RETURNED)
        for i, total in per_investor
    )
    cause = f"round:{found.pk}"
    entry = EntryDraft("bids_returned", cause, f"{cause}:returned", by, business_day(at), transfers, found.currency)
    # A round has this one key: refused while its account is frozen, the money must still come home afterwards.
    post(entry, at=at, remember_refusal=False)
    assert not queries.balance(source), "a round that returns its bids keeps nothing"


def _move(found: Round, to: RoundState, *, by: Actor, at: datetime, reason: str = "") -> None:
    from_state, found.state = found.state, to
    if to not in TAKES_BIDS:
        found.closed_at = at
    found.save(update_fields=["state", "closed_at"])
    RoundMove.objects.create(round=found, from_state=from_state, to_state=to, by_label=by.label, reason=reason, at=at)
    record(name=f"round.{to}", aggregate=f"round:{found.pk}", payload={"round_id": found.pk}, at=at)
    transaction.on_commit(lambda: announce(found.pk), robust=True)
