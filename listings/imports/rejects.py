"""The file of refused rows: where, why, and the row as it was."""

import csv
from collections.abc import Iterable
from pathlib import Path
from types import TracebackType
from typing import Self

from django.utils.translation import gettext as _

from listings.imports.header import REJECT_COLUMNS
from listings.imports.reading import Record
from listings.imports.reasons import Problem, RejectsUnwritable

#: With the mark that spreadsheets look for, and that `--encoding` expects when the file is imported again.
ENCODING = "utf-8-sig"


class RejectsFile:
    """
    Refused rows of one run; an earlier run's file is replaced, and none is left if no row was refused.

    :raises RejectsUnwritable: if it cannot be made, or another file would be lost
    """

    def __init__(self, path: Path, *, source: Path, header: list[str], delimiter: str) -> None:
        self.path = path
        self._keep = [i for i, name in enumerate(header) if name not in REJECT_COLUMNS]
        self._written = 0
        self._refuse_to_overwrite(source)
        try:
            # A row that cannot be written back (half a character pair) must not stop the run.
            self._file = path.open("w", encoding=ENCODING, errors="backslashreplace", newline="")
        except OSError as error:
            raise RejectsUnwritable(path=path, detail=error.strerror) from None
        self._writer = csv.writer(self._file, delimiter=delimiter)
        self._writer.writerow([*REJECT_COLUMNS, *(header[i] for i in self._keep)])

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, _kind: type[BaseException] | None, _error: BaseException | None, _trace: TracebackType | None
    ) -> None:
        self._file.close()
        if not self._written and self.path.is_file():
            self.path.unlink()

    def write(self, record: Record, problems: Iterable[Problem]) -> None:
        """Keep one row; a row of another length than the header is kept whole."""
        problems = list(problems)
        codes, reasons = " ".join(p.code for p in problems), " ".join(p.text for p in problems)
        row = record.fields
        if len(row) == len(self._keep) + len(REJECT_COLUMNS):
            row = [row[i] for i in self._keep]
        self._writer.writerow([record.line, codes, reasons, *row])
        self._written += 1

    def flush(self) -> None:
        """Put what was written on the disk's side."""
        self._file.flush()

    def _refuse_to_overwrite(self, source: Path) -> None:
        if not self.path.exists() or not self.path.is_file():
            return
        if self.path.samefile(source):
            raise RejectsUnwritable(path=self.path, detail=_("it is the file to be imported"))
        with self.path.open("rb") as file:
            start = file.read(len(REJECT_COLUMNS[0]) + 3)
        if start and REJECT_COLUMNS[0].encode() not in start:
            raise RejectsUnwritable(path=self.path, detail=_("another file is there"))
