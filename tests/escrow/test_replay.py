"""A key means one entry for ever."""

from datetime import datetime, timedelta

import pytest

from escrow.chart import Purpose
from escrow.operations import EntryDraft, IdempotencyMismatch, TransferDraft, post, post_many
from escrow.queries import account_ids, balance
from marketplace.lib.money import Money
from tests.escrow.book import BANK, draft, everything, opened, pay, round_account, wallet

pytestmark = pytest.mark.django_db


def test_the_same_key_again_returns_the_first_entry_and_moves_nothing(now: datetime) -> None:
    ann = wallet(1, at=now)
    deposit = draft((BANK, ann, 500, Purpose.BANK_DEPOSIT), key="K")
    first = post(deposit, at=now)
    before = everything()
    again = post(deposit, at=now + timedelta(days=1))
    assert (again.entry_id, again.is_replay) == (first.entry_id, True)
    assert everything() == before


def test_the_order_of_transfers_makes_no_difference(now: datetime) -> None:
    ann, ben = wallet(1, at=now), wallet(2, at=now)
    steps = [(BANK, ann, 5, Purpose.BANK_DEPOSIT), (BANK, ben, 6, Purpose.BANK_DEPOSIT)]
    post(draft(*steps, key="K"), at=now)
    assert post(draft(*reversed(steps), key="K"), at=now).is_replay


def test_a_batch_may_mix_old_and_new_keys(now: datetime) -> None:
    ann = wallet(1, at=now)
    old = draft((BANK, ann, 5, Purpose.BANK_DEPOSIT), key="old")
    post(old, at=now)
    new = draft((BANK, ann, 7, Purpose.BANK_DEPOSIT), key="new")
    assert [p.is_replay for p in post_many([new, old], at=now)] == [False, True]
    assert balance(ann) == Money(12)


def test_a_key_twice_in_one_batch_is_posted_once(now: datetime) -> None:
    ann = wallet(1, at=now)
    deposit = draft((BANK, ann, 5, Purpose.BANK_DEPOSIT), key="K")
    first, second = post_many([deposit, deposit], at=now)
    assert (second.entry_id, first.is_replay, second.is_replay) == (first.entry_id, False, True)
    assert balance(ann) == Money(5)


def test_a_key_twice_in_one_batch_with_other_content_is_refused(now: datetime) -> None:
    ann = wallet(1, at=now)
    before = everything()
    deposit = draft((BANK, ann, 5, Purpose.BANK_DEPOSIT), key="K")
    with pytest.raises(IdempotencyMismatch) as refused:
        post_many([deposit, deposit._replace(reference="test:2")], at=now)
    assert refused.value.params == {"field": "reference", "key": "K"}
    assert everything() == before


def _other(field: str, entry: EntryDraft) -> EntryDraft:
    """The entry with one thing changed."""
    ben, usd = account_ids(["investor:2:cash", "investor:3:cash"]).values()
    transfer = entry.transfers[0]
    changed = {
        "kind": entry._replace(kind="other"),
        "reference": entry._replace(reference="other:1"),
        "currency": entry._replace(currency="USD"),
        "transfers": entry._replace(transfers=(transfer, transfer._replace(credit=ben))),
        "debit": entry._replace(transfers=(transfer._replace(debit=usd),)),
        "credit": entry._replace(transfers=(transfer._replace(credit=ben),)),
        "amount_minor": entry._replace(transfers=(transfer._replace(amount_minor=501),)),
        "purpose": entry._replace(transfers=(transfer._replace(purpose=Purpose.PRINCIPAL),)),
    }
    return changed[field]


@pytest.mark.parametrize(
    "field", ["kind", "reference", "currency", "transfers", "debit", "credit", "amount_minor", "purpose"]
)
def test_the_same_key_with_other_content_names_the_field(now: datetime, field: str) -> None:
    ann = wallet(1, at=now)
    wallet(2, at=now), wallet(3, at=now)
    deposit = draft((BANK, ann, 500, Purpose.BANK_DEPOSIT), key="K")
    post(deposit, at=now)
    before = everything()
    with pytest.raises(IdempotencyMismatch) as refused:
        pay(_other(field, deposit), at=now)
    assert refused.value.params == {"field": field, "key": "K"}
    assert str(refused.value.text) == f"This was sent before with another {field}."
    assert everything() == before


def test_an_entry_between_omnibus_accounts_only_is_replayed_too(now: datetime) -> None:
    ann, round_one = wallet(1, 900, at=now), round_account(1)
    pay(draft((ann, round_one, 900, Purpose.BID_ACCEPTED)), at=now)
    fee = draft((round_one, "fees:origination", 30, Purpose.ORIGINATION_FEE), key="fee")
    assert [post(fee, at=now).is_replay for _ in range(3)] == [False, True, True]
    assert balance("fees:origination") == Money(30)


def test_a_replay_needs_no_money(now: datetime) -> None:
    ann, round_one = wallet(1, 100, at=now), round_account(1)
    bid = draft((ann, round_one, 100, Purpose.BID_ACCEPTED), key="bid")
    assert [post(bid, at=now).is_replay for _ in range(2)] == [False, True]
    assert balance(ann) == Money(0)


def test_keys_are_not_shared_by_similar_text(now: datetime) -> None:
    ann = opened("investor:1:cash", "investor_cash", 1)  # type: ignore[arg-type]
    for key in ("k", "K", "k ", "ｋ"):
        assert not post(draft((BANK, ann, 1, Purpose.BANK_DEPOSIT), key=key), at=now).is_replay
    assert balance(ann) == Money(4)


def test_a_transfer_draft_is_a_plain_tuple_so_that_content_can_be_compared() -> None:
    assert TransferDraft(1, 2, 3, Purpose.REPAYMENT) == (1, 2, 3, "repayment")
