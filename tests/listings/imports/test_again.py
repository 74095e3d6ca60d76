"""The same file again, a changed one, and two imports at the same moment."""

import csv
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import datetime
from pathlib import Path

import pytest
from django.db import connection

from borrowers.models import Borrower
from listings.imports.compare import Comparison
from listings.models import Listing, Move
from listings.operations import bring_in
from marketplace.lib.actor import SYSTEM
from marketplace.lib.outbox.models import Event
from tests.listings.imports.conftest import BOOK, figures
from tests.listings.imports.test_come_in import row

Book = Callable[..., Path]
Run = Callable[..., str]


def everything() -> list[object]:
    tables = (Listing, Borrower, Move, Event)
    return [list(table.objects.order_by("pk").values()) for table in tables]


@pytest.mark.django_db
def test_the_same_file_again_changes_nothing(book: Book, run: Run, rejects: Callable[[], list[str]]) -> None:
    run(book())
    before = everything()
    printed = run(book())
    assert everything() == before
    assert rejects() == []
    assert figures(printed) == {"read": 3, "brought in": 0, "already there": 3, "refused": 0}


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("old", "new", "fields"),
    [
        ("20000", "20000.01", "principal_minor, accepts_from_minor"),
        ("12.5", "12.6", "annual_rate_bps"),
        ("Stock for", "Stocks for", "title"),
        ("L-1,b-1,Lan Trading", "L-1,b-7,Lan Trading", "borrower_reference"),
        ("Lan Trading", "Lan Holding", "legal_name"),
    ],
)
def test_other_content_under_the_same_reference_is_refused(
    book: Book, run: Run, rejects: Callable[[], list[str]], old: str, new: str, fields: str
) -> None:
    run(book())
    before = everything()
    run(book(BOOK.replace(old, new)))
    assert everything() == before
    sentence = f"L-1 came in before with other values ({fields}); it stays as it is."
    assert next(csv.reader(rejects()[1:]))[:3] == ["2", "changed", sentence]


@pytest.mark.django_db
def test_a_listing_on_its_way_is_still_there(book: Book, run: Run) -> None:
    run(book())
    Listing.objects.filter(external_reference="L-1").update(state="investigating")
    assert figures(run(book()))["already there"] == 3
    assert Listing.objects.get(external_reference="L-1").state == "investigating"


@pytest.mark.django_db
def test_a_known_borrower_keeps_name_and_wallet(book: Book, run: Run, rejects: Callable[[], list[str]]) -> None:
    run(book())
    run(book(BOOK.replace("L-", "M-").replace("Mei Hu", "Mei Wu")))
    assert rejects()[1].startswith("3,borrower_differs,The borrower b-2 has another name or kind in the borrowers.")
    run(book(BOOK.replace("L-", "N-")), currency="USD")
    assert [line.split(",")[1] for line in rejects()[1:]] == ["other_currency"] * 3
    assert Borrower.objects.count() == 2
    assert Listing.objects.count() == 5


@pytest.mark.django_db(transaction=True)
def test_two_imports_at_once_bring_everything_in_once(now: datetime) -> None:
    rows = [row(number) for number in range(200)]

    def one(_: int) -> Comparison:
        try:
            return bring_in(rows=rows, source="x.csv", by=SYSTEM, at=now)
        finally:
            connection.close()

    with ThreadPoolExecutor(2) as pool:
        first, second = pool.map(one, range(2))
    assert sorted((len(first.new), len(second.new))) == [0, 200]
    assert sorted((len(first.already_there), len(second.already_there))) == [0, 200]
    assert (Listing.objects.count(), Move.objects.count(), Event.objects.count()) == (200, 200, 200)
