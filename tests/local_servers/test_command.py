"""`python -m marketplace.local_servers run -- COMMAND` at a terminal."""

import os
import re
import shutil
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from marketplace.local_servers import LOCAL
from marketplace.local_servers.__main__ import run_in_foreground
from marketplace.local_servers.homes import ROOT

from .conftest import processes_of

RUN = [sys.executable, "-m", "marketplace.local_servers", "run", "--throwaway", "--"]


def test_the_command_gets_the_addresses_and_a_key(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("LOANBRIDGE_SECRET_KEY", raising=False)
    names = ("DATABASE_URL", "DATABASE_OWNER_URL", "REDIS_URL", "LOANBRIDGE_SECRET_KEY")
    command = [*RUN, "sh", "-c", "; ".join(f'echo "${{{name}}}"' for name in names)]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, timeout=60, check=True)
    assert re.fullmatch(
        r"postgresql://loanbridge_app:\w+@127.0.0.1:\d+/loanbridge\n"
        r"postgresql://loanbridge_owner:\w+@127.0.0.1:\d+/loanbridge\n"
        r"redis://:\w+@127.0.0.1:\d+/0\n\S{20,}\n",
        done.stdout,
    )


@pytest.mark.parametrize(
    ("command", "code"),
    [
        (["true"], 0),
        (["sh", "-c", "exit 7"], 7),
        (["sh", "-c", "kill -9 $$"], 137),
        (["no-such-command"], 127),
    ],
)
def test_its_exit_code_is_ours(command: list[str], code: int) -> None:
    assert run_in_foreground(command, dict(os.environ)) == code


@pytest.mark.faults
@pytest.mark.parametrize(("number", "code"), [(signal.SIGTERM, 143), (signal.SIGINT, 130)])
def test_signals_end_the_command_and_then_the_servers(number: signal.Signals, code: int) -> None:
    command = [*RUN, "sh", "-c", "echo ready; exec sleep 60"]
    with subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE, text=True, start_new_session=True) as running:
        assert running.stdout is not None
        assert running.stdout.readline() == "ready\n"
        home = LOCAL / f"run-{running.pid}"
        assert processes_of(home)
        os.killpg(running.pid, number)
        assert running.wait(30) == code
    assert processes_of(home) == []
    assert not home.exists()


@pytest.mark.skipif(os.geteuid() != 0, reason="only root may become another user")
def test_a_user_without_rights_can_do_all_of_it(tmp_path: Path) -> None:
    python, packages = (
        shutil.which("python3.11", path="/usr/bin"),
        Path(sys.prefix) / "lib/python3.11/site-packages",
    )
    if python is None or not os.access(packages, os.R_OK):
        pytest.skip("no interpreter that another user can start")
    place = Path(f"/var/tmp/check-{time.monotonic_ns()}")
    shutil.copytree(ROOT / "marketplace/local_servers", place / "marketplace/local_servers")
    shutil.copytree(ROOT / "deploy/postgres", place / "deploy/postgres")
    shutil.chown(place, "nobody", "nogroup")
    command = [python, "-m", "marketplace.local_servers", "run", "--", "sh", "-c", "echo $DATABASE_URL"]
    environment = {"PATH": os.environ["PATH"], "PYTHONPATH": f"{place}:{packages}", "HOME": "/nonexistent"}
    done = subprocess.run(
        command, cwd=place, env=environment, user="nobody", group="nogroup", extra_groups=[], timeout=60,
        capture_output=True, text=True, check=False,
    )  # fmt: skip
    shutil.rmtree(place)
    assert (done.returncode, done.stderr) == (0, "")
    assert done.stdout.startswith("postgresql://loanbridge_app:")
