"""Somebody starts the servers, works with them and stops them."""

import os
from collections.abc import Iterator
from pathlib import Path

import psycopg
import pytest
import redis
from redis.backoff import NoBackoff
from redis.retry import Retry

from marketplace.local_servers import LocalServers, accepts_connections

from .conftest import processes_of


def port_of(url: str) -> int:
    return int(url.rsplit(":", 1)[1].split("/")[0])


def ask(url: str, question: str) -> object:
    with psycopg.connect(url, autocommit=True) as connection:
        row = connection.execute(question.encode()).fetchone()
    assert row is not None
    return row[0]


@pytest.fixture(scope="module")
def servers() -> Iterator[LocalServers]:
    """One pair for the tests that only look."""
    with pytest.MonkeyPatch.context() as patch:
        for name in ("DATABASE_URL", "REDIS_URL"):
            patch.delenv(name, raising=False)
        with LocalServers.for_one_run("look") as servers:
            yield servers


def test_both_servers_answer_at_the_addresses_given(servers: LocalServers) -> None:
    assert ask(servers.database_url, "SELECT current_user") == "loanbridge_app"
    assert ask(servers.owner_database_url, "SELECT current_user") == "loanbridge_owner"
    assert redis.Redis.from_url(servers.redis_url).ping() is True


def test_nothing_is_left_of_throwaway_servers(home: Path) -> None:
    with LocalServers(home, durable=False, throwaway=True) as servers:
        assert len(processes_of(home)) > 1
        assert ask(servers.database_url, "SHOW fsync") == "off"
        ports = port_of(servers.database_url), port_of(servers.redis_url)
    assert processes_of(home) == []
    assert not any(accepts_connections(port) for port in ports)
    assert list(home.parent.glob(f"{home.name}*")) == []


def test_the_next_run_finds_data_passwords_and_ports_of_the_last(home: Path) -> None:
    with LocalServers(home) as servers:
        assert ask(servers.database_url, "SHOW fsync") == ask(servers.database_url, "SHOW synchronous_commit") == "on"
        first = servers.database_url, servers.redis_url
        with psycopg.connect(servers.owner_database_url) as connection:
            connection.execute("CREATE TABLE kept AS SELECT 42 AS answer")
    with LocalServers(home) as servers:
        assert (servers.database_url, servers.redis_url) == first
        assert ask(servers.owner_database_url, "SELECT answer FROM kept") == 42


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


def test_servers_named_by_the_environment_are_used(home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DATABASE_URL", "postgresql://somewhere/else")
    monkeypatch.setenv("REDIS_URL", "redis://elsewhere/3")
    with LocalServers(home, throwaway=True) as servers:
        assert processes_of(home) == []
        assert servers.environment() == os.environ | {"DATABASE_OWNER_URL": "postgresql://somewhere/else"}


def test_an_owner_can_be_named_too(home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DATABASE_URL", "postgresql://app@somewhere/else")
    monkeypatch.setenv("DATABASE_OWNER_URL", "postgresql://owner@somewhere/else")
    monkeypatch.setenv("REDIS_URL", "redis://elsewhere/3")
    with LocalServers(home, throwaway=True) as servers:
        assert servers.owner_database_url == "postgresql://owner@somewhere/else"
