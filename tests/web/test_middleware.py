"""Policies for browsers, and refusals that no view answered."""

from collections.abc import Iterator

import pytest
from django.contrib.auth.models import AnonymousUser
from django.http import HttpRequest, HttpResponse
from django.test import Client, RequestFactory, override_settings
from django.urls import include, path

from marketplace.accounts.models import User
from marketplace.lib.errors import InvalidInput, NotAllowed
from marketplace.lib.web.middleware import AdminContentSecurityPolicy


def refuse(_request: HttpRequest) -> HttpResponse:
    raise NotAllowed


def refuse_input(_request: HttpRequest) -> HttpResponse:
    raise InvalidInput(field="<amount>", reason="too much")


urlpatterns = [
    path("refuse/", refuse),
    path("refuse/input/", refuse_input),
    path("", include("marketplace.urls")),
]


@pytest.fixture(autouse=True)
def _addresses() -> Iterator[None]:
    with override_settings(ROOT_URLCONF=__name__):
        yield


def test_a_refusal_becomes_a_page_with_its_status_and_code(client: Client) -> None:
    response = client.get("/refuse/")
    assert response.status_code == 403
    assert 'data-code="not_allowed"' in response.text
    assert "Your role does not allow this." in response.text


def test_the_page_leads_back_only_within_the_site(client: Client) -> None:
    ours = client.post("/refuse/", headers={"Referer": "http://testserver/listings/?page=2"})
    theirs = client.post("/refuse/", headers={"Referer": "https://evil.example/listings/"})
    assert 'href="/listings/?page=2"' in ours.text
    assert "evil.example" not in theirs.text
    posing = client.post("/refuse/", headers={"Referer": "http://testserver//evil.example/listings/"})
    assert 'href="/evil.example/listings/"' in posing.text


def test_htmx_gets_a_message_for_the_page_it_is_on(client: Client) -> None:
    response = client.post("/refuse/input/", headers={"HX-Request": "true"})
    assert response.status_code == 422
    assert (response["HX-Retarget"], response["HX-Reswap"]) == ("#messages", "beforeend")
    assert "&lt;amount&gt;: too much" in response.text
    assert "<html" not in response.text


def policy_for(user: object, address: str) -> object:
    request = RequestFactory().get(address)
    request.user = user  # type: ignore[assignment]
    return getattr(AdminContentSecurityPolicy(lambda _request: HttpResponse())(request), "_csp_update", None)


@pytest.mark.parametrize(
    ("user", "address", "relaxed"),
    [
        (User(is_staff=True), "/admin/escrow/", True),
        (User(is_staff=True), "/escrow/", False),
        (User(is_staff=True), "/administration/", False),
        (User(is_staff=False), "/admin/", False),
        (AnonymousUser(), "/admin/login/", False),
    ],
)
def test_only_the_admin_of_staff_may_compute(user: object, address: str, relaxed: bool) -> None:
    assert (policy_for(user, address) is not None) is relaxed


def test_every_other_page_is_strict(client: Client) -> None:
    policy = client.get("/refuse/")["Content-Security-Policy"]
    assert {"script-src 'self'", "style-src 'self'"} <= {part.strip() for part in policy.split(";")}
    assert "unsafe" not in policy
