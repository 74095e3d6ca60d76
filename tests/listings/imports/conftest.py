"""A small book in our own columns, and the command as somebody at a terminal runs it."""

from collections.abc import Callable
from io import StringIO
from pathlib import Path

import pytest
from django.core.management import call_command

HEADER = "reference,borrower_reference,borrower_name,title,purpose,amount,annual_rate_percent,term_months"
#: Three loans of two borrowers.
BOOK = f"""{HEADER}
L-1,b-1,Lan Trading,Stock for the autumn,business,20000,12.5,12
L-2,b-2,Mei Hu,A used van,car,"35,000.50",8,36
L-3,b-1,Lan Trading,A second shop,business,120000,14.07,24
"""


def figures(printed: str) -> dict[str, int]:
    """The summary table: name to number of rows."""
    rows = [line.strip("│ ").split("│") for line in printed.splitlines() if line.startswith("│")]
    return {name.strip(): int(number.replace(",", "")) for name, number in rows}


@pytest.fixture
def book(tmp_path: Path) -> Callable[..., Path]:
    """Write a file to import; text is written as UTF-8."""

    def write(content: str | bytes = BOOK, *, name: str = "book.csv") -> Path:
        path = tmp_path / name
        path.write_bytes(content.encode() if isinstance(content, str) else content)
        return path

    return write


@pytest.fixture
def run(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Callable[..., str]:
    """Run the command in an empty folder of its own; what it printed."""
    here = tmp_path / "here"
    here.mkdir()
    monkeypatch.chdir(here)

    def call(path: Path, *arguments: str, **options: object) -> str:
        out = StringIO()
        call_command("import_listings", str(path), *arguments, stdout=out, stderr=StringIO(), **options)
        return out.getvalue()

    return call


@pytest.fixture
def rejects(tmp_path: Path) -> Callable[[], list[str]]:
    """The lines of the rejects file; none if there is no file."""

    def read() -> list[str]:
        path = tmp_path / "here" / "book.rejects.csv"
        return path.read_text(encoding="utf-8-sig").splitlines() if path.exists() else []

    return read
