"""Homes for servers of these tests' own, next to those of other runs, and a look at what is left of them."""

import os
import shutil
import uuid
from collections.abc import Iterator
from pathlib import Path

import psutil
import psycopg
import pytest

from marketplace.local_servers import LOCAL, LocalServers
from marketplace.local_servers.homes import Home
from marketplace.local_servers.programs import places


@pytest.fixture(autouse=True)
def _no_given_servers(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("DATABASE_URL", "DATABASE_OWNER_URL", "REDIS_URL"):
        monkeypatch.delenv(name, raising=False)


@pytest.fixture
def home() -> Iterator[Path]:
    """A new folder under `.local/`, where the user that root's servers run under gets to."""
    path = LOCAL / f"check-{os.getpid()}-{uuid.uuid4().hex[:6]}"
    yield path
    for lock in path.parent.glob(f"{path.name}*.lock"):
        if left := Home.claim_exactly(lock.with_suffix("")):
            left.release(remove=True)


@pytest.fixture
def closed_folder(tmp_path: Path) -> Iterator[Path]:
    """A folder that only its owner passes, and the removal of what was put elsewhere on its behalf."""
    folder = tmp_path / "closed"
    folder.mkdir(mode=0o700)
    yield folder
    for place in places(folder):
        shutil.rmtree(place, ignore_errors=True)


@pytest.fixture(scope="module")
def servers() -> Iterator[LocalServers]:
    """One pair for the tests that only look."""
    with pytest.MonkeyPatch.context() as patch:
        for name in ("DATABASE_URL", "REDIS_URL"):
            patch.delenv(name, raising=False)
        with LocalServers.for_one_run("look") as servers:
            yield servers


def ask(url: str, question: str) -> object:
    with psycopg.connect(url, autocommit=True) as connection:
        row = connection.execute(question.encode()).fetchone()
    assert row is not None
    return row[0]


def port_of(url: str) -> int:
    return int(url.rsplit(":", 1)[1].split("/")[0])


def processes_of(home: Path) -> list[psutil.Process]:
    """Processes that name the home in their command line or work in it."""
    return [process for process in psutil.process_iter() if _belongs(process, home)]


def _belongs(process: psutil.Process, home: Path) -> bool:
    try:
        return any(f"{home}/" in part for part in process.cmdline()) or f"{home}/" in process.cwd()
    except psutil.Error:
        return False
