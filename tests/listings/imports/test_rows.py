"""Every bad row: its line, its code, its sentence, the row itself; the good ones next to it come in."""

from collections.abc import Callable
from pathlib import Path

import pytest

from listings.models import Listing
from tests.listings.imports.conftest import BOOK, HEADER

pytestmark = pytest.mark.django_db

GOOD = "L-9,b-9,Ko Ltd,A stall,business,500,10,6"


@pytest.mark.parametrize(
    ("row", "code", "sentence"),
    [
        ("L-9,b-9,Ko,A stall,business,-500,10,6", "out_of_bounds", "amount is “-500”; principal_minor must be from"),
        ("L-9,b-9,Ko,A stall,business,0,10,6", "out_of_bounds", "amount is “0”; principal_minor must be from"),
        ("L-9,b-9,Ko,A stall,business,1000000.01,10,6", "out_of_bounds", "amount is “1000000.01”"),
        ("L-9,b-9,Ko,A stall,business,1" + "0" * 30 + ",10,6", "too_large", "amount is too large"),
        ("L-9,b-9,Ko,A stall,business,500.005,10,6", "too_precise", "amount has more than 2 decimals: “500.005”."),
        ("L-9,b-9,Ko,A stall,business,lots,10,6", "not_a_number", "amount is not a number: “lots”."),
        ("L-9,b-9,Ko,A stall,business,,10,6", "empty", "amount is empty."),
        ("L-9,b-9,Ko,A stall,business,500,36.01,6", "out_of_bounds", "annual_rate_bps must be from 1 to 3600."),
        ("L-9,b-9,Ko,A stall,business,500,0,6", "out_of_bounds", "annual_rate_percent is “0”"),
        ("L-9,b-9,Ko,A stall,business,500,10,61", "out_of_bounds", "term_months must be from 1 to 60."),
        ("L-9,b-9,Ko,A stall,yacht,500,10,6", "unknown_value", "purpose has a value that the mapping does not know"),
        ("L-9,b-9,Ko," + "x" * 101 + ",business,500,10,6", "too_long", "title has 101 characters; 100 are the most."),
        ("L 9,b-9,Ko,A stall,business,500,10,6", "not_a_reference", "reference cannot be used"),
        ("L-9,b@9,Ko,A stall,business,500,10,6", "not_a_reference", "borrower_reference cannot be used"),
        ("L-9,b-9,Ko,A \0 stall,business,500,10,6", "unprintable", "title contains the character U+0000"),
        ("L-9,b-9,Ko,A stall,business,500,10", "wrong_number_of_fields", "The row has 7 fields where"),
        (GOOD + ",more", "wrong_number_of_fields", "9 fields where the header has 8."),
        ('L-9,b-9,"Ko"s,A stall,business,500,10,6', "not_csv", "The line cannot be read as CSV"),
        (GOOD.replace("L-9", "L-1"), "duplicate", "L-1 is already in line 2 of this file."),
        (GOOD.replace("b-9", "b-2"), "borrower_differs", "The borrower b-2 has another name or kind in line 3."),
        ("L-9,b-9,Ko,A stall,yacht,lots,10,6", "unknown_value not_a_number", "“yacht”. amount is not a number"),
    ],
)
def test_a_bad_row_is_reported_and_the_others_come_in(
    book: Callable[..., Path],
    run: Callable[..., str],
    rejects: Callable[[], list[str]],
    row: str,
    code: str,
    sentence: str,
) -> None:
    run(book(BOOK + row + "\n" + GOOD.replace("-9", "-10") + "\n"))
    header, refused = rejects()
    assert header == "reject_line,reject_code,reject_reason," + HEADER
    assert refused.startswith(f"5,{code},")
    assert sentence in refused
    assert set(Listing.objects.values_list("external_reference", flat=True)) == {"L-1", "L-2", "L-3", "L-10"}


def test_a_row_that_was_refused_holds_no_place(book: Callable[..., Path], run: Callable[..., str]) -> None:
    run(book(f"{HEADER}\n{GOOD.replace('500', 'lots')}\n{GOOD}\n"))
    assert Listing.objects.get().principal_minor == 50000


def test_lines_are_counted_through_quoted_line_ends(
    book: Callable[..., Path], run: Callable[..., str], rejects: Callable[[], list[str]]
) -> None:
    run(book(f'{HEADER}\nL-1,b-1,Lan,"Two\nlines",car,500,10,6\n\n{GOOD.replace("500", "x")}\n'))
    assert Listing.objects.get().title == "Two lines"
    assert rejects()[1].startswith("5,not_a_number,")


def test_a_least_amount_of_zero_is_not_the_whole(
    book: Callable[..., Path], run: Callable[..., str], rejects: Callable[[], list[str]]
) -> None:
    run(book(f"{HEADER},least_amount\n{GOOD},0\n{GOOD.replace('-9', '-8')},\n{GOOD.replace('-9', '-7')},400\n"))
    assert rejects()[1].startswith("2,out_of_bounds,least_amount is “0”; accepts_from_minor must be")
    assert dict(Listing.objects.values_list("external_reference", "accepts_from_minor")) == {"L-8": 50000, "L-7": 40000}
