"""Stopped in the middle: whole batches stay, and the next run goes on."""

from collections.abc import Callable
from importlib import import_module
from pathlib import Path

import pytest
from django.core.management import CommandError

from borrowers.models import Borrower
from listings.imports import run as running
from listings.imports.compare import Comparison
from listings.models import Listing, Move
from listings.operations import bring_in
from marketplace.lib.outbox.models import Event
from tests.listings.imports.conftest import HEADER, figures

Book = Callable[..., Path]
ROWS = f"{HEADER}\n" + "".join(f"L-{n},b-{n},Lan,A van,car,500,10,6\n" for n in range(25))


@pytest.fixture
def _stops_in_the_second_batch(monkeypatch: pytest.MonkeyPatch) -> None:
    real = bring_in
    calls = iter([False, True])

    def stop(**arguments: object) -> Comparison:
        if next(calls, False):
            raise KeyboardInterrupt
        return real(**arguments)  # type: ignore[arg-type]

    monkeypatch.setattr(running, "BATCH_ROWS", 10)
    monkeypatch.setattr(running, "bring_in", stop)


@pytest.mark.django_db
@pytest.mark.usefixtures("_stops_in_the_second_batch")
def test_what_is_in_stays_in_and_the_next_run_goes_on(book: Book, run: Callable[..., str]) -> None:
    with pytest.raises(CommandError, match="run it again to go on") as stopped:
        run(book(ROWS))
    assert stopped.value.returncode == 130
    assert Listing.objects.count() == 10
    assert figures(run(book(ROWS))) == {"read": 25, "brought in": 15, "already there": 10, "refused": 0}
    assert {table.objects.count() for table in (Listing, Borrower, Move, Event)} == {25}


@pytest.mark.django_db(transaction=True)
def test_a_batch_that_breaks_leaves_nothing_of_itself(
    book: Book, run: Callable[..., str], monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken(**_arguments: object) -> None:
        raise RuntimeError("the event table is gone")

    monkeypatch.setattr(import_module("listings.operations.bring_in"), "record_many", broken)
    with pytest.raises(RuntimeError):
        run(book(ROWS))
    assert {table.objects.count() for table in (Listing, Borrower, Move, Event)} == {0}
