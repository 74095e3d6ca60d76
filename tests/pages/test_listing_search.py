"""Finding listings: filters, sorting, pages, and addresses that make no sense."""

from dataclasses import replace
from datetime import datetime

import pytest
from django.test import Client

from borrowers.models import Borrower
from listings.models import Listing
from tests.pages import scene

pytestmark = pytest.mark.django_db

HTMX = {"HX-Request": "true"}


def titles(client: Client, query: str = "") -> list[str]:
    response = client.get(f"/listings/?{query}")
    assert response.status_code == 200
    return [card.listing.title for card in response.context["cards"]]


@pytest.fixture
def three(bai: Borrower, at: datetime) -> list[Listing]:
    """Cheap and short (open), dear and long (opens soon), in between and graded (opens soon)."""
    terms = (
        replace(scene.TERMS, title="cheap", annual_rate_bps=600, term_months=6, principal_minor=90_000_00),
        replace(scene.TERMS, title="dear", annual_rate_bps=1800, term_months=36, purpose="home"),
        replace(scene.TERMS, title="middle", annual_rate_bps=1200, term_months=12, principal_minor=10_000_00),
    )
    rounds = [
        scene.opened(bai, at=at, terms=terms[0]),
        scene.scheduled(bai, at=at, terms=terms[1], hours=5),
        scene.scheduled(bai, at=at, terms=terms[2], hours=3),
    ]
    Listing.objects.filter(title="middle").update(grade="A")
    return [found.listing for found in rounds]


def test_nothing_published(client: Client, bai: Borrower, at: datetime) -> None:
    scene.draft(bai, at=at)
    scene.approved(bai, at=at)
    assert titles(client) == []
    assert "There are no listings yet" in client.get("/listings/").text


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ("", ["cheap", "middle", "dear"]),
        ("state=scheduled", ["middle", "dear"]),
        ("purpose=home", ["dear"]),
        ("grade=A", ["middle"]),
        ("term=7-12", ["middle"]),
        ("rate_from=12", ["middle", "dear"]),
        ("rate_from=6.01&rate_to=17.99", ["middle"]),
        ("sort=rate", ["dear", "middle", "cheap"]),
        ("sort=amount", ["cheap", "dear", "middle"]),
        ("sort=term", ["cheap", "middle", "dear"]),
        ("sort=closing", ["cheap", "middle", "dear"]),
        ("sort=newest&state=scheduled", ["middle", "dear"]),
    ],
)
def test_filters_and_sorting(client: Client, three: list[Listing], query: str, expected: list[str]) -> None:
    assert titles(client, query) == expected


@pytest.mark.parametrize(
    ("query", "named"),
    [
        ("state=draft", "State"),
        ("purpose=%00", "Purpose"),
        ("grade=ZZ", "Grade"),
        ("term=0-999", "Term"),
        ("rate_from=abc", "Rate from, %"),
        ("rate_from=-1", "Rate from, %"),
        ("rate_to=1e3", "Rate to, %"),
        ("rate_to=12.345", "Rate to, %"),
        ("rate_to=99999999999999999999999999", "Rate to, %"),
        ("sort=password", "Sorted by"),
    ],
)
def test_values_without_sense_are_left_out_and_named(
    client: Client, three: list[Listing], query: str, named: str
) -> None:
    assert len(titles(client, query)) == 3
    message = f"These filters could not be understood and were left out: {named}."
    assert message in client.get(f"/listings/?{query}").text


def test_no_match_offers_the_way_back(client: Client, three: list[Listing]) -> None:
    page = client.get("/listings/?purpose=medical").text
    assert "No listing matches these filters" in page
    assert "Show all listings" in page


@pytest.mark.parametrize("page", ["0", "2", "99", "-1", "x", "9" * 50])
def test_a_page_that_is_not_there_is_the_first_or_last(client: Client, three: list[Listing], page: str) -> None:
    assert len(titles(client, f"page={page}")) == 3


def test_pages_keep_the_filters(client: Client, three: list[Listing], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("listings.web.pages.LISTINGS_PER_PAGE", 1)
    page = client.get("/listings/?state=scheduled&page=2")
    assert [card.listing.title for card in page.context["cards"]] == ["dear"]
    assert "?state=scheduled&amp;page=1" in page.text


def test_htmx_gets_the_results_alone(client: Client, three: list[Listing]) -> None:
    part = client.get("/listings/?state=open", headers=HTMX)
    assert part.text.lstrip().startswith('<div id="results">')
    assert "HX-Request" in part.headers["Vary"]
    back = client.get("/listings/", headers={**HTMX, "HX-History-Restore-Request": "true"})
    assert "<html" in back.text
