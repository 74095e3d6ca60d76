"""Who may do what on the local servers, and settings that must not depend on the machine."""

import psycopg
import pytest
import redis
from redis.backoff import NoBackoff
from redis.retry import Retry

from marketplace.local_servers import LocalServers

from .conftest import ask, port_of


def test_text_and_time_are_the_same_on_every_machine(servers: LocalServers) -> None:
    locale = "SELECT datlocprovider::text || ' ' || datlocale FROM pg_database WHERE datname = current_database()"
    assert ask(servers.database_url, locale) == "b C.UTF-8"
    assert ask(servers.database_url, "SHOW server_encoding") == "UTF8"
    assert ask(servers.database_url, "SHOW timezone") == "UTC"


@pytest.mark.parametrize("statement", ["CREATE TABLE a (i int)", "CREATE TEMP TABLE a (i int)", "CREATE DATABASE a"])
def test_the_application_has_no_right_that_was_not_granted(servers: LocalServers, statement: str) -> None:
    with pytest.raises(psycopg.errors.InsufficientPrivilege):
        ask(servers.database_url, statement)


def test_nobody_is_a_superuser(servers: LocalServers) -> None:
    superusers = "SELECT string_agg(rolname, ' ') FROM pg_roles WHERE rolsuper"
    assert ask(servers.database_url, superusers) == "postgres"


def test_servers_ask_for_passwords(servers: LocalServers) -> None:
    password = servers.database_url.split(":")[2].split("@")[0]
    with pytest.raises(psycopg.OperationalError, match="password authentication failed"):
        ask(servers.database_url.replace(password, "wrong"), "SELECT 1")
    with pytest.raises(redis.AuthenticationError):
        redis.Redis(port=port_of(servers.redis_url), retry=Retry(NoBackoff(), 0)).ping()


def test_the_state_is_for_our_eyes(servers: LocalServers) -> None:
    assert (servers.home / "state.json").stat().st_mode & 0o777 == 0o600
