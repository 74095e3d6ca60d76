"""Posting moves money, all of an entry or none of it."""

from datetime import datetime

import pytest
from django.db import IntegrityError, transaction

from escrow.chart import Purpose
from escrow.models import Entry, Transfer
from escrow.operations import post, post_many
from escrow.queries import balance, balances
from marketplace.lib.money import Money
from marketplace.lib.transactions import TransactionRequired
from tests.escrow.book import BANK, draft, everything, round_account, wallet

pytestmark = pytest.mark.django_db


def test_a_posting_moves_money_between_two_accounts(now: datetime) -> None:
    ann, round_one = wallet(1, 500_00, at=now), round_account(1)
    posted = post(draft((ann, round_one, 120_00, Purpose.BID_ACCEPTED)), at=now)
    assert balances([ann, round_one, BANK]) == {ann: Money(380_00), round_one: Money(120_00), BANK: Money(500_00)}
    assert not posted.is_replay


def test_an_entry_keeps_its_cause_its_actor_and_its_days(now: datetime) -> None:
    ann = wallet(1, at=now)
    entry = draft((BANK, ann, 5, Purpose.BANK_DEPOSIT), key="K1", kind="deposit", reference="bank:7")
    stored = Entry.objects.get(pk=post(entry, at=now).entry_id)
    assert (stored.kind, stored.reference, stored.idempotency_key) == ("deposit", "bank:7", "K1")
    assert (stored.actor_label, stored.actor_id, stored.transfer_count) == ("system", None, 1)
    assert stored.value_date == entry.value_date
    assert [t.posted_at for t in stored.transfers.all()] == [now]


def test_many_transfers_of_one_entry_go_together(now: datetime) -> None:
    ann, ben, round_one = wallet(1, 300, at=now), wallet(2, 200, at=now), round_account(1)
    post(
        draft((ann, round_one, 300, Purpose.BID_ACCEPTED), (ben, round_one, 150, Purpose.BID_ACCEPTED)),
        at=now,
    )
    assert balances([ann, ben, round_one]) == {ann: Money(0), ben: Money(50), round_one: Money(450)}


def test_money_may_pass_through_an_account_within_one_entry(now: datetime) -> None:
    ann, round_one = wallet(1, at=now), round_account(1)
    post(draft((BANK, ann, 70, Purpose.BANK_DEPOSIT), (ann, round_one, 70, Purpose.BID_ACCEPTED)), at=now)
    assert balance(ann) == Money(0)
    assert balance(round_one) == Money(70)


def test_many_entries_are_returned_in_their_order(now: datetime) -> None:
    ann = wallet(1, at=now)
    drafts = [draft((BANK, ann, minor, Purpose.BANK_DEPOSIT)) for minor in (1, 2, 3)]
    posted = post_many(drafts, at=now)
    stored = [Transfer.objects.get(entry_id=p.entry_id).amount_minor for p in posted]
    assert stored == [1, 2, 3]


def test_nothing_to_post_is_nothing_done(now: datetime) -> None:
    before = everything()
    assert post_many([], at=now) == []
    assert everything() == before


def test_one_bad_entry_undoes_the_batch(now: datetime) -> None:
    ann, round_one = wallet(1, 100, at=now), round_account(1)
    before = everything()
    good = draft((BANK, ann, 5, Purpose.BANK_DEPOSIT))
    bad = draft((round_one, BANK, 5, Purpose.BANK_WITHDRAWAL))
    with pytest.raises(Exception, match="insufficient_funds"), transaction.atomic():
        post_many([good, bad], at=now)
    assert everything() == before


@pytest.mark.parametrize("minor", [0, -1, -(2**63)])
def test_an_amount_must_be_above_zero(now: datetime, minor: int) -> None:
    ann = wallet(1, 100, at=now)
    before = everything()
    with pytest.raises(AssertionError, match="positive amount"), transaction.atomic():
        post(draft((BANK, ann, minor, Purpose.BANK_DEPOSIT)), at=now)
    assert everything() == before


def test_an_amount_beyond_what_a_column_holds_is_refused(now: datetime) -> None:
    ann = wallet(1, 100, at=now)
    before = everything()
    with pytest.raises(Exception, match="out of range"), transaction.atomic():
        post(draft((BANK, ann, 2**63, Purpose.BANK_DEPOSIT)), at=now)
    assert everything() == before


def test_an_entry_without_transfers_is_refused(now: datetime) -> None:
    with pytest.raises(IntegrityError, match="an_entry_moves_something"), transaction.atomic():
        post(draft(key="empty"), at=now)
    assert not Entry.objects.filter(idempotency_key="empty").exists()


@pytest.mark.parametrize("field", ["kind", "reference"])
def test_an_entry_names_its_cause(now: datetime, field: str) -> None:
    ann = wallet(1, at=now)
    before = everything()
    words = {"kind": "test", "reference": "test:1", field: ""}
    nameless = draft((BANK, ann, 5, Purpose.BANK_DEPOSIT), **words)
    with pytest.raises(IntegrityError, match="an_entry_names_its_cause"), transaction.atomic():
        post(nameless, at=now)
    assert everything() == before


@pytest.mark.django_db(transaction=True)
def test_posting_outside_a_transaction_is_a_mistake(now: datetime) -> None:
    ann = wallet(1, at=now)
    entry = draft((BANK, ann, 5, Purpose.BANK_DEPOSIT))
    with pytest.raises(TransactionRequired, match="post"):
        post(entry, at=now)
    assert balance(ann) == Money(0)
