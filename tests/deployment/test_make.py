"""The two commands of the README and what they promise."""

import os
import re
import shutil
import subprocess

import pytest

from .compose import ROOT

pytestmark = pytest.mark.skipif(shutil.which("make") is None, reason="no make on this machine")


def make(*arguments: str) -> str:
    """What a fresh make prints, also when these tests were started by one."""
    environment = {name: value for name, value in os.environ.items() if not name.startswith(("MAKE", "MFLAGS"))}
    command = ["make", *arguments]
    return subprocess.run(command, cwd=ROOT, env=environment, capture_output=True, text=True, check=True).stdout


def test_make_alone_lists_every_target_with_a_sentence() -> None:
    listed = re.findall(r"^make (\w+) +\w", make(), re.MULTILINE)
    phony = set(re.findall(r"^\.PHONY: (.*)$", (ROOT / "Makefile").read_text(), re.MULTILINE)[0].split())
    assert set(listed) == phony - {"chromium"}
    assert {"setup", "demo", "test", "bench"} <= set(listed)


@pytest.mark.parametrize(
    ("arguments", "command"),
    [
        ([], "marketplace.demo"),
        (["PORT=8123"], "marketplace.demo --port 8123"),
        (["ONCE=1"], "marketplace.demo --once"),
        (["ONCE=0"], "marketplace.demo"),
    ],
)
def test_the_demo_gets_its_options(arguments: list[str], command: str) -> None:
    last = make("--dry-run", "demo", *arguments).splitlines()[-1]
    assert " ".join(last.split()) == f"exec .venv/bin/python -m {command}"


def test_the_build_server_runs_the_tests() -> None:
    script = ROOT / ".ci/run"
    assert script.stat().st_mode & 0o111
    assert script.read_text().endswith("exec make test\n")


def test_the_lock_files_name_no_download_address() -> None:
    for name in ("requirements.txt", "requirements-dev.txt", "package-lock.json"):
        text = (ROOT / name).read_text()
        assert not re.search(r'--index-url|--find-links|"resolved"|://(?!opencollective|github\.com)', text), name
