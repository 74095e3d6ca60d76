"""What accounts hold, now and at any past moment."""

from collections.abc import Callable
from datetime import datetime, timedelta

import pytest

from escrow.chart import Purpose
from escrow.models import Balance, BalanceSnapshot
from escrow.operations import snapshot_balances
from escrow.queries import UnknownAccount, account_ids, balance, balance_at, balances, get_account
from marketplace.lib.money import Money
from tests.escrow.book import BANK, draft, pay, round_account, wallet

pytestmark = pytest.mark.django_db
HOUR = timedelta(hours=1)


def test_every_account_is_read_on_its_normal_side(now: datetime) -> None:
    ann, round_one = wallet(1, 100, at=now), round_account(1)
    pay(draft((ann, round_one, 40, Purpose.BID_ACCEPTED)), at=now)
    pay(draft((round_one, "fees:origination", 3, Purpose.ORIGINATION_FEE)), at=now)
    assert balances([BANK, ann, round_one, "fees:origination"]) == {
        BANK: Money(100),
        ann: Money(60),
        round_one: Money(37),
        "fees:origination": Money(3),
    }


READS: list[Callable[[str], object]] = [
    balance,
    get_account,
    lambda code: account_ids([BANK, code]),
    lambda code: balances([BANK, code]),
]


@pytest.mark.parametrize("read", READS)
def test_an_unknown_code_is_refused(read: Callable[[str], object]) -> None:
    with pytest.raises(UnknownAccount) as refused:
        read("investor:404:cash")
    assert refused.value.params == {"account": "investor:404:cash"}


def test_a_past_balance_counts_what_was_posted_until_then(now: datetime) -> None:
    ann, round_one = wallet(1, 100, at=now), round_account(1)
    pay(draft((ann, round_one, 30, Purpose.BID_ACCEPTED)), at=now + HOUR)
    pay(draft((round_one, ann, 30, Purpose.BID_RETURNED)), at=now + 2 * HOUR)
    moments = [now - HOUR, now, now + HOUR / 2, now + HOUR, now + 2 * HOUR]
    assert [balance_at(ann, at).minor for at in moments] == [0, 100, 100, 70, 100]
    assert [balance_at(round_one, at).minor for at in moments] == [0, 0, 0, 30, 0]
    assert [balance_at(BANK, at).minor for at in moments] == [0, 100, 100, 100, 100]


def test_a_past_balance_of_an_unknown_account_is_refused(now: datetime) -> None:
    with pytest.raises(UnknownAccount):
        balance_at("investor:404:cash", now)


def test_an_omnibus_account_has_no_counters_and_is_summed(now: datetime) -> None:
    wallet(1, 100, at=now), wallet(2, 50, at=now)
    assert not Balance.objects.filter(account__code=BANK).exists()
    assert balance(BANK) == Money(150)


def test_a_snapshot_changes_no_balance(now: datetime) -> None:
    ann = wallet(1, 100, at=now)
    assert snapshot_balances(at=now) == 5
    assert balance(BANK) == Money(100)
    pay(draft((BANK, ann, 20, Purpose.BANK_DEPOSIT), (ann, BANK, 5, Purpose.BANK_WITHDRAWAL)), at=now)
    assert balance(BANK) == Money(115)
    assert snapshot_balances(at=now) == 5
    assert balance(BANK) == Money(115)


def test_a_snapshot_says_what_the_counters_were(now: datetime) -> None:
    ann = wallet(1, 100, at=now)
    pay(draft((ann, BANK, 30, Purpose.BANK_WITHDRAWAL)), at=now)
    snapshot_balances(at=now)
    taken = BalanceSnapshot.objects.get(account__code=BANK)
    assert (taken.debits_posted_minor, taken.credits_posted_minor, taken.taken_at) == (100, 30, now)


def test_a_second_snapshot_without_transfers_in_between_writes_nothing(now: datetime) -> None:
    wallet(1, 100, at=now)
    assert [snapshot_balances(at=now), snapshot_balances(at=now + HOUR)] == [5, 0]


def test_a_snapshot_of_an_empty_ledger_is_all_zero(now: datetime) -> None:
    snapshot_balances(at=now)
    assert set(BalanceSnapshot.objects.values_list("debits_posted_minor", "credits_posted_minor")) == {(0, 0)}
