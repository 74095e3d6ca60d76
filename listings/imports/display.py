"""What the command shows: a bar while it runs, a table at the end."""

from io import TextIOBase
from typing import IO, cast

from django.core.management.base import OutputWrapper
from django.utils.translation import gettext as _
from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TaskProgressColumn, TextColumn, TimeRemainingColumn
from rich.table import Table

from listings.imports.run import Order, Tally
from marketplace.lib.money import DEFAULT_CURRENCY


def progress_bar(order: Order, stream: OutputWrapper) -> Progress:
    """A bar of rows, named after the file."""
    return Progress(
        TextColumn(order.path.name, markup=False),
        BarColumn(),
        TaskProgressColumn(),
        MofNCompleteColumn(),
        TimeRemainingColumn(),
        console=_console(stream),
    )


def rows_expected(order: Order, tally: Tally) -> int:
    """At most: a quoted field may hold lines of its own."""
    rows = tally.lines - 1
    return min(rows, order.limit) if order.limit else rows


def summary(order: Order, tally: Tally, *, seconds: float, stream: OutputWrapper) -> None:
    """Print what happened to the rows, and where the refused ones are."""
    console = _console(stream)
    table = Table("", _("rows"), title=_("Dry run: nothing was written") if order.dry_run else None)
    for name, count in _figures(order, tally):
        table.add_row(name, f"{count:,}")
    console.print(table)
    for line in _remarks(order, tally):
        console.print(line, markup=False, soft_wrap=True)
    console.print(_("%(seconds).1f s") % {"seconds": seconds})


def _figures(order: Order, tally: Tally) -> list[tuple[str, int]]:
    new = _("would be brought in") if order.dry_run else _("brought in")
    reasons = [(f"  {code}", count) for code, count in tally.by_code.most_common()]
    return [
        (_("read"), tally.rows),
        (new, tally.new),
        (_("already there"), tally.already_there),
        (_("refused"), tally.refused),
        *reasons,
    ]


def _remarks(order: Order, tally: Tally) -> list[str]:
    remarks = []
    if tally.rows == 0:
        remarks.append(_("The file has a header and no rows."))
    if tally.refused:
        remarks.append(_("Refused rows, each with its reason: %(path)s") % {"path": order.rejects})
    if order.currency != DEFAULT_CURRENCY:
        text = _("The platform's own accounts are in %(own)s: loans in %(other)s cannot be paid out yet.")
        remarks.append(text % {"own": DEFAULT_CURRENCY, "other": order.currency})
    return remarks


def _console(stream: OutputWrapper) -> Console:
    return Console(file=cast("IO[str]", _Pieces(stream)))


class _Pieces(TextIOBase):
    """Passes on what is written as it is, where a command's stream would end every piece with a line end."""

    def __init__(self, stream: OutputWrapper) -> None:
        self._stream = stream

    def write(self, text: str) -> int:
        self._stream.write(text, ending="")
        return len(text)

    def flush(self) -> None:
        self._stream.flush()

    def isatty(self) -> bool:
        return self._stream.isatty()
