"""Bytes into numbered records: encoding, quoting, line numbers."""

import codecs
import csv
import io
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

from listings.imports.reasons import EmptyFile, NoSuchFile, NotAFile, UnknownEncoding, Unreadable, WrongEncoding

CHUNK_BYTES = 1 << 20
#: A field that never ends must not swallow the memory: a broken quote is given up after so many characters.
MOST_RECORD_CHARACTERS = 65_536


@dataclass(frozen=True, slots=True)
class Record:
    """One row of the file. `line` is where it begins; `error` says why it could not be taken apart."""

    line: int
    fields: list[str] = field(default_factory=list)
    error: str = ""


def count_lines(path: Path, *, encoding: str) -> int:
    """
    Decode the whole file once, so that nothing is begun with a file that cannot be finished; its number of lines.

    :raises NoSuchFile, NotAFile, Unreadable: if there is nothing to read
    :raises EmptyFile: if it has no content
    :raises UnknownEncoding: if there is no such text encoding
    :raises WrongEncoding: if the bytes are not text in it; names line and byte (both counted from 1)
    """
    decoder = _decoder(encoding)
    lines, fed, last = 0, 0, ""
    with _open(path) as file:
        while True:
            chunk = file.read(CHUNK_BYTES)
            fed += len(chunk)
            try:
                text = decoder.decode(chunk, final=not chunk)
            except UnicodeError as error:
                raise _wrong(error, path=path, encoding=encoding, line=lines + 1, fed=fed) from None
            lines += text.count("\n")
            last = text[-1:] or last
            if not chunk:
                break
    if not last:
        raise EmptyFile(path=path)
    return lines + (last != "\n")


def read_records(path: Path, *, encoding: str, delimiter: str) -> Iterator[Record]:
    """
    The records of a file, blank lines left out.

    A quote that never closes costs only its own line: reading goes on with the next one.
    """
    with path.open(encoding=encoding, newline="") as file:
        lines = _Lines(file)
        while lines.more():
            started = lines.number + 1
            try:
                fields = next(csv.reader(lines, delimiter=delimiter, strict=True))
            except csv.Error as error:
                yield Record(started, [lines.give_back_all_but_first()], str(error))
                continue
            if fields:
                yield Record(started, fields)
            lines.forget()


class _Lines:
    """Lines of a file that can be given back while a record is not complete."""

    def __init__(self, file: io.TextIOWrapper) -> None:
        self._file = file
        self._waiting: list[str] = []
        self._record: list[str] = []
        self._characters = 0
        self.number = 0

    def __iter__(self) -> "_Lines":
        return self

    def __next__(self) -> str:
        if self._characters > MOST_RECORD_CHARACTERS:
            raise csv.Error(f"a quoted field does not end within {MOST_RECORD_CHARACTERS} characters")
        line = self._waiting.pop() if self._waiting else next(self._file)
        self._record.append(line)
        self._characters += len(line)
        self.number += 1
        return line

    def more(self) -> bool:
        """Say whether another line follows."""
        if not self._waiting:
            self._waiting.extend(line for line in [self._file.readline()] if line)
        return bool(self._waiting)

    def forget(self) -> None:
        """The record is complete."""
        self._record, self._characters = [], 0

    def give_back_all_but_first(self) -> str:
        """Only the first line of the record was wrong: read the others again; the first without its end."""
        first, *others = self._record
        self._waiting.extend(reversed(others))
        self.number -= len(others)
        self.forget()
        return first.rstrip("\r\n")


def _decoder(encoding: str) -> io.IncrementalNewlineDecoder:
    try:
        " ".encode(encoding)  # refuses codecs that are not for text, such as hex
        make = codecs.getincrementaldecoder(encoding)
    except (LookupError, ValueError):
        raise UnknownEncoding(encoding=encoding) from None
    return io.IncrementalNewlineDecoder(make(), translate=True)


def _open(path: Path) -> io.BufferedReader:
    if not path.exists():
        raise NoSuchFile(path=path)
    if not path.is_file():
        raise NotAFile(path=path)
    try:
        return path.open("rb")
    except OSError as error:
        raise Unreadable(path=path, detail=error.strerror) from None


def _wrong(error: UnicodeError, *, path: Path, encoding: str, line: int, fed: int) -> WrongEncoding:
    """What the decoder was given ends where we stopped feeding it: counted from there the place is exact."""
    byte, found = fed, ""
    if isinstance(error, UnicodeDecodeError):
        before = error.object[: error.start].decode(error.encoding, "replace")
        line += len(re.findall("\r\n|\r|\n", before))
        byte = fed - len(error.object) + error.start + 1
        found = f"0x{error.object[error.start : error.end][:4].hex().upper()}"
    return WrongEncoding(path=path, encoding=encoding, line=line, byte=byte, found=found)
