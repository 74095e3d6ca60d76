"""Cells as values: exact, or refused by code."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from listings.core import cells
from listings.core.cells import BadCell

ONE = Decimal(1)


@pytest.mark.parametrize(
    ("text", "minor"),
    [("28000", 2800000), ("0.01", 1), (" 1,234.50 ", 123450), ("-5", -500), ("7.000", 700), ("007", 700)],
)
def test_an_amount_is_taken_to_the_fen(text: str, minor: int) -> None:
    assert cells.amount_minor(text, decimals=2, factor=ONE) == minor


@given(st.integers(min_value=-(10**16), max_value=10**16))
def test_every_amount_written_out_comes_back(minor: int) -> None:
    text = f"{Decimal(minor).scaleb(-2):f}"
    assert cells.amount_minor(text, decimals=2, factor=ONE) == minor


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("ten", "not_a_number"),
        ("1e3", "not_a_number"),
        ("NaN", "not_a_number"),
        ("Infinity", "not_a_number"),
        ("1_000", "not_a_number"),
        ("1,00", "not_a_number"),
        ("12.", "not_a_number"),
        ("１２", "not_a_number"),
        ("¥100", "not_a_number"),
        ("0.001", "too_precise"),
        ("1.0000000000000000000000000000001", "too_precise"),
        ("1" * 16, "too_large"),
        ("9" * 5000, "too_large"),
    ],
)
def test_an_amount_that_cannot_be_taken(text: str, code: str) -> None:
    with pytest.raises(BadCell) as refused:
        cells.amount_minor(text, decimals=2, factor=ONE)
    assert refused.value.code == code


@pytest.mark.parametrize(("text", "minor"), [("0.50", 362), ("1.00", 725), ("0.02", 14), ("0.06", 44)])
def test_a_factor_rounds_half_to_even(text: str, minor: int) -> None:
    assert cells.amount_minor(text, decimals=2, factor=Decimal("7.25")) == minor


def test_a_currency_without_decimals_takes_none() -> None:
    assert cells.amount_minor("500.00", decimals=0, factor=ONE) == 500
    with pytest.raises(BadCell) as refused:
        cells.amount_minor("500.50", decimals=0, factor=ONE)
    assert (refused.value.code, refused.value.params) == ("too_precise", {"decimals": 0})


@pytest.mark.parametrize(("text", "bps"), [("14.07", 1407), ("8", 800), (" 5.31 % ", 531), ("0", 0)])
def test_a_percentage_becomes_basis_points(text: str, bps: int) -> None:
    assert cells.percent_bps(text) == bps


def test_half_a_basis_point_is_refused() -> None:
    with pytest.raises(BadCell) as refused:
        cells.percent_bps("14.075")
    assert refused.value.code == "too_precise"


@pytest.mark.parametrize("text", ["36", " 36 months", "36 Months", "36.0"])
def test_a_term_in_months(text: str) -> None:
    assert cells.months(text) == 36


@pytest.mark.parametrize(("text", "grade"), [("c", "C"), ("B2", "B2"), ("A+", "A+")])
def test_a_grade(text: str, grade: str) -> None:
    assert cells.grade(text) == grade


@pytest.mark.parametrize("text", ["AAA", "1", "甲", ""])
def test_what_is_no_grade(text: str) -> None:
    with pytest.raises(BadCell) as refused:
        cells.grade(text)
    assert refused.value.code == "not_a_grade"


def test_references_in_any_script_but_borrowers_in_plain_letters() -> None:
    assert cells.reference(" 借款(2024)-001 ", longest=64) == "借款(2024)-001"
    assert cells.borrower_reference("C-0001", longest=64) == "c-0001"
    for text in ("客户1", "a b", ".a", "a.", "a@b", "..", ""):
        with pytest.raises(BadCell) as refused:
            cells.borrower_reference(text, longest=64)
        assert refused.value.code == "not_a_reference", text


def test_a_title_is_one_line_within_its_length() -> None:
    assert cells.one_line(" A\tvan,\nused ", longest=11) == "A van, used"
    with pytest.raises(BadCell) as refused:
        cells.one_line("A van, used", longest=10)
    assert (refused.value.code, refused.value.params) == ("too_long", {"length": 11, "longest": 10})
