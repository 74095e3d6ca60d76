"""Rivals at the same wallet: the money is spent once."""

from datetime import datetime
from functools import partial

import pytest
from django.db import connection, transaction

from escrow import operations
from escrow.chart import Purpose
from escrow.models import BalanceSnapshot, Refusal
from escrow.operations import AccountFrozen, NotEnoughMoney, Posted, freeze_account, lock_balances, post
from escrow.queries import account_ids, balance, balances
from escrow.verify import verify_ledger
from marketplace.lib.actor import SYSTEM
from marketplace.lib.money import Money
from tests.escrow.book import BANK, draft, pay, round_account, wallet
from tests.races.rivals import at_once, while_held

pytestmark = pytest.mark.django_db(transaction=True)


def test_of_two_debits_at_once_one_wins(now: datetime) -> None:
    ann, round_one = wallet(1, 100, at=now), round_account(1)
    bids = [draft((ann, round_one, 80, Purpose.BID_ACCEPTED), key=key) for key in ("one", "two")]
    outcomes = at_once(*(partial(pay, bid, at=now) for bid in bids))
    assert sorted(type(o).__name__ for o in outcomes) == ["NotEnoughMoney", "Posted"]
    assert (balance(ann), balance(round_one)) == (Money(20), Money(80))
    assert verify_ledger() == []


def test_of_eight_debits_at_once_as_many_win_as_are_covered(now: datetime) -> None:
    ann, round_one = wallet(1, 100, at=now), round_account(1)
    bids = [draft((ann, round_one, 30, Purpose.BID_ACCEPTED)) for _ in range(8)]
    outcomes = at_once(*(partial(pay, bid, at=now) for bid in bids))
    assert sum(isinstance(o, Posted) for o in outcomes) == 3
    assert sum(isinstance(o, NotEnoughMoney) for o in outcomes) == 5
    assert balance(ann) == Money(10)


def test_a_debit_waits_for_the_one_before_it_and_finds_what_is_left(now: datetime) -> None:
    ann, round_one = wallet(1, 100, at=now), round_account(1)
    first, second = (draft((ann, round_one, 80, Purpose.BID_ACCEPTED), key=key) for key in ("first", "second"))
    outcome = while_held(partial(post, first, at=now), partial(pay, second, at=now))
    assert isinstance(outcome, NotEnoughMoney)
    assert balance(ann) == Money(20)
    assert Refusal.objects.get().idempotency_key == "second"


def test_a_credit_that_comes_first_pays_for_the_debit_behind_it(now: datetime) -> None:
    ann, round_one = wallet(1, at=now), round_account(1)
    credit = draft((BANK, ann, 80, Purpose.BANK_DEPOSIT))
    debit = draft((ann, round_one, 80, Purpose.BID_ACCEPTED))
    assert isinstance(while_held(partial(post, credit, at=now), partial(pay, debit, at=now)), Posted)


def test_a_debit_behind_a_freeze_is_refused(now: datetime) -> None:
    ann, round_one = wallet(1, 100, at=now), round_account(1)
    freeze = partial(freeze_account, code=ann, reason="court order 7", by=SYSTEM, at=now)
    debit = draft((ann, round_one, 1, Purpose.BID_ACCEPTED))
    assert isinstance(while_held(freeze, partial(pay, debit, at=now)), AccountFrozen)
    assert balance(ann) == Money(100)


def test_opposite_orders_do_not_lock_each_other_out(now: datetime) -> None:
    ann, ben, round_one = wallet(1, 1000, at=now), wallet(2, 1000, at=now), round_account(1)
    there, back = [(ann, round_one), (ben, round_one)], [(ben, round_one), (ann, round_one)]

    def many(order: list[tuple[str, str]]) -> str:
        for _ in range(25):
            pay(draft(*((debit, credit, 1, Purpose.BID_ACCEPTED) for debit, credit in order)), at=now)
        return "done"

    assert at_once(*(partial(many, order) for order in (there, back, there, back))) == ["done"] * 4
    assert balances([ann, ben, round_one]) == {ann: Money(900), ben: Money(900), round_one: Money(200)}


def test_balances_are_locked_in_the_order_of_their_ids(now: datetime) -> None:
    low, high = sorted(account_ids([wallet(1, at=now), wallet(2, at=now)]).values())

    def lock(*account_ids: int) -> None:
        with transaction.atomic():
            lock_balances(account_ids)

    # While the rival waits for the lower one it must not hold the higher one yet.
    holding = partial(lock_balances, [low])
    assert while_held(holding, partial(lock, high, low), meanwhile=partial(lock_now, high)) is None


def lock_now(account_id: int) -> None:
    """Lock a balance, or fail at once if somebody holds it."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT FROM escrow_balance WHERE account_id = %s FOR NO KEY UPDATE NOWAIT", [account_id])


def test_a_snapshot_waits_for_a_posting_that_has_drawn_its_numbers(now: datetime) -> None:
    ann = wallet(1, 100, at=now)
    deposit = draft((BANK, ann, 11, Purpose.BANK_DEPOSIT))
    assert while_held(partial(post, deposit, at=now), partial(operations.snapshot_balances, at=now)) == 5
    assert BalanceSnapshot.objects.get(account__code=BANK).debits_posted_minor == 111
    assert verify_ledger() == []
