"""Browsers of every role, and the two parties of a listing."""

from collections.abc import Callable
from datetime import datetime

import pytest
from django.core.cache import cache
from django.test import Client
from django.utils import timezone

from borrowers.models import Borrower
from investors.models import Investor
from marketplace.accounts.roles import Role
from tests import cast

Desk = Callable[[Role], Client]


@pytest.fixture(autouse=True)
def _empty_cache() -> None:
    cache.clear()


@pytest.fixture
def at() -> datetime:
    """Now: pages read the real clock."""
    return timezone.now()


@pytest.fixture
def bai(at: datetime, db: None) -> Borrower:
    """A borrower."""
    return cast.borrower("Bai", at=at)


@pytest.fixture
def ann(at: datetime, db: None) -> Investor:
    """An investor with money."""
    return cast.investor("Ann", at=at, cash_minor=100_000_00)


@pytest.fixture
def desk(db: None) -> Desk:
    """A browser that somebody of a role is signed in with; the same role gets the same one again."""
    browsers: dict[Role, Client] = {}

    def sit_down(role: Role) -> Client:
        if role not in browsers:
            browsers[role] = Client()
            browsers[role].force_login(cast.user(role.value.replace("_", ""), role=role))
        return browsers[role]

    return sit_down
