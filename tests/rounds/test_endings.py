"""Every way a round ends: each fen is allotted or back home."""

from datetime import datetime, timedelta

import pytest

from investors.models import Investor
from listings.operations import ReasonMissing
from listings.rounds.models import Round, RoundMove, RoundState
from listings.rounds.operations import cancel_listing, close_round, place_bid, place_bids
from listings.rounds.queries import allotments
from marketplace.accounts.roles import Role
from marketplace.lib.errors import NotAllowed, NotFound
from marketplace.lib.outbox.models import Event
from tests import cast
from tests.rounds.stage import TARGET_MINOR, assert_books_are_right, behind, bid, cash, scheduled_round


def ended(round_: Round) -> tuple[str, str]:
    """The states of the round and of its listing."""
    found = Round.objects.select_related("listing").get(pk=round_.pk)
    return found.state, found.listing.state


def events(round_: Round) -> list[str]:
    return list(Event.objects.filter(aggregate=f"round:{round_.pk}").order_by("id").values_list("name", flat=True))


def test_full(round_: Round, ann: Investor, ben: Investor, now: datetime) -> None:
    bids = [bid(ann, 6_000_00, at=now), bid(ben, 4_000_00, at=now)]
    result = place_bids(round_id=round_.pk, bids=bids, at=now)
    assert result.round.state == RoundState.FILLED
    assert ended(round_) == ("filled", "funded")
    assert allotments(round_.pk) == [(ann.pk, 6_000_00), (ben.pk, 4_000_00)]
    assert events(round_) == ["round.scheduled", "round.open", "round.filled"]
    assert Event.objects.filter(name="listing.funded").count() == 1
    assert_books_are_right(round_)


def test_a_full_round_is_not_closed_again(round_: Round, ann: Investor, ben: Investor, now: datetime) -> None:
    place_bids(round_id=round_.pk, bids=[bid(ann, 6_000_00, at=now), bid(ben, 4_000_00, at=now)], at=now)
    assert close_round(round_id=round_.pk, at=round_.closes_at) == RoundState.FILLED
    assert behind(round_) == TARGET_MINOR
    assert Round.objects.get(pk=round_.pk).closed_at == now


def test_partly_filled_when_the_borrower_takes_a_part(ann: Investor, now: datetime) -> None:
    round_ = scheduled_round(at=now, accepts_from_minor=5_000_00)
    place_bid(round_id=round_.pk, bid=bid(ann, 5_000_00, at=now), at=now)
    assert close_round(round_id=round_.pk, at=round_.closes_at) == RoundState.PARTLY_FILLED
    assert ended(round_) == ("partly_filled", "funded")
    assert (cash(ann), behind(round_)) == (3_000_00, 5_000_00)
    assert_books_are_right(round_)


def test_failed_one_step_short_returns_every_fen(ann: Investor, ben: Investor, now: datetime) -> None:
    round_ = scheduled_round(at=now, accepts_from_minor=5_000_00)
    bids = [bid(ann, 2_000_00, at=now), bid(ben, 1_900_00, at=now), bid(ann, 1_000_00, at=now)]
    place_bids(round_id=round_.pk, bids=bids, at=now)
    assert close_round(round_id=round_.pk, at=round_.closes_at) == RoundState.FAILED
    assert ended(round_) == ("failed", "failed")
    assert (cash(ann), cash(ben), behind(round_)) == (8_000_00, 8_000_00, 0)
    assert_books_are_right(round_)


def test_nobody_came(round_: Round) -> None:
    assert close_round(round_id=round_.pk, at=round_.closes_at) == RoundState.FAILED
    assert events(round_) == ["round.scheduled", "round.open", "round.failed"]
    assert_books_are_right(round_)


def test_closing_twice_is_closing_once(round_: Round, ann: Investor, now: datetime) -> None:
    place_bid(round_id=round_.pk, bid=bid(ann, 100_00, at=now), at=now)
    for later in (timedelta(0), timedelta(hours=1)):
        assert close_round(round_id=round_.pk, at=round_.closes_at + later) == RoundState.FAILED
    assert RoundMove.objects.filter(round=round_, to_state="failed").count() == 1
    assert cash(ann) == 8_000_00


def test_closing_before_the_time_changes_nothing(round_: Round, ann: Investor, now: datetime) -> None:
    place_bid(round_id=round_.pk, bid=bid(ann, 100_00, at=now), at=now)
    early = round_.closes_at - timedelta(microseconds=1)
    assert close_round(round_id=round_.pk, at=early) == RoundState.OPEN
    assert behind(round_) == 100_00


def test_closing_what_is_not_there(db: None, now: datetime) -> None:
    with pytest.raises(NotFound):
        close_round(round_id=0, at=now)


@pytest.mark.parametrize("amount", [3_000_00, TARGET_MINOR])
def test_cancelled_returns_every_fen_even_of_a_full_round(round_: Round, now: datetime, amount: int) -> None:
    rich = cast.investor("Ann", at=now, cash_minor=TARGET_MINOR)
    place_bid(round_id=round_.pk, bid=bid(rich, amount, at=now), at=now)
    staff = cast.staff(Role.OPERATIONS)
    cancel_listing(listing_id=round_.listing_id, by=staff, at=now, reason="A forged invoice.")
    assert ended(round_) == ("cancelled", "cancelled")
    assert (cash(rich), behind(round_)) == (TARGET_MINOR, 0)
    move = RoundMove.objects.get(to_state="cancelled")
    assert (move.by_label, move.reason) == (staff.label, "A forged invoice.")
    assert_books_are_right(round_)


@pytest.mark.parametrize(
    ("role", "reason", "refusal"),
    [(Role.OPERATIONS, " ", ReasonMissing), (Role.FINANCE, "Because.", NotAllowed)],
)
def test_a_cancellation_needs_the_role_and_a_reason(
    round_: Round, ann: Investor, now: datetime, role: Role, reason: str, refusal: type[Exception]
) -> None:
    place_bid(round_id=round_.pk, bid=bid(ann, 100_00, at=now), at=now)
    with pytest.raises(refusal):
        cancel_listing(listing_id=round_.listing_id, by=cast.staff(role), at=now, reason=reason)
    assert ended(round_) == ("open", "open")
    assert (cash(ann), behind(round_)) == (7_900_00, 100_00)
