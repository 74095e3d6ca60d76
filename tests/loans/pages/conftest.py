"""The loan of `tests/loans`, seen by its people on a day of the test's choosing."""

from collections.abc import Callable
from datetime import date

import pytest
from django.core.cache import cache
from django.test import Client
from django.utils import timezone
from pytest_django import Settings

from marketplace.accounts.models import User
from marketplace.accounts.roles import Role
from tests import cast
from tests.loans import lend

SetDay = Callable[[date], None]
SignedIn = Callable[[User], Client]


@pytest.fixture(autouse=True)
def _empty_cache() -> None:
    cache.clear()


@pytest.fixture(autouse=True)
def it_is(monkeypatch: pytest.MonkeyPatch, settings: Settings) -> SetDay:
    """Set the day on which pages are opened: noon in Shanghai; the day of the pay-out unless set."""
    settings.SESSION_COOKIE_AGE = 366 * 86_400

    def set_day(day: date) -> None:
        monkeypatch.setattr(timezone, "now", lambda: lend.noon(day))

    set_day(date(2026, 3, 2))
    return set_day


@pytest.fixture
def browser() -> SignedIn:
    """A browser that somebody is signed in with."""

    def signed_in(user: User) -> Client:
        client = Client()
        client.force_login(User.objects.get(pk=user.pk))
        return client

    return signed_in


@pytest.fixture
def finance(browser: SignedIn, db: None) -> Client:
    """Finance at a browser."""
    return browser(cast.user("Fang", role=Role.FINANCE))
