"""Signing in and the pages about one's own account wear our look and keep the strict policy."""

import re

import pytest
from allauth.account.models import EmailAddress
from django.test import Client

from marketplace.accounts.models import User

pytestmark = pytest.mark.django_db

PUBLIC = ["/accounts/login/", "/accounts/signup/", "/accounts/password/reset/"]
OWN = [
    "/accounts/email/",
    "/accounts/password/change/",
    "/accounts/logout/",
    "/accounts/2fa/",
    "/accounts/2fa/totp/activate/",
    "/accounts/2fa/webauthn/",
    "/accounts/2fa/webauthn/add/",
]
SCRIPT = re.compile(r"<script\b([^>]*)>")


@pytest.fixture
def own(client: Client) -> Client:
    """A client that signed in and gave the password once more, as the second-factor pages demand."""
    user = User.objects.create_user("li.na@example.com", "a long pass phrase")
    EmailAddress.objects.create(user=user, email=user.email, verified=True, primary=True)
    client.post("/accounts/login/", {"login": user.email, "password": "a long pass phrase"})
    client.post("/accounts/reauthenticate/", {"password": "a long pass phrase"})
    return client


def assert_strict(html: str) -> None:
    scripts = SCRIPT.findall(html)
    assert [attributes for attributes in scripts if "src=" not in attributes and "json" not in attributes] == []
    assert not re.search(r"\sstyle=|\son[a-z]+=", html)


@pytest.mark.parametrize("address", PUBLIC)
def test_visitors(client: Client, address: str) -> None:
    response = client.get(address)
    assert response.status_code == 200
    assert 'class="lb-entrance"' in response.text
    assert_strict(response.text)


@pytest.mark.parametrize("address", OWN)
def test_own_account(own: Client, address: str) -> None:
    response = own.get(address)
    assert response.status_code == 200
    assert 'class="lb-manage"' in response.text
    assert_strict(response.text)


def test_a_wrong_password_is_said_aloud(client: Client) -> None:
    response = client.post("/accounts/login/", {"login": "li.na@example.com", "password": "wrong"})
    assert '<div class="alert alert-danger" role="alert">' in response.text


def test_the_language_switch_leads_back_to_the_same_page(client: Client) -> None:
    response = client.post("/i18n/setlang/", {"language": "zh-hans", "next": "/accounts/login/"}, follow=True)
    assert response.redirect_chain == [("/accounts/login/", 302)]
    assert '<html lang="zh-hans"' in response.text
