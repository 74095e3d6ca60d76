"""The people of the pages' tests and browsers signed in as them."""

from collections.abc import Callable
from datetime import datetime

import pytest
from django.core.cache import cache
from django.test import Client
from django.utils import timezone
from pytest_django import Settings

from borrowers.models import Borrower
from investors.models import Investor
from marketplace.accounts.models import User
from tests import cast

SignedIn = Callable[[User], Client]


@pytest.fixture(autouse=True)
def _empty_cache() -> None:
    cache.clear()


@pytest.fixture(autouse=True)
def _quick_passwords(settings: Settings) -> None:
    """Nobody here signs in with a password; making them strong would take most of the time."""
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]


@pytest.fixture
def at() -> datetime:
    """Now: pages read the real clock."""
    return timezone.now()


@pytest.fixture
def bai(at: datetime, db: None) -> Borrower:
    """A borrower."""
    return cast.borrower("Bai", at=at)


@pytest.fixture
def cheng(at: datetime, db: None) -> Borrower:
    """Another borrower."""
    return cast.borrower("Cheng", at=at)


@pytest.fixture
def ann(at: datetime, db: None) -> Investor:
    """An investor with money."""
    return cast.investor("Ann", at=at, cash_minor=100_000_00)


@pytest.fixture
def zoe(at: datetime, db: None) -> Investor:
    """An investor with nothing."""
    return cast.investor("Zoe", at=at)


@pytest.fixture
def browser() -> SignedIn:
    """A browser that somebody is signed in with."""

    def signed_in(user: User) -> Client:
        client = Client()
        client.force_login(User.objects.get(pk=user.pk))
        return client

    return signed_in
