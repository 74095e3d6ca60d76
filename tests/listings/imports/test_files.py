"""The command and files that will not do: a clear sentence, exit with an error, nothing brought in."""

import os
import stat
from collections.abc import Callable
from pathlib import Path

import pytest
from django.core.management import CommandError

from borrowers.models import Borrower
from listings.models import Listing
from tests.listings.imports.conftest import BOOK, HEADER, figures

pytestmark = pytest.mark.django_db
Book = Callable[..., Path]
Run = Callable[..., str]


@pytest.mark.parametrize(
    ("content", "options", "sentence"),
    [
        (BOOK.replace("Mei Hu", "Méi Hu").encode("cp1252"), {}, "is not utf-8-sig text: line 3, byte "),
        (BOOK.encode("utf-16"), {}, "line 1, byte 1 of the file (0xFF). Nothing was brought in."),
        (BOOK, {"encoding": "klingon"}, "There is no text encoding named klingon."),
        (BOOK, {"mapping": "nowhere"}, "There is no mapping nowhere"),
        (BOOK, {"by": "nobody@loanbridge.test"}, "Nobody signs in with nobody@loanbridge.test."),
        ("", {}, "is empty."),
        ("\n\n", {}, "there is none"),
        (BOOK.replace("amount", "amonut"), {}, "missing: amount; unknown: amonut."),
        (BOOK.replace("title", "amount"), {}, "missing: title; named twice: amount."),
        (BOOK.replace(",", ";"), {}, "missing: amount, annual_rate_percent"),
        (BOOK.replace(HEADER, '"' + HEADER), {}, "does not fit the mapping (--mapping)"),
        (BOOK.replace("amount", "amo\0unt"), {}, "the encoding may be another"),
    ],
)
def test_a_file_that_cannot_be_imported(
    book: Book, run: Run, rejects: Callable[[], list[str]], content: str, options: dict[str, str], sentence: str
) -> None:
    with pytest.raises(CommandError) as refused:
        run(book(content), **options)
    assert sentence in str(refused.value)
    assert (Listing.objects.count(), Borrower.objects.count(), rejects()) == (0, 0, [])


def test_a_bad_byte_in_the_last_line_keeps_the_first_ones_out(book: Book, run: Run) -> None:
    rows = "".join(f"L-{n},b-{n},Lan,A van,car,500,10,6\n" for n in range(2000))
    with pytest.raises(CommandError, match="line 2002, byte"):
        run(book(f"{HEADER}\n{rows}".encode() + b"L-\xff"))
    assert not Listing.objects.exists()


@pytest.mark.parametrize(("name", "sentence"), [("none.csv", "There is no file"), ("", "is not a plain file")])
def test_no_file_or_a_folder(tmp_path: Path, run: Run, name: str, sentence: str) -> None:
    with pytest.raises(CommandError, match=sentence):
        run(tmp_path / name)


@pytest.mark.skipif(os.geteuid() == 0, reason="root may read everything")
def test_a_file_that_may_not_be_read(book: Book, run: Run) -> None:
    path = book()
    path.chmod(0)
    with pytest.raises(CommandError, match="cannot be read: Permission denied"):
        run(path)


def test_a_header_alone_is_said_to_be_one(book: Book, run: Run) -> None:
    assert "The file has a header and no rows." in run(book(HEADER + "\n"))


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "gb18030"])
def test_encodings_that_are_named_are_read(book: Book, run: Run, encoding: str) -> None:
    given = encoding if encoding != "utf-8" else "utf-8-sig"  # a mark in front does no harm
    run(book(BOOK.replace("Lan", "李").encode(given)), encoding=encoding)
    assert set(Borrower.objects.values_list("legal_name", flat=True)) == {"李 Trading", "Mei Hu"}


def test_a_dry_run_counts_and_writes_nothing(book: Book, run: Run, rejects: Callable[[], list[str]]) -> None:
    printed = run(book(BOOK + "L-4\n"), dry_run=True)
    assert figures(printed) == {
        "read": 4,
        "would be brought in": 3,
        "already there": 0,
        "refused": 1,
        "wrong_number_of_fields": 1,
    }
    assert len(rejects()) == 2
    assert (Listing.objects.count(), Borrower.objects.count()) == (0, 0)


def test_a_limit_reads_the_first_rows_and_another_run_goes_on(book: Book, run: Run) -> None:
    run(book(), limit=2)
    assert Listing.objects.count() == 2
    assert figures(run(book()))["already there"] == 2
    assert Listing.objects.count() == 3


@pytest.mark.parametrize("limit", ["0", "-1", "many"])
def test_a_limit_is_a_number_above_zero(book: Book, run: Run, limit: str) -> None:
    with pytest.raises(CommandError, match="--limit"):
        run(book(), f"--limit={limit}")


def test_another_currency_is_taken_with_a_warning(book: Book, run: Run) -> None:
    assert "loans in USD cannot be paid out yet" in run(book(), currency="USD")
    assert set(Listing.objects.values_list("currency", flat=True)) == {"USD"}


def test_an_unknown_currency_is_refused(book: Book, run: Run) -> None:
    with pytest.raises(CommandError, match="--currency"):
        run(book(), "--currency=XAU")


def test_the_source_is_not_touched(book: Book, run: Run) -> None:
    path = book(BOOK + "L-4\n")
    path.parent.joinpath("book.csv").chmod(stat.S_IRUSR)
    run(path)
    assert path.read_text() == BOOK + "L-4\n"
    assert {p.name for p in path.parent.iterdir()} == {"book.csv", "here"}
