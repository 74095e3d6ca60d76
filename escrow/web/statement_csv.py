"""
An account's statement as a CSV file, sent while it is read.

Columns keep their names and their order; new ones come at the end. Amounts are plain decimals, times
are in the platform's time zone. The byte order mark at the start makes spreadsheets read Chinese names rightly.
"""

import csv
from collections.abc import AsyncIterator, Iterator
from io import StringIO

from django.core.handlers.asgi import ASGIRequest
from django.db.models import QuerySet
from django.http import HttpRequest, StreamingHttpResponse
from django.utils import timezone

from escrow.models import Account, Transfer
from escrow.queries import get_account, statement
from escrow.web.statement_rows import statement_row

COLUMNS = (
    "posted_at",
    "value_date",
    "entry",
    "kind",
    "reference",
    "purpose",
    "counter_account",
    "change",
    "balance_after",
    "currency",
    "by",
    "memo",
)
BYTE_ORDER_MARK = "\ufeff"
#: A cell that begins so would be run as a formula by a spreadsheet.
FORMULA_STARTS = ("=", "+", "-", "@", "\t", "\r")
CHUNK = 2_000


def csv_response(request: HttpRequest, code: str) -> StreamingHttpResponse:
    """
    The file, oldest line first.

    :raises UnknownAccount: if there is no account with this code
    """
    account = get_account(code)
    rows = statement(code).order_by("id")
    lines = _lines_async(account, rows) if isinstance(request, ASGIRequest) else _lines(account, rows)
    response = StreamingHttpResponse(lines, content_type="text/csv; charset=utf-8")
    response["Content-Disposition"] = f'attachment; filename="statement-{code.replace(":", "-")}.csv"'
    return response


def _lines(account: Account, rows: QuerySet[Transfer]) -> Iterator[str]:
    yield BYTE_ORDER_MARK + _line(COLUMNS)
    for transfer in rows.iterator(chunk_size=CHUNK):
        yield _line(_cells(account, transfer))


async def _lines_async(account: Account, rows: QuerySet[Transfer]) -> AsyncIterator[str]:
    yield BYTE_ORDER_MARK + _line(COLUMNS)
    async for transfer in rows.aiterator(chunk_size=CHUNK):
        yield _line(_cells(account, transfer))


def _cells(account: Account, transfer: Transfer) -> tuple[str, ...]:
    row, entry = statement_row(account, transfer), transfer.entry
    return (
        timezone.localtime(transfer.posted_at).isoformat(),
        entry.value_date.isoformat(),
        str(entry.pk),
        entry.kind,
        harmless(entry.reference),
        transfer.purpose,
        row.counter_account.code,
        f"{row.change.decimal:f}",
        f"{row.balance_after.decimal:f}",
        account.currency,
        harmless(entry.actor_label),
        harmless(entry.memo),
    )


def harmless(text: str) -> str:
    """Text that no spreadsheet takes for a formula."""
    return f"'{text}" if text.startswith(FORMULA_STARTS) else text


def _line(cells: tuple[str, ...]) -> str:
    out = StringIO()
    csv.writer(out).writerow(cells)
    return out.getvalue()
