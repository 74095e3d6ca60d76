"""A posting that cannot be covered is refused, and stays refused under its key."""

from datetime import datetime

import pytest

from escrow.chart import Purpose
from escrow.models import Entry, Refusal
from escrow.operations import (
    AccountFrozen,
    NotEnoughMoney,
    RefusedBefore,
    freeze_account,
    lock_balances,
    post_many,
    release_account,
)
from escrow.queries import account_ids, balance
from marketplace.lib.actor import SYSTEM
from marketplace.lib.money import Money
from tests.escrow.book import BANK, draft, everything, pay, round_account, wallet

pytestmark = pytest.mark.django_db


def test_a_wallet_cannot_pay_more_than_it_holds(now: datetime) -> None:
    ann, round_one = wallet(1, 100, at=now), round_account(1)
    *before, refusals = everything()
    with pytest.raises(NotEnoughMoney) as refused:
        pay(draft((ann, round_one, 101, Purpose.BID_ACCEPTED), key="K"), at=now)
    assert refused.value.params == {"missing": "0.01 CNY"}
    assert everything()[:-1] == tuple(before)
    assert refusals == []


def test_a_wallet_can_pay_the_last_fen(now: datetime) -> None:
    ann, round_one = wallet(1, 100, at=now), round_account(1)
    pay(draft((ann, round_one, 100, Purpose.BID_ACCEPTED)), at=now)
    assert balance(ann) == Money(0)


def test_a_refusal_is_remembered_once_its_transaction_is_rolled_back(now: datetime) -> None:
    ann, round_one = wallet(1, at=now), round_account(1)
    with pytest.raises(NotEnoughMoney):
        pay(draft((ann, round_one, 5, Purpose.BID_ACCEPTED), key="K"), at=now)
    stored = Refusal.objects.get(idempotency_key="K")
    assert (stored.code, stored.params, stored.at) == ("insufficient_funds", {"missing": "0.05 CNY"}, now)


def test_a_retry_stays_refused_even_when_money_has_come(now: datetime) -> None:
    ann, round_one = wallet(1, at=now), round_account(1)
    bid = draft((ann, round_one, 5, Purpose.BID_ACCEPTED), key="K")
    with pytest.raises(NotEnoughMoney):
        pay(bid, at=now)
    pay(draft((BANK, ann, 50, Purpose.BANK_DEPOSIT)), at=now)
    before = everything()
    with pytest.raises(RefusedBefore) as refused:
        pay(bid, at=now)
    assert refused.value.params == {"key": "K", "reason": "insufficient_funds"}
    assert everything() == before


def test_a_new_key_may_try_again(now: datetime) -> None:
    ann, round_one = wallet(1, at=now), round_account(1)
    with pytest.raises(NotEnoughMoney):
        pay(draft((ann, round_one, 5, Purpose.BID_ACCEPTED), key="K"), at=now)
    pay(draft((BANK, ann, 50, Purpose.BANK_DEPOSIT)), at=now)
    assert not pay(draft((ann, round_one, 5, Purpose.BID_ACCEPTED), key="K2"), at=now).is_replay


def test_a_key_that_was_posted_after_all_counts_as_posted(now: datetime) -> None:
    ann, round_one = wallet(1, 5, at=now), round_account(1)
    bid = draft((ann, round_one, 5, Purpose.BID_ACCEPTED), key="K")
    first = pay(bid, at=now)
    Refusal.objects.create(idempotency_key="K", code="insufficient_funds", at=now)
    assert pay(bid, at=now) == (first.entry_id, True)


def test_a_frozen_wallet_takes_no_debits(now: datetime) -> None:
    ann, round_one = wallet(1, 100, at=now), round_account(1)
    freeze_account(code=ann, reason="court order 7", by=SYSTEM, at=now)
    *before, _refusals = everything()
    with pytest.raises(AccountFrozen):
        pay(draft((ann, round_one, 1, Purpose.BID_ACCEPTED), key="K"), at=now)
    assert everything()[:-1] == tuple(before)
    assert Refusal.objects.get().code == "account_frozen"


def test_a_frozen_wallet_still_takes_credits(now: datetime) -> None:
    ann = wallet(1, at=now)
    freeze_account(code=ann, reason="court order 7", by=SYSTEM, at=now)
    pay(draft((BANK, ann, 9, Purpose.BANK_DEPOSIT)), at=now)
    assert balance(ann) == Money(9)


def test_a_released_wallet_pays_again(now: datetime) -> None:
    ann, round_one = wallet(1, 100, at=now), round_account(1)
    freeze_account(code=ann, reason="court order 7", by=SYSTEM, at=now)
    release_account(code=ann, reason="order lifted", by=SYSTEM, at=now)
    pay(draft((ann, round_one, 1, Purpose.BID_ACCEPTED)), at=now)
    assert balance(ann) == Money(99)


def test_a_batch_is_covered_in_its_own_order(now: datetime) -> None:
    ann, round_one = wallet(1, at=now), round_account(1)
    spend = draft((ann, round_one, 10, Purpose.BID_ACCEPTED), key="spend")
    fund = draft((BANK, ann, 10, Purpose.BANK_DEPOSIT), key="fund")
    with pytest.raises(NotEnoughMoney):
        post_many([spend, fund], at=now)
    assert not Entry.objects.filter(idempotency_key="fund").exists()
    post_many([fund, spend], at=now)
    assert balance(round_one) == Money(10)


def test_balances_locked_by_the_caller_are_moved_along(now: datetime) -> None:
    ann, round_one = wallet(1, 100, at=now), round_account(1)
    ids = account_ids([ann, round_one])
    locked = lock_balances(ids.values())
    post_many([draft((ann, round_one, 30, Purpose.BID_ACCEPTED))], at=now, locked=locked)
    assert locked == {ids[ann]: 70, ids[round_one]: 30}


def test_omnibus_accounts_have_no_balance_to_lock() -> None:
    assert lock_balances(account_ids([BANK, "fees:late"]).values()) == {}
