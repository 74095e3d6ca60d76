"""Two runs go on at once in one checkout."""

import socket
from pathlib import Path

import pytest

from marketplace.local_servers import LocalServerError, LocalServers, free_port
from marketplace.local_servers.homes import NEIGHBOURS, Home

from .conftest import ask


def test_a_second_run_takes_the_folder_beside(home: Path) -> None:
    with LocalServers(home, durable=False, throwaway=True) as first:
        with LocalServers(home, durable=False, throwaway=True) as second:
            assert (first.home, second.home) == (home, home.with_name(home.name + "-2"))
            assert first.database_url != second.database_url
            assert ask(first.database_url, "SELECT 1") == ask(second.database_url, "SELECT 1") == 1
        assert ask(first.database_url, "SELECT 1") == 1


def test_a_released_folder_is_free_again(home: Path) -> None:
    first = Home.claim(home)
    first.release(remove=False)
    second = Home.claim(home)
    assert second.path == home
    second.release(remove=True)


def test_a_crowd_is_refused(home: Path) -> None:
    held = [Home.claim(home) for _ in range(NEIGHBOURS)]
    with pytest.raises(LocalServerError, match=f"{home} and 8 folders beside it are all in use"):
        Home.claim(home)
    for each in held:
        each.release(remove=True)


def test_a_damaged_state_file_counts_as_none(home: Path) -> None:
    claimed = Home.claim(home)
    claimed.remember(port="1")
    (home / "state.json").write_text("{half")
    assert claimed.state == {}
    claimed.release(remove=True)


def test_a_taken_port_is_not_offered() -> None:
    with socket.create_server(("127.0.0.1", 0)) as listener:
        taken = listener.getsockname()[1]
        assert free_port(taken) != taken
