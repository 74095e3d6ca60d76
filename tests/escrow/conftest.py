"""The application's own login, as an attacker who took it over would have it."""

import os
from collections.abc import Iterator
from typing import Any, cast

import psycopg
import pytest
from django.db import connection
from psycopg.conninfo import make_conninfo

from marketplace.lib.environment import postgres


@pytest.fixture
def application_login() -> dict[str, str]:
    """Who the application signs in as, in Django's words."""
    if not (url := os.environ.get("DATABASE_APP_URL")):
        pytest.skip("DATABASE_APP_URL does not say how the application's role signs in")
    return {key: value for key, value in postgres(url).items() if key in ("USER", "PASSWORD", "HOST", "PORT")}


@pytest.fixture
def intruder(transactional_db: None, application_login: dict[str, str]) -> Iterator[psycopg.Connection]:
    """A connection to the committed data with the application's rights and no manners."""
    login = make_conninfo(**{key.lower(): value for key, value in application_login.items() if value})
    with psycopg.connect(login, dbname=connection.settings_dict["NAME"], autocommit=True) as stolen:
        yield stolen


@pytest.fixture
def as_the_application(transactional_db: None, application_login: dict[str, str]) -> Iterator[None]:
    """Django itself signed in as the application's role."""
    owner = {key: connection.settings_dict[key] for key in application_login}
    _sign_in(application_login)
    yield
    _sign_in(owner)


def _sign_in(login: dict[str, str]) -> None:
    connection.close()
    cast("Any", connection).close_pool()
    connection.settings_dict.update(login)
