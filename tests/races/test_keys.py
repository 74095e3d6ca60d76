"""Rivals with the same idempotency key: one entry."""

from collections.abc import Iterator
from datetime import datetime
from functools import partial

import pytest

from escrow.chart import Purpose
from escrow.models import AllowedTransfer, Entry
from escrow.operations import IdempotencyMismatch, Posted, post
from escrow.queries import balance
from marketplace.lib.money import Money
from tests.escrow.book import BANK, draft, everything, pay, round_account, wallet
from tests.races.rivals import at_once, while_held

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def _omnibus_only() -> Iterator[None]:
    """Allow a movement between two accounts that have no balance row, and so nothing to queue at."""
    pair = AllowedTransfer.objects.create(purpose=Purpose.LATE_FEE, debit_kind="bank", credit_kind="fees")
    yield
    pair.delete()


def test_the_same_posting_at_once_is_posted_once(now: datetime) -> None:
    ann, round_one = wallet(1, 100, at=now), round_account(1)
    bid = draft((ann, round_one, 80, Purpose.BID_ACCEPTED), key="K")
    outcomes = at_once(*[partial(pay, bid, at=now)] * 6)
    assert sorted(o.is_replay for o in outcomes) == [False] + [True] * 5
    assert len({o.entry_id for o in outcomes}) == 1
    assert balance(ann) == Money(20)


def test_a_double_click_waits_and_gets_the_first_answer(now: datetime) -> None:
    ann, round_one = wallet(1, 100, at=now), round_account(1)
    bid = draft((ann, round_one, 80, Purpose.BID_ACCEPTED), key="K")
    second = while_held(partial(post, bid, at=now), partial(pay, bid, at=now))
    assert second == Posted(Entry.objects.get(idempotency_key="K").pk, True)


@pytest.mark.usefixtures("_omnibus_only")
def test_without_a_common_balance_row_the_key_itself_is_the_queue(now: datetime) -> None:
    fee = draft((BANK, "fees:late", 5, Purpose.LATE_FEE), key="K")
    second = while_held(partial(post, fee, at=now), partial(pay, fee, at=now))
    assert second == Posted(Entry.objects.get(idempotency_key="K").pk, True)
    assert balance("fees:late") == Money(5)


@pytest.mark.usefixtures("_omnibus_only")
def test_other_content_under_the_key_is_refused_even_then(now: datetime) -> None:
    first, other = (draft((BANK, "fees:late", minor, Purpose.LATE_FEE), key="K") for minor in (5, 6))
    refused = while_held(partial(post, first, at=now), partial(pay, other, at=now))
    assert isinstance(refused, IdempotencyMismatch)
    assert refused.params["field"] == "amount_minor"
    assert balance("fees:late") == Money(5)


def test_one_key_for_two_wallets_at_once_moves_the_money_of_one(now: datetime) -> None:
    ann, ben = wallet(1, 50, at=now), wallet(2, 50, at=now)
    rounds = {ann: round_account(1), ben: round_account(2)}
    first, other = (draft((w, r, 50, Purpose.BID_ACCEPTED), key="K") for w, r in rounds.items())
    refused = while_held(partial(post, first, at=now), partial(pay, other, at=now))
    assert isinstance(refused, IdempotencyMismatch)
    assert (balance(ann), balance(ben)) == (Money(0), Money(50))


def test_a_key_given_up_by_a_rollback_is_free_again(now: datetime) -> None:
    ann, round_one = wallet(1, 100, at=now), round_account(1)
    bid = draft((ann, round_one, 80, Purpose.BID_ACCEPTED), key="K")
    before = everything()

    def give_up() -> None:
        post(bid, at=now)
        raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        while_held(give_up, partial(pay, bid, at=now))
    assert everything() == before
    assert not pay(bid, at=now).is_replay
