"""What may move where: every pair of kinds for every purpose, in the database."""

from datetime import datetime
from itertools import product

import pytest
from django.db import IntegrityError, connection, transaction

from escrow.chart import ALLOWED, OMNIBUS, PLATFORM_ACCOUNTS, Kind, Purpose
from escrow.models import Account, AllowedTransfer, Balance
from escrow.operations import TransferDraft, post
from tests.escrow.book import BANK, draft, everything, opened, wallet

pytestmark = pytest.mark.django_db


@pytest.fixture
def one_of_each(now: datetime) -> dict[Kind, int]:
    """An account of every kind, with money in those of clients."""
    codes = {kind: opened(f"try:{kind}", kind, 1) for kind in Kind}
    ids = dict(Account.objects.filter(code__in=codes.values()).values_list("kind", "id"))
    Balance.objects.update(credits_posted_minor=1000)
    return {Kind(kind): pk for kind, pk in ids.items()}


@pytest.mark.parametrize("purpose", Purpose)
def test_only_the_listed_pairs_may_move(one_of_each: dict[Kind, int], purpose: Purpose, now: datetime) -> None:
    refused = {}
    for debit, credit in product(Kind, repeat=2):
        moved = (TransferDraft(one_of_each[debit], one_of_each[credit], 1, purpose),)
        try:
            with transaction.atomic():
                post(draft(key=f"{purpose}:{debit}:{credit}")._replace(transfers=moved), at=now)
        except IntegrityError as error:
            refused[debit, credit] = str(error)
    assert set(product(Kind, repeat=2)) - refused.keys() == ALLOWED[purpose]
    for (debit, credit), reason in refused.items():
        assert ("two_different_sides" if debit == credit else f"may not move from {debit} to {credit}") in reason


def test_the_database_has_the_chart_and_nothing_else() -> None:
    listed = set(AllowedTransfer.objects.values_list("purpose", "debit_kind", "credit_kind"))
    assert listed == {(purpose, *pair) for purpose, pairs in ALLOWED.items() for pair in pairs}


def test_the_platform_has_its_accounts() -> None:
    assert dict(Account.objects.values_list("code", "kind")) == PLATFORM_ACCOUNTS


def test_the_database_knows_the_same_omnibus_kinds(one_of_each: dict[Kind, int]) -> None:
    assert set(Account.objects.filter(balance=None).values_list("kind", flat=True)) == OMNIBUS
    with connection.cursor() as cursor:
        cursor.execute("SELECT DISTINCT kind FROM escrow_omnibus_total")
        assert {kind for (kind,) in cursor.fetchall()} == OMNIBUS


def test_an_unknown_account_is_refused(now: datetime) -> None:
    ann = wallet(1, 100, at=now)
    before = everything()
    ghost = draft((BANK, ann, 5, Purpose.BANK_DEPOSIT))
    ghost = ghost._replace(transfers=(ghost.transfers[0]._replace(credit=10**12),))
    with pytest.raises(IntegrityError, match="a transfer is between known accounts"), transaction.atomic():
        post(ghost, at=now)
    assert everything() == before


def test_two_currencies_in_one_transfer_are_refused(now: datetime) -> None:
    dollars = opened("investor:9:cash", Kind.INVESTOR_CASH, 9, currency="USD")
    before = everything()
    for currency in ("CNY", "USD"):
        mixed = draft((BANK, dollars, 5, Purpose.BANK_DEPOSIT))._replace(currency=currency)
        with pytest.raises(IntegrityError, match="a transfer keeps to one currency"), transaction.atomic():
            post(mixed, at=now)
    assert everything() == before
