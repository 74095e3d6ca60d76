"""A round whose account was frozen when its time was over ends once it is released: no bid is stuck behind it."""

from datetime import datetime, timedelta

import pytest
from django.db import transaction

from escrow import chart
from escrow.models import Refusal
from escrow.operations import AccountFrozen, freeze_account, release_account
from investors.models import Investor
from listings.rounds.models import Round, RoundState
from listings.rounds.operations import cancel_listing, close_round, place_bid, repair_rounds
from marketplace.accounts.roles import Role
from marketplace.lib.actor import SYSTEM
from tests import cast
from tests.rounds.stage import assert_books_are_right, behind, bid, cash


@pytest.fixture
def frozen(round_: Round, ann: Investor, now: datetime) -> str:
    """The code of the round's frozen account, with 100.00 of Ann in it."""
    place_bid(round_id=round_.pk, bid=bid(ann, 100_00, at=now), at=now)
    code = chart.round_escrow(round_.pk)
    with transaction.atomic():
        freeze_account(code=code, reason="court order 7", by=SYSTEM, at=now)
    return code


def release(code: str, *, at: datetime) -> None:
    with transaction.atomic():
        release_account(code=code, reason="order lifted", by=SYSTEM, at=at)


def test_closing_waits_for_the_release(round_: Round, ann: Investor, frozen: str) -> None:
    with pytest.raises(AccountFrozen):
        close_round(round_id=round_.pk, at=round_.closes_at)
    assert (behind(round_), Refusal.objects.count()) == (100_00, 0)
    release(frozen, at=round_.closes_at)
    assert repair_rounds(at=round_.closes_at + timedelta(minutes=1)) == 1
    assert Round.objects.get(pk=round_.pk).state == RoundState.FAILED
    assert (cash(ann), behind(round_)) == (8_000_00, 0)
    assert_books_are_right(round_)


def test_so_does_cancelling(round_: Round, ann: Investor, frozen: str, now: datetime) -> None:
    staff = cast.staff(Role.OPERATIONS)
    with pytest.raises(AccountFrozen):
        cancel_listing(listing_id=round_.listing_id, by=staff, at=now, reason="A forged invoice.")
    release(frozen, at=now)
    cancel_listing(listing_id=round_.listing_id, by=staff, at=now, reason="A forged invoice.")
    assert (cash(ann), behind(round_)) == (8_000_00, 0)
