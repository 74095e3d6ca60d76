"""The plain way: one ORM transaction per bid, writing the same rows."""

from datetime import datetime

from django.db import transaction

from escrow.chart import Purpose
from escrow.models import Balance, Entry, Transfer
from listings.rounds.batch import BidRequest
from listings.rounds.models import Bid, Round


def place_bid(*, round_id: int, bid: BidRequest, wallet: int, escrow: int, at: datetime) -> Bid:
    """Lock the round, check, and write bid, entry and transfer one by one."""
    with transaction.atomic():
        found = Round.objects.select_for_update(no_key=True).get(pk=round_id)
        if earlier := Bid.objects.filter(investor_id=bid.investor_id, client_id=bid.client_id).first():
            return earlier
        balance = Balance.objects.get(account_id=wallet)
        free = balance.credits_posted_minor - balance.debits_posted_minor
        accepted = min(bid.amount_minor, found.target_minor - found.funded_minor)
        if free < bid.amount_minor or accepted <= 0:
            raise ValueError("refused")
        found.last_sequence += 1
        found.bid_count += 1
        found.funded_minor += accepted
        placed = Bid.objects.create(
            round=found,
            investor_id=bid.investor_id,
            client_id=bid.client_id,
            amount_minor=bid.amount_minor,
            allow_partial=True,
            decision="accepted",
            accepted_minor=accepted,
            sequence=found.last_sequence,
            received_at=bid.received_at,
            decided_at=at,
        )
        entry = Entry.objects.create(
            kind="bid",
            reference=f"bid:{placed.pk}",
            idempotency_key=f"bid:{placed.pk}",
            transfer_count=1,
            actor_label="bench",
            value_date=at.date(),
        )
        Transfer.objects.create(
            entry=entry,
            debit_account_id=wallet,
            credit_account_id=escrow,
            amount_minor=accepted,
            currency=found.currency,
            purpose=Purpose.BID_ACCEPTED,
            posted_at=at,
        )
        found.save(update_fields=["last_sequence", "bid_count", "funded_minor"])
    return placed
