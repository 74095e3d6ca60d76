"""Opening, freezing and releasing accounts."""

from datetime import datetime

import pytest
from django.db import IntegrityError, transaction

from escrow.chart import Kind
from escrow.models import Account, Balance, Freeze
from escrow.operations import freeze_account, open_account, release_account
from escrow.queries import UnknownAccount
from marketplace.lib.actor import Actor
from tests.escrow.book import BANK, everything, opened, wallet

pytestmark = pytest.mark.django_db
FINA = Actor(user_id=7, roles=frozenset({"finance"}), label="Fina")


def test_a_client_account_opens_with_a_balance_of_zero() -> None:
    opened("investor:1:cash", Kind.INVESTOR_CASH, 1)
    counters = Balance.objects.get(account__code="investor:1:cash")
    assert (counters.debits_posted_minor, counters.credits_posted_minor, counters.is_frozen) == (0, 0, False)


def test_opening_again_returns_the_same_account() -> None:
    first = open_account(code="investor:1:cash", kind=Kind.INVESTOR_CASH, owner_type="investor", owner_id=1)
    before = everything()
    assert open_account(code="investor:1:cash", kind=Kind.ROUND_ESCROW, owner_type="x", owner_id=2) == first
    assert everything() == before


def test_an_account_never_changes() -> None:
    opened("investor:1:cash", Kind.INVESTOR_CASH, 1)
    before = everything()
    with pytest.raises(IntegrityError, match="escrow_account is append-only: UPDATE refused"), transaction.atomic():
        Account.objects.filter(code="investor:1:cash").update(kind=Kind.FEES)
    assert everything() == before


def test_freezing_and_releasing_say_who_and_why(now: datetime) -> None:
    ann = wallet(1, at=now)
    freeze_account(code=ann, reason="court order 7", by=FINA, at=now)
    assert Balance.objects.get(account__code=ann).is_frozen
    release_account(code=ann, reason="order lifted", by=FINA, at=now)
    assert not Balance.objects.get(account__code=ann).is_frozen
    history = Freeze.objects.order_by("id").values_list("is_frozen", "reason", "actor_id", "actor_label", "at")
    assert list(history) == [(True, "court order 7", 7, "Fina", now), (False, "order lifted", 7, "Fina", now)]


def test_an_unknown_account_cannot_be_frozen(now: datetime) -> None:
    with pytest.raises(UnknownAccount):
        freeze_account(code="investor:404:cash", reason="x", by=FINA, at=now)
    assert not Freeze.objects.exists()


def test_an_account_without_counters_cannot_be_frozen(now: datetime) -> None:
    with pytest.raises(IntegrityError, match="only a client account can be frozen"), transaction.atomic():
        freeze_account(code=BANK, reason="x", by=FINA, at=now)
    assert not Freeze.objects.exists()
