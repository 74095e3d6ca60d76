"""A child process is started, waited for and stopped."""

import http.server
import signal
import threading
import time
from pathlib import Path

import psutil
import pytest

from marketplace.local_servers import (
    NotReady,
    Process,
    ProcessFailed,
    accepts_connections,
    answers,
    free_port,
)
from marketplace.local_servers.records import recorded_process

WITH_CHILD = "sleep 61 & echo $!; trap 'exit 3' TERM; wait"
STUBBORN = "trap '' TERM; echo deaf; while :; do sleep 0.1; done"


def shell(home: Path, script: str) -> Process:
    return Process("web", ["sh", "-c", script], home=home)


def test_output_goes_to_a_log_begun_anew(tmp_path: Path) -> None:
    log = tmp_path / "log/web.log"
    for word in ("first", "second"):
        process = shell(tmp_path, f"echo {word}; sleep 60")
        process.start()
        process.wait_until(lambda: log.read_text() != "")
        process.stop()
    assert log.read_text() == "second\n"


def test_a_process_that_dies_is_reported_with_the_end_of_its_log(tmp_path: Path) -> None:
    process = shell(tmp_path, "echo the port is taken; exit 7")
    process.start()
    with pytest.raises(ProcessFailed, match=r"web ended with code 7.*\n.*the port is taken"):
        process.wait_until(lambda: False)
    process.stop()


def test_a_process_that_is_never_ready_is_reported(tmp_path: Path) -> None:
    process = shell(tmp_path, "sleep 60")
    process.start()
    with pytest.raises(NotReady, match="web was not ready after 0 s"):
        process.wait_until(lambda: False, timeout=0.2)
    assert process.stop() == -signal.SIGTERM


def test_stopping_takes_the_children_along_and_the_record(tmp_path: Path) -> None:
    process = shell(tmp_path, WITH_CHILD)
    process.start()
    process.wait_until(lambda: process.log.read_text().endswith("\n"))
    child = psutil.Process(int(process.log.read_text()))
    record = tmp_path / "run/web.json"
    assert recorded_process(record) is not None
    assert process.stop() == 3
    psutil.wait_procs([child], timeout=5)
    assert not child.is_running()
    assert not record.exists()


def test_a_deaf_process_is_killed_when_patience_ends(tmp_path: Path) -> None:
    process = shell(tmp_path, STUBBORN)
    process.start()
    process.wait_until(lambda: "deaf" in process.log.read_text())
    began = time.monotonic()
    assert process.stop(patience=0.3) == -signal.SIGKILL
    assert time.monotonic() - began < 5


def test_stopping_twice_or_before_the_start_is_harmless(tmp_path: Path) -> None:
    process = shell(tmp_path, "exit 4")
    assert process.stop() is None
    process.start()
    assert process.stop() in {4, -signal.SIGTERM}
    assert process.pid is None
    assert process.stop() == process.exit_code


def test_readiness_of_ports_and_pages() -> None:
    with http.server.HTTPServer(("127.0.0.1", 0), http.server.SimpleHTTPRequestHandler) as server:
        port = server.server_address[1]
        threading.Thread(target=server.serve_forever, daemon=True).start()
        assert accepts_connections(port)
        assert answers(f"http://127.0.0.1:{port}/pyproject.toml")
        assert not answers(f"http://127.0.0.1:{port}/no-such-page")
        server.shutdown()
    assert not answers(f"http://127.0.0.1:{free_port()}/")
