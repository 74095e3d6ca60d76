"""Writing to sockets: frames by the book, and readers who do not keep up are let go."""

import asyncio
from typing import Any

import pytest
from websockets.frames import Frame, Opcode
from websockets.streams import StreamReader

from listings.rounds.web import wire
from listings.rounds.web.wire import TOO_SLOW, DaphneWire, PlainWire, frame, open_wire


@pytest.mark.parametrize("size", [0, 1, 125, 126, 65_535, 65_536])
def test_a_frame_can_be_read_by_another_implementation(size: int) -> None:
    message = b"x" * size
    reader = StreamReader()
    reader.feed_data(frame(message))
    reader.feed_eof()
    parsing = Frame.parse(reader.read_exact, mask=False)
    with pytest.raises(StopIteration) as parsed:
        next(parsing)
    read: Frame = parsed.value.value
    assert (read.opcode, read.fin, bytes(read.data)) == (Opcode.TEXT, True, message)


class Kernel:
    """A socket whose buffer takes so many bytes and then no more."""

    def __init__(self) -> None:
        self.room = 0
        self.taken = b""

    def send(self, data: bytes) -> int:
        if not self.room:
            raise BlockingIOError
        part = data[: self.room]
        self.room -= len(part)
        self.taken += part
        return len(part)


class Transport:
    """What Daphne's wire looks at of Twisted's transport."""

    def __init__(self) -> None:
        self.socket = Kernel()
        self.written = b""
        self.dataBuffer = b""
        self.offset = 0
        self._tempDataLen = 0

    def write(self, data: bytes) -> None:
        self.written += data
        self._tempDataLen += len(data)


class Protocol:
    """What Daphne's wire looks at of Autobahn's protocol."""

    STATE_OPEN = state = 3

    def __init__(self) -> None:
        self.transport = Transport()
        self.closed_with: list[int] = []

    def sendClose(self, code: int) -> None:
        self.state = 2
        self.closed_with.append(code)


async def nothing(_message: dict[str, Any]) -> None: ...


def test_any_other_server_gets_the_plain_way() -> None:
    async def scenario() -> object:
        opened = open_wire(nothing)
        opened.close()
        return opened

    assert isinstance(asyncio.run(scenario()), PlainWire)


def test_a_reader_who_does_not_read_is_told_to_go() -> None:
    protocol = Protocol()
    opened = DaphneWire(protocol, protocol.transport)
    message = b"x" * 60_000
    assert [opened.write(message) for _ in range(7)] == [True] * 5 + [False, False]
    assert protocol.closed_with == [TOO_SLOW]
    assert protocol.transport._tempDataLen < wire.MOST_UNSENT_BYTES + 60_100


def test_what_the_kernel_takes_at_once_never_waits() -> None:
    protocol = Protocol()
    protocol.transport.socket.room = 1_000
    assert DaphneWire(protocol, protocol.transport).write(b"{}") is True
    assert (protocol.transport.socket.taken, protocol.transport.written) == (wire.frame(b"{}"), b"")


def test_the_order_is_kept_when_the_kernel_takes_a_part() -> None:
    protocol = Protocol()
    transport = protocol.transport
    transport.socket.room = 3
    opened = DaphneWire(protocol, transport)
    opened.write(b"one")
    transport.socket.room = 1_000
    opened.write(b"two")
    assert transport.socket.taken + transport.written == wire.frame(b"one") + wire.frame(b"two")


def test_nothing_is_written_to_a_socket_that_is_gone() -> None:
    protocol = Protocol()
    protocol.state = 0
    assert DaphneWire(protocol, protocol.transport).write(b"{}") is False
    assert protocol.transport._tempDataLen == 0


def test_long_messages_are_refused_below_us() -> None:
    protocol: Any = Protocol()
    DaphneWire(protocol, protocol.transport)
    assert (protocol.maxMessagePayloadSize, protocol.maxFramePayloadSize) == (wire.LONGEST_FRAME_BYTES,) * 2


def test_the_plain_way_lets_a_slow_reader_go_too(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(wire, "MOST_UNSENT_MESSAGES", 2)
    sent: list[dict[str, Any]] = []

    async def scenario() -> list[bool]:
        reading = asyncio.Event()

        async def send(message: dict[str, Any]) -> None:
            if message["type"] == "websocket.send":
                await reading.wait()
            sent.append(message)

        opened = PlainWire(send)
        written = [opened.write(b"{}") for _ in range(4)]
        await asyncio.sleep(0.01)
        return written

    assert asyncio.run(scenario()) == [True, True, False, False]
    assert sent == [{"type": "websocket.close", "code": TOO_SLOW}]
