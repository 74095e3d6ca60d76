"""What the pytest plugin gives to a test run."""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from marketplace.local_servers.homes import ROOT
from tests.plugin_servers import for_worker

NOTE = """
import json, os, pathlib
WORKER = os.environ.get("PYTEST_XDIST_WORKER", "main")
KEYS = ("DATABASE_URL", "DATABASE_OWNER_URL", "DATABASE_APP_URL", "REDIS_URL")
pathlib.Path(__file__).with_name(WORKER + ".json").write_text(json.dumps({n: os.environ.get(n) for n in KEYS}))
def test_one(): pass
def test_two(): pass
"""


def addresses(folder: Path, *options: str) -> dict[str, dict[str, str | None]]:
    """Run pytest with the plugin on a file that notes its environment; what each process saw."""
    (folder / "test_note.py").write_text(NOTE)
    options = ("-c", os.devnull, "--rootdir", str(ROOT), "-p", "no:django", "-p", "no:cacheprovider", *options)
    command = [sys.executable, "-m", "pytest", "-q", "-p", "tests.plugin_servers", *options, str(folder)]
    environment = {k: v for k, v in os.environ.items() if not k.startswith(("PYTEST_", "DATABASE_APP"))}
    subprocess.run(command, cwd=ROOT, env=environment, capture_output=True, timeout=60, check=True)
    return {note.stem: json.loads(note.read_text()) for note in folder.glob("*.json")}


def test_a_run_gets_servers_of_its_own_and_signs_in_as_the_owner(tmp_path: Path) -> None:
    seen = addresses(tmp_path)["main"]
    assert seen["DATABASE_URL"] == seen["DATABASE_OWNER_URL"]
    assert str(seen["DATABASE_URL"]).startswith("postgresql://loanbridge_owner:")
    assert str(seen["DATABASE_APP_URL"]).startswith("postgresql://loanbridge_app:")


def test_workers_share_the_servers_and_take_a_redis_database_each(tmp_path: Path) -> None:
    seen = addresses(tmp_path, "-n", "2")
    first, second = seen["gw0"], seen["gw1"]
    assert first["DATABASE_URL"] == second["DATABASE_URL"]
    assert str(first["REDIS_URL"]).endswith("/1")
    assert str(second["REDIS_URL"]).endswith("/2")


def test_looking_at_the_tests_starts_nothing(tmp_path: Path) -> None:
    seen = addresses(tmp_path, "--collect-only")["main"]
    assert seen["DATABASE_URL"] == "postgresql://nobody@127.0.0.1:1/none"
    assert seen["DATABASE_APP_URL"] is None


def test_named_servers_are_used_as_they_are(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DATABASE_URL", "postgresql://somewhere/else")
    monkeypatch.setenv("REDIS_URL", "redis://elsewhere/3")
    seen = addresses(tmp_path)["main"]
    assert seen["DATABASE_URL"] == seen["DATABASE_OWNER_URL"] == "postgresql://somewhere/else"
    assert seen["DATABASE_APP_URL"] is None
    assert seen["REDIS_URL"] == "redis://elsewhere/3"


@pytest.mark.parametrize(
    ("url", "worker", "expected"),
    [
        ("redis://:pw@127.0.0.1:6379/0", "gw0", "redis://:pw@127.0.0.1:6379/1"),
        ("redis://127.0.0.1:6379", "gw1", "redis://127.0.0.1:6379/2"),
        ("redis://127.0.0.1:6379/5", "gw11", "redis://127.0.0.1:6379/17"),
    ],
)
def test_the_database_of_a_worker(url: str, worker: str, expected: str) -> None:
    assert for_worker(url, worker) == expected
