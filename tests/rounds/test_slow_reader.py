"""A reader who does not read is let go; the others do not notice."""

import socket
import time
from collections.abc import Callable

from websockets.exceptions import ConnectionClosed
from websockets.sync.client import ClientConnection

from listings.rounds.models import Round
from tests.live import LiveSite
from tests.live_socket import open_socket

PATIENCE_SECONDS = 20


def narrow_socket(port: int) -> socket.socket:
    """A connection that takes little before it has to be read."""
    narrow = socket.socket()
    narrow.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 4096)
    narrow.connect(("127.0.0.1", port))
    return narrow


def ask_and_never_read(slow: ClientConnection) -> int:
    """
    Ask until the connection breaks; how often it was asked.

    :raises TimeoutError: if it does not break
    """
    deadline = time.monotonic() + PATIENCE_SECONDS
    asked = 0
    while time.monotonic() < deadline:
        try:
            slow.send('{"type": "ping"}')
        except ConnectionClosed:
            return asked
        asked += 1
    raise TimeoutError(f"still there after {asked} questions")


def test_a_reader_who_does_not_read_is_let_go(make_site: Callable[..., LiveSite], open_round: Round) -> None:
    site = make_site(LOANBRIDGE_MESSAGES_PER_SECOND="1000000")
    narrow = open_socket(site.url, open_round.pk, cookies={}, sock=narrow_socket(site.port))
    with narrow as slow, site.socket(open_round.pk) as other:
        assert ask_and_never_read(slow) > 1_000
        other.say({"type": "ping"})
        assert other.hear("pong")


def test_a_reader_who_reads_is_kept(live_site: LiveSite, open_round: Round) -> None:
    with live_site.socket(open_round.pk) as room:
        for _ in range(90):
            room.say({"type": "ping"})
            assert room.hear("pong")
