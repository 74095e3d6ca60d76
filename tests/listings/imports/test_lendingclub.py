"""A real loan book through its mapping. The file is not ours to ship: LOANBRIDGE_DATA names the folder it is in."""

import csv
import os
from collections.abc import Callable
from decimal import Decimal
from pathlib import Path

import pytest
from django.conf import settings
from django.db.models import Max, Min, Sum

from borrowers.models import Borrower
from escrow.verify import verify_ledger
from listings.models import Listing
from tests.listings.imports.conftest import figures

NAME = "lendingclub_openintro_loans_full_schema.csv"
DATA = Path(os.environ.get("LOANBRIDGE_DATA") or settings.ROOT.parent / "shared" / "data")
#: Enough for two batches and a part; the whole file takes a few seconds more.
ROWS = 2_500

pytestmark = [
    pytest.mark.django_db,
    pytest.mark.skipif(not (DATA / NAME).is_file(), reason=f"{NAME} is not in {DATA}; set LOANBRIDGE_DATA"),
]


def source() -> list[dict[str, str]]:
    with (DATA / NAME).open(encoding="utf-8-sig", newline="") as file:
        return list(csv.DictReader(file))[:ROWS]


def test_a_part_of_the_book_comes_in_to_the_cent(run: Callable[..., str]) -> None:
    printed = run(DATA / NAME, mapping="lendingclub", limit=ROWS)
    assert figures(printed) == {"read": ROWS, "brought in": ROWS, "already there": 0, "refused": 0}
    rows = source()
    got = Listing.objects.aggregate(
        sum=Sum("principal_minor"), low=Min("annual_rate_bps"), high=Max("annual_rate_bps"), months=Sum("term_months")
    )
    rates = [Decimal(row["interest_rate"]) * 100 for row in rows]
    assert got == {
        "sum": sum(Decimal(row["loan_amount"]) * 100 for row in rows),
        "low": min(rates),
        "high": max(rates),
        "months": sum(int(row["term"]) for row in rows),
    }
    assert (Listing.objects.count(), Borrower.objects.count()) == (ROWS, ROWS)
    assert verify_ledger() == []


def test_every_row_of_the_book_would_come_in(run: Callable[..., str]) -> None:
    printed = run(DATA / NAME, mapping="lendingclub", dry_run=True)
    assert figures(printed)["would be brought in"] == 10_000


def test_one_row_as_the_officer_sees_it(run: Callable[..., str]) -> None:
    run(DATA / NAME, mapping="lendingclub", limit=1)
    listing = Listing.objects.get()
    assert (listing.external_reference, listing.title) == ("lendingclub-1", "Moving, 60 months, no. 1")
    assert (listing.purpose, listing.principal_minor, listing.annual_rate_bps) == ("other", 2800000, 1407)
    assert (listing.term_months, listing.grade, listing.method) == (60, "C", "equal_instalment")
    assert listing.borrower.legal_name == "LendingClub borrower 1"
    assert "Annual income 90000 USD" in listing.story
