from argparse import ArgumentParser
from pathlib import Path
from time import monotonic
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone
from django.utils.translation import gettext as _
from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TaskProgressColumn, TextColumn, TimeRemainingColumn
from rich.table import Table

from listings.imports.load import known_mappings, load_mapping
from listings.imports.run import Order, Tally, import_file
from marketplace.accounts.models import User
from marketplace.lib.actor import SYSTEM, Actor
from marketplace.lib.errors import Refused
from marketplace.lib.money import DEFAULT_CURRENCY, EXPONENTS

#: What a shell expects of a command stopped by Ctrl-C.
INTERRUPTED = 130


class Command(BaseCommand):
    help = "Bring the lender's loan book into the officers' queue from a CSV file (docs/import.md)."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("file", type=Path, metavar="FILE.csv")
        parser.add_argument("--mapping", default="loanbridge", help=f"{', '.join(known_mappings())} or a .toml file")
        parser.add_argument("--rejects", type=Path, help="where refused rows go; default: FILE.rejects.csv here")
        parser.add_argument("--encoding", default="utf-8-sig", help="default: %(default)s")
        parser.add_argument(
            "--currency",
            default=DEFAULT_CURRENCY,
            type=str.upper,
            choices=sorted(EXPONENTS),
            help="default: %(default)s",
        )
        parser.add_argument("--limit", type=_positive, help="read only the first so many rows")
        parser.add_argument("--by", metavar="EMAIL", help="in whose name (default: the system)")
        parser.add_argument("--dry-run", action="store_true", help="check and report only")

    def handle(self, *_args: Any, **options: Any) -> None:
        started = monotonic()
        try:
            order = _order(options)
            tally, finished = self._run(order)
        except Refused as refused:
            raise CommandError(refused.text) from None
        self._report(order, tally, seconds=monotonic() - started)
        if not finished:
            raise CommandError(_("Stopped. What is in stays in; run it again to go on."), returncode=INTERRUPTED)

    def _run(self, order: Order) -> tuple[Tally, bool]:
        """The last tally, and whether the file was read to its end."""
        batches = import_file(order)
        tally = next(batches)
        self.stderr.ending = ""
        with Progress(
            TextColumn(order.path.name, markup=False),
            BarColumn(),
            TaskProgressColumn(),
            MofNCompleteColumn(),
            TimeRemainingColumn(),
            console=Console(file=self.stderr),  # type: ignore[arg-type]
        ) as progress:
            task = progress.add_task("", total=_rows_expected(order, tally))
            try:
                for tally in batches:
                    progress.update(task, completed=tally.rows)
            except KeyboardInterrupt:
                batches.close()
                return tally, False
            progress.update(task, total=tally.rows)
        return tally, True

    def _report(self, order: Order, tally: Tally, *, seconds: float) -> None:
        table = Table("", _("rows"), title=_("Dry run: nothing was written") if order.dry_run else None)
        for name, count in _figures(order, tally):
            table.add_row(name, f"{count:,}")
        self.stdout.ending = ""
        console = Console(file=self.stdout)  # type: ignore[arg-type]
        console.print(table)
        if tally.rows == 0:
            console.print(_("The file has a header and no rows."))
        if tally.refused:
            console.print(
                _("Refused rows, each with its reason: %(path)s") % {"path": order.rejects},
                markup=False,
                soft_wrap=True,
            )
        if order.currency != DEFAULT_CURRENCY:
            console.print(
                _("The platform's own accounts are in %(own)s: loans in %(other)s cannot be paid out yet.")
                % {"own": DEFAULT_CURRENCY, "other": order.currency}
            )
        console.print(_("%(seconds).1f s") % {"seconds": seconds})


def _positive(text: str) -> int:
    if (number := int(text)) < 1:
        raise ValueError
    return number


def _order(options: dict[str, Any]) -> Order:
    path: Path = options["file"]
    return Order(
        path=path,
        mapping=load_mapping(options["mapping"]),
        rejects=options["rejects"] or Path.cwd() / f"{path.stem}.rejects.csv",
        encoding=options["encoding"],
        currency=options["currency"],
        by=_actor(options["by"]),
        at=timezone.now(),
        limit=options["limit"],
        dry_run=options["dry_run"],
    )


def _actor(email: str | None) -> Actor:
    if email is None:
        return SYSTEM
    user = User.objects.filter(email=email.strip().lower(), is_active=True).first()
    if user is None:
        raise CommandError(_("Nobody signs in with %(email)s.") % {"email": email})
    return user.actor


def _rows_expected(order: Order, tally: Tally) -> int:
    """At most: a quoted field may hold lines of its own."""
    rows = tally.lines - 1
    return min(rows, order.limit) if order.limit else rows


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
