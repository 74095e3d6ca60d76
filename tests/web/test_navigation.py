"""The links at the top."""

import pytest
from django.http import HttpRequest, HttpResponse
from django.test import RequestFactory, override_settings
from django.urls import path

from marketplace.lib.web.navigation import NavItem, address_of, links_for
from marketplace.navigation import NAVIGATION


def view(_request: HttpRequest) -> HttpResponse:
    return HttpResponse()


urlpatterns = [
    path("escrow/", view, name="escrow"),
    path("escrow/journal/", view, name="journal"),
    path("hidden/", view, name="hidden"),
]
ITEMS = (
    NavItem("Escrow", "escrow", "escrow", lambda _request: True),
    NavItem("Journal", "journal", "journal", lambda _request: True),
    NavItem("Hidden", "hidden", "bank", lambda _request: False),
    NavItem("Not there yet", "nowhere", "bank", lambda _request: True),
)


@pytest.fixture(autouse=True)
def _addresses() -> object:
    with override_settings(ROOT_URLCONF=__name__):
        yield


@pytest.mark.parametrize(
    ("address", "current"),
    [
        ("/escrow/", {"Escrow": "page", "Journal": ""}),
        ("/escrow/journal/", {"Escrow": "", "Journal": "page"}),
        ("/escrow/journal/7/", {"Escrow": "", "Journal": "true"}),
        ("/elsewhere/", {"Escrow": "", "Journal": ""}),
    ],
)
def test_the_nearest_link_is_current_and_hidden_ones_are_left_out(address: str, current: dict[str, str]) -> None:
    links = links_for(RequestFactory().get(address), ITEMS)
    assert {link.label: link.current for link in links} == current


@override_settings(ROOT_URLCONF="marketplace.urls")
def test_every_link_leads_to_a_page() -> None:
    assert [item.url_name for item in NAVIGATION if not address_of(item)] == []
