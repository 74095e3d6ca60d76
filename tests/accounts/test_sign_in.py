"""Signing in by e-mail through the real pages, and the second factors."""

import re

import pytest
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal.auth import TOTP, hotp_value, yield_hotp_counters_from_time
from django.core import mail
from django.test import Client
from django.urls import reverse

from marketplace.accounts.models import User
from tests import cast

pytestmark = pytest.mark.django_db


@pytest.fixture
def ann() -> User:
    """Somebody who can sign in."""
    return cast.user("Ann")


def sign_in(client: Client, email: str, password: str = cast.PASSWORD) -> str:
    """Fill in the form; where it leads, or the page again."""
    response = client.post(reverse("account_login"), {"login": email, "password": password})
    return response["Location"] if response.status_code == 302 else response.text


def is_signed_in(client: Client) -> bool:
    """Whether the browser has a session of somebody."""
    return "_auth_user_id" in client.session


def test_the_right_password_opens_the_dashboard(client: Client, ann: User) -> None:
    assert sign_in(client, ann.email) == reverse("dashboard")
    assert is_signed_in(client)


def test_the_case_of_an_address_does_not_matter(client: Client, ann: User) -> None:
    assert sign_in(client, ann.email.upper()) == reverse("dashboard")


def test_a_wrong_password_and_an_unknown_address_look_the_same(client: Client, ann: User) -> None:
    def answer(page: str) -> str:
        return re.sub(r"\b\w{64}\b|nonce-\w+|value=\"[^\"]*@[^\"]*\"", "", page)

    assert answer(sign_in(client, ann.email, "wrong")) == answer(sign_in(client, "nobody@loanbridge.test", "wrong"))
    assert not is_signed_in(client)


def test_somebody_kept_out_does_not_come_in(client: Client, ann: User) -> None:
    User.objects.filter(pk=ann.pk).update(is_active=False)
    assert sign_in(client, ann.email) == reverse("account_inactive")
    assert not is_signed_in(client)


def test_signing_up_makes_a_user_without_roles(client: Client) -> None:
    form = {"email": "New.Person@Loanbridge.test", "password1": "a long enough one", "password2": "a long enough one"}
    response = client.post(reverse("account_signup"), form)
    assert response.status_code == 302
    person = User.objects.get(email="new.person@loanbridge.test")
    assert (person.roles, person.is_staff, person.is_superuser) == (frozenset(), False, False)


def test_an_address_in_another_case_is_the_same_person(client: Client, ann: User) -> None:
    form = {"email": ann.email.upper(), "password1": "a long enough one", "password2": "a long enough one"}
    client.post(reverse("account_signup"), form)
    assert User.objects.filter(email__iexact=ann.email).count() == 1
    assert not is_signed_in(client)


@pytest.mark.parametrize("password", ["short", "password123", "12345678"])
def test_weak_passwords_are_refused(client: Client, password: str) -> None:
    form = {"email": "weak@loanbridge.test", "password1": password, "password2": password}
    assert client.post(reverse("account_signup"), form).status_code == 200
    assert not User.objects.filter(email="weak@loanbridge.test").exists()


def test_a_forgotten_password_is_set_by_mail(client: Client, ann: User) -> None:
    client.post(reverse("account_reset_password"), {"email": ann.email})
    link = re.search(r"http://testserver(\S+)", str(mail.outbox[0].body))
    assert link
    page = client.get(link[1], follow=True)
    chosen = {"password1": "another long one", "password2": "another long one"}
    client.post(page.request["PATH_INFO"], chosen)
    assert sign_in(Client(), ann.email, "another long one") == reverse("dashboard")


def test_signing_out_ends_the_session(client: Client, ann: User) -> None:
    sign_in(client, ann.email)
    client.post(reverse("account_logout"))
    assert not is_signed_in(client)


@pytest.mark.parametrize("page", ["mfa_index", "mfa_list_webauthn", "account_email", "account_change_password"])
def test_one_sees_how_one_signs_in(client: Client, ann: User, page: str) -> None:
    sign_in(client, ann.email)
    assert client.get(reverse(page)).status_code == 200


@pytest.mark.parametrize("page", ["mfa_activate_totp", "mfa_add_webauthn"])
def test_a_second_factor_is_added_by_whoever_knows_the_password(client: Client, ann: User, page: str) -> None:
    sign_in(client, ann.email)
    asked = client.get(reverse(page))
    assert asked["Location"].startswith(reverse("account_reauthenticate"))
    assert client.post(asked["Location"], {"password": "wrong"}).status_code == 200
    shown = client.post(asked["Location"], {"password": cast.PASSWORD}, follow=True)
    assert shown.request["PATH_INFO"] == reverse(page)
    assert shown.status_code == 200


def test_with_a_second_factor_the_password_alone_is_not_enough(client: Client, ann: User) -> None:
    TOTP.activate(ann, "A" * 32)
    assert sign_in(client, ann.email) == reverse("mfa_authenticate")
    assert not is_signed_in(client)
    client.post(reverse("mfa_authenticate"), {"code": "000000"})
    assert not is_signed_in(client)
    code = hotp_value("A" * 32, next(iter(yield_hotp_counters_from_time())))
    client.post(reverse("mfa_authenticate"), {"code": f"{code:06}"})
    assert is_signed_in(client)
    assert Authenticator.objects.get(user=ann).type == Authenticator.Type.TOTP
