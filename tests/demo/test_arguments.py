"""What the command takes and refuses."""

import socket
from collections.abc import Iterator
from pathlib import Path

import pytest

from marketplace.demo.__main__ import main
from marketplace.demo.web_server import PortTaken, WebServer
from marketplace.local_servers import LocalServers


@pytest.fixture
def taken() -> Iterator[int]:
    """A port on which somebody listens."""
    with socket.socket() as other:
        other.bind(("127.0.0.1", 0))
        other.listen()
        yield other.getsockname()[1]


@pytest.mark.parametrize(
    "arguments",
    [
        ("--port", "0"),
        ("--port", "65536"),
        ("--port", "http"),
        ("--port", "-1"),
        ("--investors", "299"),
        ("--investors", "5001"),
        ("--investors", "many"),
        ("--seed", "x"),
        ("--twice",),
    ],
)
def test_what_makes_no_sense_is_refused(arguments: tuple[str, ...], capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as exit_:
        main(arguments)
    assert exit_.value.code == 2
    assert arguments[0] in capsys.readouterr().err


def test_a_port_that_was_asked_for_and_is_taken_is_an_error(taken: int) -> None:
    with pytest.raises(PortTaken, match=f"port {taken} on 127.0.0.1 is taken"):
        WebServer(LocalServers(Path("/nowhere")), port=taken)


def test_the_usual_port_gives_way(taken: int, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("marketplace.demo.web_server.USUAL_PORT", taken)
    assert WebServer(LocalServers(Path("/nowhere")), port=None).port != taken
