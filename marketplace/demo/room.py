"""One investor's connection to the live room of a round."""

import asyncio
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from time import perf_counter
from typing import Any, NamedTuple

import orjson
from django.conf import settings
from websockets.asyncio.client import ClientConnection, connect
from websockets.exceptions import ConnectionClosed
from websockets.typing import Origin, Subprotocol

from listings.rounds.web.socket import SUBPROTOCOL
from marketplace.demo.offers import Answer, Offer

#: Seconds that a busy machine may take to open a connection or to answer.
PATIENCE = 60.0


class Room(NamedTuple):
    """Where a round is live."""

    site: str
    round_id: int

    @property
    def address(self) -> str:
        """The WebSocket's address."""
        return f"{self.site.replace('http', 'ws', 1)}/ws/rounds/{self.round_id}/"


@dataclass
class Seat:
    """An investor's place in the room: connects with their session, sends and hears."""

    room: Room
    investor_id: int
    session_key: str
    snapshot: dict[str, Any] | None = None
    _socket: ClientConnection | None = None

    async def enter(self) -> None:
        """
        Connect and take the snapshot.

        :raises TimeoutError: if the room does not open in time
        """
        self._socket = await connect(
            self.room.address,
            origin=Origin(self.room.site),
            subprotocols=[Subprotocol(SUBPROTOCOL)],
            additional_headers={"Cookie": f"{settings.SESSION_COOKIE_NAME}={self.session_key}"},
            compression=None,
            open_timeout=PATIENCE,
            ping_interval=None,
            # Nobody reads between two bids; frames wait here, not in the server.
            max_queue=None,
            proxy=None,
        )
        self.snapshot = await self._hear(lambda message: message["type"] == "snapshot")

    async def offer(self, offer: Offer) -> Answer:
        """Send a bid and wait for its answer."""
        sent_at = perf_counter()
        await self.hand_in(offer)
        message = await self._hear(lambda m: _answers(m) and m["client_id"] == offer.client_id)
        return Answer.of(offer, message, perf_counter() - sent_at)

    async def double_click(self, offer: Offer) -> list[Answer]:
        """Send a bid twice in a row; both answers."""
        sent_at = perf_counter()
        await self.hand_in(offer)
        await self.hand_in(offer)
        both = [await self._hear(lambda m: _answers(m) and m["client_id"] == offer.client_id) for _ in range(2)]
        return [Answer.of(offer, message, perf_counter() - sent_at) for message in both]

    async def hand_in(self, offer: Offer) -> None:
        """Send a bid and wait for nothing."""
        await self.say(orjson.dumps({"type": "bid", **offer.body}).decode())

    async def mumble(self, text: str) -> bool:
        """Send what is no message of the protocol; whether it was refused as that."""
        await self.say(text)
        message = await self._hear(_answers)
        return bool(message.get("code") == "invalid_message")

    async def missed(self, after: int) -> dict[str, Any]:
        """Ask for the decisions after a sequence."""
        await self.say(orjson.dumps({"type": "sync", "after": after}).decode())
        return await self._hear(lambda message: message["type"] == "missed")

    async def say(self, text: str) -> None:
        """Send a text frame."""
        await self._connected.send(text)

    async def leave(self) -> None:
        """Close the connection properly; a connection that is lost already is fine."""
        if self._socket is not None:
            with suppress(ConnectionClosed):
                await self._socket.close()
            self._socket = None

    def drop(self) -> None:
        """Lose the connection in the middle, without a word."""
        self._connected.transport.abort()
        self._socket = None

    @property
    def _connected(self) -> ClientConnection:
        assert self._socket is not None, "enter comes first"
        return self._socket

    async def _hear(self, wanted: Callable[[dict[str, Any]], bool]) -> dict[str, Any]:
        """The next message that is `wanted`; the others are about everybody's progress."""
        async with asyncio.timeout(PATIENCE):
            while True:
                message: dict[str, Any] = orjson.loads(await self._connected.recv())
                if wanted(message):
                    return message


def _answers(message: dict[str, Any]) -> bool:
    return message["type"] in ("accepted", "refused")
