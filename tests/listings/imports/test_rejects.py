"""The rejects file: the row as it was, safe from overwriting, and fit to be imported once corrected."""

import csv
from collections.abc import Callable
from pathlib import Path

import pytest
from django.core.management import CommandError

from listings.models import Listing
from tests.listings.imports.conftest import BOOK, HEADER

pytestmark = pytest.mark.django_db
Book = Callable[..., Path]
Run = Callable[..., str]
BAD = 'L-9,b-9,"Ko, ""the"" Ltd","A\nstall",yacht,500,10,6\n'


def test_the_row_is_kept_as_it_was(book: Book, run: Run, tmp_path: Path) -> None:
    run(book(BOOK + BAD), rejects=tmp_path / "bad.csv")
    with (tmp_path / "bad.csv").open(encoding="utf-8-sig", newline="") as file:
        header, refused = csv.reader(file)
    assert header == ["reject_line", "reject_code", "reject_reason", *HEADER.split(",")]
    assert refused[3:] == ["L-9", "b-9", 'Ko, "the" Ltd', "A\nstall", "yacht", "500", "10", "6"]


def test_corrected_rejects_can_be_imported(book: Book, run: Run, tmp_path: Path) -> None:
    run(book(BOOK + BAD))
    corrected = (tmp_path / "here" / "book.rejects.csv").read_text(encoding="utf-8-sig").replace("yacht", "car")
    run(book(corrected, name="corrected.csv"))
    assert Listing.objects.get(external_reference="L-9").purpose == "car"


def test_rejects_refused_again_do_not_grow_columns(book: Book, run: Run, tmp_path: Path) -> None:
    run(book(BOOK + BAD))
    first = (tmp_path / "here" / "book.rejects.csv").read_text()
    run(tmp_path / "here" / "book.rejects.csv", rejects=tmp_path / "again.csv")
    assert (tmp_path / "again.csv").read_text() == first.replace("\n5,", "\n2,")


def test_lines_stay_in_the_order_of_the_file(book: Book, run: Run, rejects: Callable[[], list[str]]) -> None:
    run(book())
    run(book(BOOK.replace("20000", "20001").replace("8,36", "8,99").replace("120000", "120001")))
    assert [line.split(",")[:2] for line in rejects()[1:]] == [
        ["2", "changed"],
        ["3", "out_of_bounds"],
        ["4", "changed"],
    ]


def test_a_later_run_replaces_the_file_and_a_clean_one_removes_it(
    book: Book, run: Run, rejects: Callable[[], list[str]]
) -> None:
    run(book(BOOK + "L-4\nL-5\n"))
    run(book(BOOK + "L-4\n"))
    assert len(rejects()) == 2
    run(book())
    assert rejects() == []


@pytest.mark.parametrize(
    ("name", "sentence"),
    [
        ("book.csv", "it is the file to be imported"),
        ("other.csv", "another file is there"),
        ("nowhere/bad.csv", "No such file or directory"),
        ("here", "Is a directory"),
    ],
)
def test_no_other_file_is_lost(book: Book, run: Run, tmp_path: Path, name: str, sentence: str) -> None:
    book("my,own\n", name="other.csv")
    path = book(BOOK)
    with pytest.raises(CommandError, match=sentence):
        run(path, rejects=tmp_path / name)
    assert (path.read_text(), (tmp_path / "other.csv").read_text()) == (BOOK, "my,own\n")
    assert not Listing.objects.exists()


def test_refused_rows_may_be_thrown_away(book: Book, run: Run) -> None:
    run(book(BOOK + BAD), rejects=Path("/dev/null"))
    assert Listing.objects.count() == 3
    assert Path("/dev/null").exists()


def test_a_row_that_cannot_be_written_as_it_is_does_not_stop_the_run(
    book: Book, run: Run, rejects: Callable[[], list[str]]
) -> None:
    run(book(BOOK.encode() + b"L-9,b-9,Ko,+2AA-,car,500,10,6\n"), encoding="utf-7")
    assert rejects()[1].startswith("5,unprintable,")
    assert Listing.objects.count() == 3
