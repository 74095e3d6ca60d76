"""Browsers of people."""

from collections.abc import Callable

import pytest
from django.test import Client

from marketplace.accounts.models import User
from marketplace.accounts.roles import Role
from tests import cast

SignedIn = Callable[[User], Client]


@pytest.fixture
def browser(db: None) -> SignedIn:
    """Somebody's browser, already signed in."""

    def signed_in(user: User) -> Client:
        client = Client()
        client.force_login(user)
        return client

    return signed_in


@pytest.fixture
def opal(db: None) -> User:
    """Operations."""
    return cast.user("Opal", role=Role.OPERATIONS)


@pytest.fixture
def aude(db: None) -> User:
    """The auditor."""
    return cast.user("Aude", role=Role.AUDITOR)
