"""Placing bids: money moves with the decision, and only then."""

from datetime import datetime

import pytest

from escrow import chart
from escrow.operations import freeze_account
from investors.models import Investor, InvestorStatus
from investors.operations import open_investor
from listings.rounds.core.allocate import Code
from listings.rounds.models import Bid, Round
from listings.rounds.operations import place_bid, place_bids
from marketplace.accounts.models import User
from marketplace.lib.actor import SYSTEM
from marketplace.lib.errors import NotFound
from tests import cast
from tests.rounds.stage import TARGET_MINOR, assert_books_are_right, behind, bid, cash, scheduled_round


def test_an_accepted_bid_moves_its_money_behind_the_round(round_: Round, ann: Investor, now: datetime) -> None:
    outcome = place_bid(round_id=round_.pk, bid=bid(ann, 3_000_00, at=now), at=now)
    assert (outcome.code, outcome.accepted_minor, outcome.sequence) == (None, 3_000_00, 1)
    assert outcome.cash_minor == cash(ann) == 5_000_00
    assert behind(round_) == 3_000_00
    round_.refresh_from_db()
    assert (round_.funded_minor, round_.bid_count, round_.last_sequence) == (3_000_00, 1, 1)
    assert_books_are_right(round_)


def test_the_last_bid_is_cut_to_what_is_left(round_: Round, ann: Investor, ben: Investor, now: datetime) -> None:
    bids = [bid(ann, 7_000_00, at=now), bid(ben, 5_000_00, at=now)]
    outcomes = place_bids(round_id=round_.pk, bids=bids, at=now).outcomes
    assert [o.accepted_minor for o in outcomes] == [7_000_00, 3_000_00]
    assert (cash(ann), cash(ben), behind(round_)) == (1_000_00, 5_000_00, TARGET_MINOR)
    assert_books_are_right(round_)


def test_a_bid_that_may_not_be_cut_is_refused_whole(round_: Round, ann: Investor, ben: Investor, now: datetime) -> None:
    bids = [bid(ann, 7_000_00, at=now), bid(ben, 5_000_00, at=now, allow_partial=False)]
    outcomes = place_bids(round_id=round_.pk, bids=bids, at=now).outcomes
    assert [o.code for o in outcomes] == [None, Code.SOLD_OUT]
    assert (cash(ben), behind(round_)) == (8_000_00, 7_000_00)


@pytest.mark.parametrize(
    ("amount", "code"),
    [
        (50_00, Code.BELOW_MINIMUM),
        (150_00, Code.NOT_A_MULTIPLE),
        (8_100_00, Code.INSUFFICIENT_FUNDS),
        (2**53 - 1, Code.NOT_A_MULTIPLE),
    ],
)
def test_a_refused_bid_is_stored_and_moves_nothing(
    round_: Round, ann: Investor, now: datetime, amount: int, code: Code
) -> None:
    outcome = place_bid(round_id=round_.pk, bid=bid(ann, amount, at=now), at=now)
    assert (outcome.code, outcome.accepted_minor, outcome.sequence) == (code, 0, 1)
    stored = Bid.objects.get()
    assert (stored.decision, stored.code, stored.accepted_minor) == ("refused", code, 0)
    assert (cash(ann), behind(round_)) == (8_000_00, 0)


def test_the_limit_per_investor_counts_earlier_batches(ann: Investor, now: datetime) -> None:
    limited = scheduled_round(at=now, maximum_per_investor_minor=1_000_00)
    place_bid(round_id=limited.pk, bid=bid(ann, 600_00, at=now), at=now)
    outcome = place_bid(round_id=limited.pk, bid=bid(ann, 500_00, at=now), at=now)
    assert outcome.code == Code.ABOVE_LIMIT
    assert place_bid(round_id=limited.pk, bid=bid(ann, 400_00, at=now), at=now).code is None
    assert cash(ann) == 7_000_00


def test_nobody_funds_their_own_listing(db: None, now: datetime) -> None:
    owner = cast.borrower("Bai", at=now)
    own = scheduled_round(at=now, owner=owner)
    bai = open_investor(user=owner.user, at=now)
    cast.deposit(bai, 1_000_00, at=now)
    assert place_bid(round_id=own.pk, bid=bid(bai, 100_00, at=now), at=now).code == Code.OWN_LISTING
    assert cash(bai) == 1_000_00


def test_a_suspended_investor_may_not_bid_and_others_may(
    round_: Round, ann: Investor, ben: Investor, now: datetime
) -> None:
    Investor.objects.filter(pk=ann.pk).update(status=InvestorStatus.SUSPENDED)
    bids = [bid(ann, 100_00, at=now), bid(ben, 100_00, at=now)]
    outcomes = place_bids(round_id=round_.pk, bids=bids, at=now).outcomes
    assert [o.code for o in outcomes] == [Code.NOT_ELIGIBLE, None]
    assert (cash(ann), cash(ben)) == (8_000_00, 7_900_00)


def test_an_investor_whose_user_was_shut_out_may_not_bid(round_: Round, ann: Investor, now: datetime) -> None:
    User.objects.filter(pk=ann.user_id).update(is_active=False)
    assert place_bid(round_id=round_.pk, bid=bid(ann, 100_00, at=now), at=now).code == Code.NOT_ELIGIBLE
    assert (cash(ann), behind(round_)) == (8_000_00, 0)


def test_a_frozen_wallet_has_nothing_to_bid_with(round_: Round, ann: Investor, now: datetime) -> None:
    freeze_account(code=chart.investor_cash(ann.pk), reason="court order", by=SYSTEM, at=now)
    outcome = place_bid(round_id=round_.pk, bid=bid(ann, 100_00, at=now), at=now)
    assert outcome.code == Code.INSUFFICIENT_FUNDS
    assert (cash(ann), behind(round_)) == (8_000_00, 0)


@pytest.mark.parametrize("round_id", [0, 2**31, 10**30])
def test_a_round_that_is_not_there(ann: Investor, now: datetime, round_id: int) -> None:
    with pytest.raises(NotFound):
        place_bid(round_id=round_id, bid=bid(ann, 100_00, at=now), at=now)
    assert Bid.objects.count() == 0
