"""What people type: amounts, percentages and payment references."""

import pytest
from django.core.exceptions import ValidationError

from marketplace.lib.money import Money
from marketplace.lib.payment_reference import Party, PaymentReference, ReferenceUnreadable, read_reference
from marketplace.lib.web.fields import MoneyField, RateField


@pytest.mark.parametrize(
    ("typed", "minor"),
    [("1", 1_00), ("1,000.5", 1_000_50), (" 12 000.05 ", 12_000_05), ("１００", 100_00), ("+3.10", 3_10)],
)
def test_amounts(typed: str, minor: int) -> None:
    assert MoneyField().clean(typed) == Money(minor)


@pytest.mark.parametrize(
    ("typed", "code"),
    [
        ("0", "low"),
        ("-1", "low"),
        ("0.001", "decimals"),
        ("1,00", "invalid"),
        ("1e3", "invalid"),
        ("1_000", "invalid"),
        ("inf", "invalid"),
        ("一百", "invalid"),
        ("9" * 18, "invalid"),
        ("9" * 400, "invalid"),
        ("5000.01", "high"),
    ],
)
def test_what_is_no_amount(typed: str, code: str) -> None:
    with pytest.raises(ValidationError) as refused:
        MoneyField(most_minor=5_000_00).clean(typed)
    assert refused.value.code == code


def test_a_currency_without_decimals() -> None:
    assert MoneyField(currency="JPY").clean("1,200") == Money(1200, "JPY")
    with pytest.raises(ValidationError):
        MoneyField(currency="JPY").clean("1.5")


@pytest.mark.parametrize(("typed", "bps"), [("11.5", 1150), ("11.5%", 1150), ("0", 0), ("36", 3600)])
def test_percentages(typed: str, bps: int) -> None:
    assert RateField(most_bps=3600).clean(typed) == bps


def test_empty_is_nothing_where_it_may_be() -> None:
    assert MoneyField(required=False).clean("") is None
    assert RateField(required=False).clean("  ") is None


def test_stored_values_are_shown_as_they_are_typed() -> None:
    assert MoneyField().prepare_value(Money(1_000_50)) == "1000.50"
    assert RateField().prepare_value(1150) == "11.50"


@pytest.mark.parametrize("number", [1, 42, 123_456, 98_765_432])
def test_references_read_back(number: int) -> None:
    reference = PaymentReference(Party.BORROWER, number)
    assert read_reference(f" {str(reference).lower()} ") == reference


def test_every_single_slip_is_seen() -> None:
    good = str(PaymentReference(Party.INVESTOR, 42)).replace(" ", "")
    for place in range(2, len(good)):
        for digit in set("0123456789") - {good[place]}:
            with pytest.raises(ReferenceUnreadable):
                read_reference(good[:place] + digit + good[place + 1 :])


@pytest.mark.parametrize("text", ["", "RF", "hello", "RF00X000001", "RF18" + "9" * 30, "ＲＦ07I000042"])
def test_what_is_no_reference(text: str) -> None:
    with pytest.raises(ReferenceUnreadable):
        read_reference(text)
