"""Bytes into numbered records."""

from collections.abc import Callable
from pathlib import Path

import pytest

from listings.imports.reading import Record, count_lines, read_records
from listings.imports.reasons import EmptyFile, NoSuchFile, NotAFile, UnknownEncoding, WrongEncoding

Book = Callable[..., Path]


def records(path: Path, *, encoding: str = "utf-8-sig") -> list[Record]:
    return list(read_records(path, encoding=encoding, delimiter=","))


@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
def test_line_numbers_whatever_ends_a_line(book: Book, end: str) -> None:
    path = book(end.join(['a,"x', 'y"', "", "b,z"]))
    assert records(path) == [Record(1, ["a", f"x{end}y"]), Record(4, ["b", "z"])]
    assert count_lines(path, encoding="utf-8") == 4


def test_a_quote_that_never_closes_costs_one_line(book: Book) -> None:
    first, second, third = records(book('a,b\nc,"d\ne,f\n'))
    assert (first, third) == (Record(1, ["a", "b"]), Record(3, ["e", "f"]))
    assert (second.line, second.fields, bool(second.error)) == (2, ['c,"d'], True)


def test_a_quote_closed_by_the_next_one_costs_one_line(book: Book) -> None:
    found = records(book('a,"b\nc,"d"\ne,f\n'))
    assert [(r.line, bool(r.error)) for r in found] == [(1, True), (2, False), (3, False)]


def test_many_broken_quotes_in_a_long_file_are_read_in_time(book: Book) -> None:
    found = records(book('a,"b\n' + "c,d\n" * 50_000))
    assert len(found) == 50_001
    assert "does not end" in found[0].error


def test_a_field_longer_than_any_column_is_a_bad_line(book: Book) -> None:
    first, second = records(book(f"a,{'x' * 200_000}\nb,c\n"))
    assert "field larger than" in first.error
    assert second == Record(2, ["b", "c"])


def test_nul_and_byte_order_mark(book: Book) -> None:
    assert records(book(b"\xef\xbb\xbfa,b\x00\n")) == [Record(1, ["a", "b\x00"])]


@pytest.mark.parametrize(
    ("encoding", "content", "line", "byte", "found"),
    [
        ("utf-8-sig", "a,b\nCafé,x\n".encode("cp1252"), 2, 8, "0xE9"),
        ("utf-8-sig", b"\xef\xbb\xbfa\n\xff", 2, 6, "0xFF"),
        ("utf-8-sig", "a\n".encode("utf-16"), 1, 1, "0xFF"),
        ("utf-8", b"a\r\nb\rc\xe4", 3, 7, "0xE4"),
        ("ascii", "a\n额".encode(), 2, 3, "0xE9"),
        ("gb18030", b"a\n\xff\xff", 2, 3, "0xFF"),
        ("utf-16-le", b"a\0\n\0b", 2, 5, "0x62"),
        ("utf-8", b"x\n" * 600_000 + b"\xff", 600_001, 1_200_001, "0xFF"),
    ],
)
def test_a_wrong_encoding_names_line_and_byte(
    book: Book, encoding: str, content: bytes, line: int, byte: int, found: str
) -> None:
    with pytest.raises(WrongEncoding) as refused:
        count_lines(book(content), encoding=encoding)
    params = refused.value.params
    assert (params["line"], params["byte"], params["found"]) == (line, byte, found)


@pytest.mark.parametrize("encoding", ["hex", "rot13", "klingon", "undefined", "utf-8\0"])
def test_what_is_no_text_encoding(book: Book, encoding: str) -> None:
    with pytest.raises(UnknownEncoding):
        count_lines(book(), encoding=encoding)


def test_chinese_in_its_own_encoding(book: Book) -> None:
    path = book("名,额\n李,1\n".encode("gb18030"))
    assert count_lines(path, encoding="gb18030") == 2
    assert records(path, encoding="gb18030")[1] == Record(2, ["李", "1"])


def test_nothing_to_read(book: Book, tmp_path: Path) -> None:
    for path, refusal in ((tmp_path / "none.csv", NoSuchFile), (tmp_path, NotAFile), (Path("/dev/null"), NotAFile)):
        with pytest.raises(refusal):
            count_lines(path, encoding="utf-8")
    for content in (b"", b"\xef\xbb\xbf"):
        with pytest.raises(EmptyFile):
            count_lines(book(content), encoding="utf-8-sig")
