from argparse import ArgumentParser, ArgumentTypeError
from pathlib import Path
from time import monotonic
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone
from django.utils.translation import gettext as _

from listings.imports.display import progress_bar, rows_expected, summary
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
        summary(order, tally, seconds=monotonic() - started, stream=self.stdout)
        if not finished:
            raise CommandError(_("Stopped. What is in stays in; run it again to go on."), returncode=INTERRUPTED)

    def _run(self, order: Order) -> tuple[Tally, bool]:
        """The last tally, and whether the file was read to its end."""
        batches = import_file(order)
        tally = next(batches)
        with progress_bar(order, self.stderr) as progress:
            task = progress.add_task("", total=rows_expected(order, tally))
            try:
                for tally in batches:
                    progress.update(task, completed=tally.rows)
            except KeyboardInterrupt:
                batches.close()
                return tally, False
            progress.update(task, total=tally.rows)
        return tally, True


def _positive(text: str) -> int:
    if not (text.isascii() and text.isdigit() and int(text) > 0):
        raise ArgumentTypeError(_("must be a whole number above zero, not %(text)s") % {"text": text})
    return int(text)


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
