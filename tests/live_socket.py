"""A WebSocket client that speaks the protocol of a round's room."""

import socket
import time
from collections.abc import Iterator
from contextlib import contextmanager
from types import TracebackType
from typing import Any, Self

import orjson
from websockets.sync.client import ClientConnection, connect
from websockets.typing import Origin, Subprotocol

SUBPROTOCOL = "loanbridge.rounds.v1"


@contextmanager
def open_socket(
    url: str,
    round_id: int,
    *,
    cookies: dict[str, str],
    origin: str | None = None,
    subprotocol: str | None = SUBPROTOCOL,
    path: str | None = None,
    sock: socket.socket | None = None,
) -> Iterator[ClientConnection]:
    """
    The bare connection, to be used with `with`; `origin` is the site's own unless named.

    :raises websockets.exceptions.InvalidStatus: if the handshake is refused
    """
    with connect(
        url.replace("http", "ws", 1) + (path or f"/ws/rounds/{round_id}/"),
        origin=Origin(url if origin is None else origin),
        subprotocols=[Subprotocol(subprotocol)] if subprotocol else None,
        additional_headers={"Cookie": "; ".join(f"{name}={value}" for name, value in cookies.items())},
        open_timeout=10,
        close_timeout=2,
        max_size=2**20,
        sock=sock,
    ) as connection:
        yield connection


class Room:
    """One reader's connection to a round."""

    def __init__(self, url: str, round_id: int, *, cookies: dict[str, str]) -> None:
        self._opening = open_socket(url, round_id, cookies=cookies)
        self.connection: ClientConnection

    def __enter__(self) -> Self:
        self.connection = self._opening.__enter__()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._opening.__exit__(kind, error, trace)

    def say(self, message: dict[str, Any] | str | bytes) -> None:
        """Send a message; text and bytes go as they are."""
        self.connection.send(orjson.dumps(message).decode() if isinstance(message, dict) else message)

    def bid(self, client_id: str, amount_minor: int, **fields: Any) -> None:
        """Send a bid."""
        self.say({"type": "bid", "client_id": client_id, "amount_minor": amount_minor, **fields})

    def hear(self, *types: str, within: float = 5.0) -> dict[str, Any]:
        """The next message of one of these types, or the next one at all; others are let pass.

        :raises TimeoutError: if there is none in time (seconds)
        """
        deadline = time.monotonic() + within
        while True:
            message = self.next(within=deadline - time.monotonic())
            if not types or message["type"] in types:
                return message

    def next(self, *, within: float = 5.0) -> dict[str, Any]:
        """The next message of any type."""
        message: dict[str, Any] = orjson.loads(self.connection.recv(timeout=max(within, 0)))
        return message

    def answer(self, client_id: str) -> dict[str, Any]:
        """What became of a bid."""
        while (message := self.hear("accepted", "refused"))["client_id"] != client_id:
            pass
        return message
