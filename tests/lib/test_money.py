"""Money is whole minor units of one currency, read exactly and split without losing any."""

from decimal import Decimal
from fractions import Fraction
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from marketplace.lib.money import LARGEST_MINOR, Money, MoneyError, split_minor

WEIGHTS = st.lists(st.integers(0, 10**9), min_size=1, max_size=30).filter(any)
TOTALS = st.integers(0, 10**13)


@pytest.mark.parametrize(
    ("text", "minor"),
    [
        ("0", 0),
        ("12", 12_00),
        ("12.5", 12_50),
        ("1,234.50", 1_234_50),
        ("1,234,567", 1_234_567_00),
        (" 7.05 ", 7_05),
        ("-3.20", -3_20),
        ("1.000", 1_00),
    ],
)
def test_amounts_are_read(text: str, minor: int) -> None:
    assert Money.parse(text) == Money(minor)


def test_the_currency_says_how_many_decimals_there_are() -> None:
    assert Money.parse("1,200", "JPY") == Money(1200, "JPY")
    assert str(Money(1200, "JPY")) == "1,200 JPY"
    with pytest.raises(MoneyError, match="finer than the smallest unit of JPY"):
        Money.parse("1200.5", "JPY")


NO_AMOUNTS = "abc|1.005|0.001|NaN|Infinity|-Infinity|1 000|12.5.3|12,5|1,23,456|1234,567|,5|5.|¥5|0x10|1e4|1_0|１２|--5"


@pytest.mark.parametrize("text", ["", " ", "9" * 20, "0" * 41, *NO_AMOUNTS.split("|")])
def test_what_is_not_an_exact_amount_is_refused(text: str) -> None:
    with pytest.raises(MoneyError):
        Money.parse(text)


@pytest.mark.parametrize("minor", [1.0, "1", None, True, Decimal(1), LARGEST_MINOR + 1, -LARGEST_MINOR - 1])
def test_only_whole_numbers_that_a_column_holds_are_money(minor: object) -> None:
    with pytest.raises(MoneyError):
        Money(minor)  # type: ignore[arg-type]


@pytest.mark.parametrize("currency", ["", "XXX", "cny", "CNY "])
def test_an_unknown_currency_is_refused(currency: str) -> None:
    with pytest.raises(MoneyError):
        Money(1, currency)
    with pytest.raises(MoneyError):
        Money.parse("1", currency)


def test_sums_and_comparisons() -> None:
    assert Money(5) + Money(7) - Money(2) == Money(10)
    assert -Money(5) == Money(-5)
    assert Money(5) * 3 == Money(15)
    assert Money(5) < Money(6) <= Money(6) < Money(7)
    assert Money(7) > Money(6) >= Money(6)
    assert (bool(Money(0)), bool(Money(-1))) == (False, True)
    assert (Money(123_45).decimal, str(Money(123456_78))) == (Decimal("123.45"), "123,456.78 CNY")


def test_currencies_are_never_mixed() -> None:
    yuan, dollars = Money(5), Money(5, "USD")
    for mix in (
        lambda: yuan + dollars,
        lambda: yuan - dollars,
        lambda: yuan < dollars,
        lambda: yuan <= dollars,
        lambda: yuan > dollars,
        lambda: yuan >= dollars,
    ):
        with pytest.raises(MoneyError, match="CNY and USD in one sum"):
            mix()
    assert yuan != dollars


def test_a_sum_that_no_column_holds_is_refused() -> None:
    with pytest.raises(MoneyError):
        Money(LARGEST_MINOR) + Money(1)


@given(TOTALS, WEIGHTS)
def test_the_parts_of_a_split_sum_to_the_whole(total: int, weights: list[int]) -> None:
    assert sum(split_minor(total, weights)) == total


@given(TOTALS, WEIGHTS)
def test_each_part_is_within_one_unit_of_its_share(total: int, weights: list[int]) -> None:
    for part, weight in zip(split_minor(total, weights), weights, strict=True):
        assert abs(part - Fraction(total * weight, sum(weights))) < 1
        assert part >= 0
        assert weight or not part


@given(TOTALS, WEIGHTS)
def test_who_has_more_never_gets_less(total: int, weights: list[int]) -> None:
    pairs = sorted(zip(weights, split_minor(total, weights), strict=True))
    assert all(a[1] <= b[1] + (a[0] == b[0]) for a, b in pairwise(pairs))


def test_ties_go_to_the_earlier() -> None:
    assert split_minor(100, [1, 1, 1]) == [34, 33, 33]
    assert split_minor(5, [1, 1, 1]) == [2, 2, 1]
    assert Money(100).split([3, 1]) == [Money(75), Money(25)]


@pytest.mark.parametrize(("total", "weights"), [(-1, [1]), (5, []), (5, [0, 0]), (5, [2, -1])])
def test_a_split_that_makes_no_sense_is_refused(total: int, weights: list[int]) -> None:
    with pytest.raises(MoneyError):
        split_minor(total, weights)
