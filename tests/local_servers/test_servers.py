"""Somebody starts the servers, works with them and stops them."""

import os
from pathlib import Path

import psycopg
import pytest
import redis

from marketplace.local_servers import LocalServerError, LocalServers, Process, accepts_connections
from marketplace.local_servers.redis_server import RedisServer

from .conftest import ask, port_of, processes_of


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


def test_a_failed_start_leaves_nothing_running(home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(_server: RedisServer) -> Process:
        raise LocalServerError("no Redis today")

    monkeypatch.setattr(RedisServer, "start", fail)
    with pytest.raises(LocalServerError, match="no Redis today"):
        LocalServers(home, throwaway=True).start()
    assert processes_of(home) == []
    assert not home.exists()


def test_a_further_process_is_told_where_the_servers_are_and_stopped_with_them() -> None:
    with LocalServers.for_one_run("further") as mine:
        worker = mine.run("worker", ["sh", "-c", "echo $REDIS_URL $ROLE; sleep 60"], env={"ROLE": "worker"})
        worker.wait_until(lambda: worker.log.read_text() == f"{mine.redis_url} worker\n")
    assert worker.pid is None


def test_the_secret_key_lasts_as_long_as_the_data(home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("LOANBRIDGE_SECRET_KEY", raising=False)
    monkeypatch.setenv("DATABASE_URL", "postgresql://somewhere/else")
    monkeypatch.setenv("REDIS_URL", "redis://elsewhere/3")
    keys = set()
    for _ in range(2):
        with LocalServers(home) as servers:
            keys.add(servers.environment()["LOANBRIDGE_SECRET_KEY"])
    assert len(keys) == 1
    assert len(keys.pop()) > 40


def test_a_forked_child_does_not_stop_its_parents_servers(home: Path) -> None:
    with LocalServers(home, durable=False, throwaway=True) as servers:
        child = os.fork()
        if child == 0:
            servers.stop()
            os._exit(0)
        assert os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]) == 0
        assert ask(servers.database_url, "SELECT 1") == 1


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
