"""A run is killed without a chance to clean up; the next one copes."""

import os
import signal
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import psutil
import pytest

from marketplace.local_servers import LocalServers
from marketplace.local_servers.cluster import clear_foreign_pid
from marketplace.local_servers.homes import ROOT, sweep
from marketplace.local_servers.records import recorded_process, stop_leftovers, write_record

from .conftest import ask, processes_of

pytestmark = pytest.mark.faults

RUN = """
import pathlib, sys, psycopg
from marketplace.local_servers import LocalServers
with LocalServers(pathlib.Path(sys.argv[1])) as servers:
    with psycopg.connect(servers.owner_database_url) as connection:
        connection.execute("CREATE TABLE kept AS SELECT 42 AS answer")
    print("ready", flush=True)
    sys.stdin.read()
"""


@pytest.fixture
def killed_run(home: Path) -> list[psutil.Process]:
    """The servers, still alive, of a run that got SIGKILL."""
    command = [sys.executable, "-c", RUN, str(home)]
    with subprocess.Popen(command, cwd=ROOT, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) as run:
        assert run.stdout is not None
        assert run.stdout.readline() == "ready\n"
        run.kill()
    found = [found[0] for record in (home / "run").glob("*.json") if (found := recorded_process(record))]
    assert len(found) == 2
    return found


@pytest.fixture
def stranger() -> Iterator[subprocess.Popen[bytes]]:
    """A process that is none of ours."""
    with subprocess.Popen(["sleep", "60"]) as process:
        yield process
        process.kill()


def test_orphans_are_stopped_and_their_data_is_used(home: Path, killed_run: list[psutil.Process]) -> None:
    with LocalServers(home, throwaway=True) as servers:
        assert servers.home == home
        assert not any(orphan.is_running() for orphan in killed_run)
        assert ask(servers.owner_database_url, "SELECT answer FROM kept") == 42


def test_a_killed_server_is_started_again(home: Path, killed_run: list[psutil.Process]) -> None:
    for orphan in killed_run:
        orphan.kill()
    with LocalServers(home, throwaway=True) as servers:
        assert servers.home == home
        assert ask(servers.owner_database_url, "SELECT answer FROM kept") == 42


def test_throwaway_folders_of_killed_runs_are_swept(home: Path, killed_run: list[psutil.Process]) -> None:
    prefix = home.name.rsplit("-", 1)[0]
    sweep(home.parent, prefix)
    assert not home.exists()
    assert processes_of(home) == []
    assert not any(orphan.is_running() for orphan in killed_run)


def test_a_stranger_with_a_recorded_id_is_left_alone(tmp_path: Path, stranger: subprocess.Popen[bytes]) -> None:
    record = tmp_path / "web.json"
    write_record(record, stranger.pid, signal.SIGTERM)
    earlier = psutil.Process(stranger.pid).create_time() - 100
    record.write_text(f'{{"pid": {stranger.pid}, "started": {earlier}, "stop_signal": 15}}')
    assert stop_leftovers(tmp_path) == []
    assert stranger.poll() is None
    assert not record.exists()


def test_an_unreadable_record_is_removed(tmp_path: Path) -> None:
    (tmp_path / "web.json").write_text("{")
    assert stop_leftovers(tmp_path) == []
    assert list(tmp_path.iterdir()) == []


def test_a_pid_file_naming_a_stranger_does_not_stop_postgres(tmp_path: Path) -> None:
    pid_file = tmp_path / "postmaster.pid"
    pid_file.write_text(f"{os.getpid()}\n{tmp_path}\n")
    clear_foreign_pid(tmp_path)
    assert not pid_file.exists()
