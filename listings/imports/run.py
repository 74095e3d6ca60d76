"""The whole way of a file: read, check, compare, bring in, report. One batch is one transaction."""

from collections import Counter
from collections.abc import Generator
from dataclasses import dataclass, field
from datetime import datetime
from itertools import islice
from pathlib import Path

from listings.imports.check import RowChecker
from listings.imports.compare import Comparison, compare
from listings.imports.header import fitting_header
from listings.imports.mapping import Mapping
from listings.imports.reading import Record, count_lines, read_records
from listings.imports.reasons import Problem
from listings.imports.rejects import RejectsFile
from listings.operations import BookRow, bring_in
from marketplace.lib.actor import Actor

BATCH_ROWS = 1_000


@dataclass(frozen=True, kw_only=True)
class Order:
    """What to import and how."""

    path: Path
    mapping: Mapping
    rejects: Path
    encoding: str
    currency: str
    by: Actor
    at: datetime
    limit: int | None = None
    dry_run: bool = False


@dataclass(kw_only=True)
class Tally:
    """How far an import is; `by_code` counts the reasons of refused rows."""

    lines: int
    line: int = 0
    rows: int = 0
    new: int = 0
    already_there: int = 0
    refused: int = 0
    by_code: Counter[str] = field(default_factory=Counter)


def import_file(order: Order) -> Generator[Tally, None, None]:
    """
    Import a file, batch by batch; yields the tally before the first and after each.

    What was brought in when it is stopped stays, and the same call goes on from there.

    :raises Refused: before anything is brought in, if file, header or place for refused rows will not do
    :raises NotAllowed: if the actor's role does not include it
    """
    tally = Tally(lines=count_lines(order.path, encoding=order.encoding))
    records = read_records(order.path, encoding=order.encoding, delimiter=order.mapping.delimiter)
    header = fitting_header(next(records, None), mapping=order.mapping, path=order.path)
    checker = RowChecker(mapping=order.mapping, header=header, currency=order.currency)
    rows = islice(records, order.limit)
    with RejectsFile(order.rejects, source=order.path, header=header, delimiter=order.mapping.delimiter) as rejects:
        yield tally
        while batch := list(islice(rows, BATCH_ROWS)):
            _batch(batch, order=order, checker=checker, rejects=rejects, tally=tally)
            yield tally


def _batch(records: list[Record], *, order: Order, checker: RowChecker, rejects: RejectsFile, tally: Tally) -> None:
    good: list[BookRow] = []
    refused: dict[int, list[Problem]] = {}
    for record in records:
        outcome = checker.check(record)
        if isinstance(outcome, BookRow):
            good.append(outcome)
        else:
            refused[record.line] = outcome
    compared = _write(good, order)
    refused |= {line: [problem] for line, problem in compared.refused}
    for record in records:
        if problems := refused.get(record.line):
            rejects.write(record, problems)
            tally.by_code.update(problem.code for problem in problems)
    rejects.flush()
    tally.line = records[-1].line
    tally.rows += len(records)
    tally.new += len(compared.new)
    tally.already_there += len(compared.already_there)
    tally.refused += len(refused)


def _write(rows: list[BookRow], order: Order) -> Comparison:
    if order.dry_run:
        return compare(rows)
    return bring_in(rows=rows, source=order.path.name, by=order.by, at=order.at)
