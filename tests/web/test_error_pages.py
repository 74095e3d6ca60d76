"""Error pages say what to do next, in both languages, even without a request to look at."""

import pytest
from django.template.loader import render_to_string
from django.test import Client
from django.utils import translation

PAGES = {
    "400.html": ("could not be understood", "无法"),
    "403.html": ("not for you", "无权"),
    "403_csrf.html": ("too old to send", "过期"),
    "404.html": ("nothing here", "没有"),
    "429.html": ("Too many attempts", "频繁"),
    "500.html": ("wrong on our side", "我们"),
}


@pytest.mark.parametrize("page", PAGES)
def test_stands_without_a_request_in_both_languages(page: str) -> None:
    for language, words in zip(("en", "zh-hans"), PAGES[page], strict=True):
        with translation.override(language):
            html = render_to_string(page)
        assert words in html
        assert f'lang="{language}"' in html
        assert 'href="/"' in html


def test_an_unknown_address_gets_our_page(client: Client) -> None:
    response = client.get("/no/such/page/", headers={"Accept-Language": "zh-CN"})
    assert response.status_code == 404
    assert "没有" in response.text


@pytest.mark.django_db
def test_a_form_without_its_token_gets_our_page() -> None:
    response = Client(enforce_csrf_checks=True).post("/accounts/login/", {"login": "a@example.com"})
    assert response.status_code == 403
    assert "too old to send" in response.text
