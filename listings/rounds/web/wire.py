"""
Writing to many sockets at once.

Through plain ASGI every message costs a coroutine and a pass through the server's framing. On Daphne the frame can
be built once and written straight to the transport; this leans on Daphne's internals, so it is all in this file,
and any other server gets the plain `send`.
"""

import asyncio
import struct
from collections.abc import Callable, Coroutine
from typing import Any

Send = Callable[[dict[str, Any]], Coroutine[Any, Any, None]]

#: A longer message ends the connection before it is read to its end.
LONGEST_FRAME_BYTES = 16 * 1024
#: Bytes that may wait for a reader before it is dropped.
MOST_UNSENT_BYTES = 256 * 1024
#: Messages that may wait for a reader of a server we cannot look into.
MOST_UNSENT_MESSAGES = 256
#: Close code for a reader that does not keep up (RFC 6455 leaves 4000 and up to applications).
TOO_SLOW = 4408


def frame(message: bytes) -> bytes:
    """A whole unmasked text frame (RFC 6455, section 5.2)."""
    size = len(message)
    if size < 126:
        return b"\x81" + bytes((size,)) + message
    if size < 65_536:
        return b"\x81\x7e" + struct.pack("!H", size) + message
    return b"\x81\x7f" + struct.pack("!Q", size) + message


def open_wire(raw_send: Send) -> "DaphneWire | PlainWire":
    """The fastest way to write to the socket behind this `send`."""
    protocol = getattr(raw_send, "args", (None,))[0]
    transport = getattr(protocol, "transport", None)
    if transport is not None and hasattr(transport, "dataBuffer") and hasattr(protocol, "STATE_OPEN"):
        return DaphneWire(protocol, transport)
    return PlainWire(raw_send)


class DaphneWire:
    """Writes frames to Daphne's Twisted transport."""

    __slots__ = ("_protocol", "_transport")

    def __init__(self, protocol: Any, transport: Any) -> None:
        self._protocol = protocol
        self._transport = transport
        protocol.maxFramePayloadSize = protocol.maxMessagePayloadSize = LONGEST_FRAME_BYTES

    def write(self, message: bytes) -> bool:
        """Send a message; False once the reader is gone or so far behind that it was dropped."""
        protocol, transport = self._protocol, self._transport
        if protocol.state != protocol.STATE_OPEN:
            return False
        unsent = len(transport.dataBuffer) - transport.offset + transport._tempDataLen
        if unsent > MOST_UNSENT_BYTES:
            self.drop(TOO_SLOW)
            return False
        data = frame(message)
        if not unsent:
            data = data[self._send_now(data) :]
        if data:
            transport.write(data)
        return True

    def _send_now(self, data: bytes) -> int:
        """
        Hand the kernel what it takes at once; the number of bytes.

        With nothing waiting the order is kept, and the reactor is spared two changes of its epoll set per message.
        """
        try:
            return int(self._transport.socket.send(data))
        except OSError:
            # Full, or gone: the transport finds out by itself.
            return 0

    def drop(self, code: int) -> None:
        """Send a close frame; whoever does not answer it within a second is cut off."""
        if self._protocol.state == self._protocol.STATE_OPEN:
            self._protocol.sendClose(code=code)

    def close(self) -> None:
        """Nothing to stop: the transport is the server's."""


class PlainWire:
    """Sends through ASGI, one message after the other, from a task of its own."""

    def __init__(self, send: Send) -> None:
        self._send = send
        self._unsent: asyncio.Queue[bytes] = asyncio.Queue(MOST_UNSENT_MESSAGES)
        self._task = asyncio.get_running_loop().create_task(self._write())
        self._is_open = True

    def write(self, message: bytes) -> bool:
        """Queue a message; False once the reader is gone or so far behind that it was dropped."""
        if not self._is_open or self._task.done():
            return False
        try:
            self._unsent.put_nowait(message)
        except asyncio.QueueFull:
            self.drop(TOO_SLOW)
            return False
        return True

    def drop(self, code: int) -> None:
        """Close the socket; what was not sent is forgotten."""
        self._is_open = False
        self._task.cancel()
        self._task = asyncio.get_running_loop().create_task(self._send({"type": "websocket.close", "code": code}))

    def close(self) -> None:
        """Stop writing to a socket that is gone."""
        self._is_open = False
        self._task.cancel()

    async def _write(self) -> None:
        while True:
            message = await self._unsent.get()
            await self._send({"type": "websocket.send", "text": message.decode()})
