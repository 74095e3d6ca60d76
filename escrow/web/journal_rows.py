"""Entries as the journal shows them: the first of their transfers, and the sum of all."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass

from django.db.models import Count, F, QuerySet, Sum, Window
from django.db.models.functions import RowNumber
from django.utils.functional import Promise

from escrow.models import Entry, Transfer
from escrow.queries import journal
from escrow.web.forms import JournalFilter
from escrow.web.kinds import kind_label
from marketplace.lib.money import DEFAULT_CURRENCY, Money

#: A distribution may have thousands; the entry's own page has them all.
TRANSFERS_SHOWN = 3


@dataclass(frozen=True, slots=True)
class JournalRow:
    """One entry in the journal."""

    entry: Entry
    transfers: list[Transfer]
    total: Money
    hidden: int

    @property
    def kind(self) -> str | Promise:
        """The entry's kind in words."""
        return kind_label(self.entry.kind)


def found_entries(search: JournalFilter) -> QuerySet[Entry]:
    """The entries that pass the filters that make sense, latest first."""
    usable = search.usable()
    since, until = usable.pop("since", None), usable.pop("until", None)
    entries = journal(**usable).prefetch_related(None)
    if since:
        entries = entries.filter(value_date__gte=since)
    return entries.filter(value_date__lte=until) if until else entries


def rows_of(entries: Iterable[Entry]) -> list[JournalRow]:
    """Entries with their first transfers and their sums, in two queries for any number of them."""
    shown = list(entries)
    transfers = Transfer.objects.filter(entry__in=shown)
    sums = transfers.values("entry_id").annotate(total=Sum("amount_minor"), number=Count("pk"))
    totals = {row["entry_id"]: (int(row["total"]), row["number"]) for row in sums}
    first: dict[int, list[Transfer]] = defaultdict(list)
    for transfer in _first_transfers(transfers):
        first[transfer.entry_id].append(transfer)
    return [_row(entry, first[entry.pk], *totals.get(entry.pk, (0, 0))) for entry in shown]


def _first_transfers(transfers: QuerySet[Transfer]) -> QuerySet[Transfer]:
    place = Window(RowNumber(), partition_by=F("entry_id"), order_by=F("id").asc())
    numbered = transfers.annotate(place=place).filter(place__lte=TRANSFERS_SHOWN)
    return numbered.select_related("debit_account", "credit_account").order_by("id")


def _row(entry: Entry, transfers: list[Transfer], total_minor: int, number: int) -> JournalRow:
    currency = transfers[0].currency if transfers else DEFAULT_CURRENCY
    return JournalRow(entry, transfers, Money(total_minor, currency), number - len(transfers))
