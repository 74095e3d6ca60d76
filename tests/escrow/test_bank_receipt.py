"""Money seen on the bank's statement reaches a wallet, once."""

from datetime import UTC, date, datetime

import pytest

from escrow.chart import SUSPENSE, Kind
from escrow.models import Entry
from escrow.operations import IdempotencyMismatch, Posted, record_bank_receipt
from escrow.queries import UnknownAccount, balance
from marketplace.lib.actor import Actor
from marketplace.lib.errors import InvalidInput
from marketplace.lib.money import Money
from tests.escrow.book import BANK, everything, opened, wallet

pytestmark = pytest.mark.django_db
FINA = Actor(user_id=7, roles=frozenset({"finance"}), label="Fina")


def receive(at: datetime, **changes: object) -> Posted:
    """A receipt of 12.50 for the first investor."""
    receipt = {
        "account_code": "investor:1:cash",
        "amount": Money(12_50),
        "bank_reference": "B-77",
        "by": FINA,
        "at": at,
        "idempotency_key": "receipt-1",
    }
    return record_bank_receipt(**{**receipt, **changes})  # type: ignore[arg-type]


def test_a_receipt_is_credited_with_its_cause(now: datetime) -> None:
    ann = wallet(1, at=now)
    entry = Entry.objects.get(pk=receive(now).entry_id)
    assert (entry.kind, entry.reference, entry.actor_label, entry.actor_id) == ("bank_receipt", "bank:B-77", "Fina", 7)
    assert (balance(ann), balance(BANK)) == (Money(12_50), Money(12_50))


def test_what_nobody_is_matched_to_waits_in_suspense(now: datetime) -> None:
    receive(now, account_code=SUSPENSE)
    assert balance(SUSPENSE) == Money(12_50)


def test_a_receipt_is_credited_once(now: datetime) -> None:
    ann = wallet(1, at=now)
    first, again = receive(now), receive(now)
    assert (again.entry_id, again.is_replay) == (first.entry_id, True)
    assert balance(ann) == Money(12_50)


def test_the_same_key_for_another_amount_is_refused(now: datetime) -> None:
    wallet(1, at=now)
    receive(now)
    before = everything()
    with pytest.raises(IdempotencyMismatch) as refused:
        receive(now, amount=Money(12_51))
    assert refused.value.params["field"] == "amount_minor"
    assert everything() == before


def test_the_value_date_is_the_platforms_day(now: datetime) -> None:
    wallet(1, at=now)
    late_evening_in_greenwich = datetime(2026, 3, 2, 20, 0, tzinfo=UTC)
    entry_id = receive(late_evening_in_greenwich).entry_id
    assert Entry.objects.get(pk=entry_id).value_date == date(2026, 3, 3)


@pytest.mark.parametrize(
    ("field", "value"),
    [("amount", Money(0)), ("amount", Money(-1)), ("amount", Money(5, "USD")), ("bank_reference", "  ")],
)
def test_bad_input_is_refused_and_named(now: datetime, field: str, value: object) -> None:
    wallet(1, at=now)
    before = everything()
    with pytest.raises(InvalidInput) as refused:
        receive(now, **{field: value})
    assert refused.value.params["field"] == field
    assert everything() == before


def test_a_receipt_for_an_unknown_account_is_refused(now: datetime) -> None:
    before = everything()
    with pytest.raises(UnknownAccount):
        receive(now, account_code="investor:404:cash")
    assert everything() == before


def test_a_receipt_in_the_wallets_own_currency_only(now: datetime) -> None:
    dollars = opened("investor:2:cash", Kind.INVESTOR_CASH, 2, currency="USD")
    before = everything()
    with pytest.raises(InvalidInput, match="invalid_input"):
        receive(now, account_code=dollars)
    assert everything() == before
