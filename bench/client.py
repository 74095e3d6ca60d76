"""
A load of WebSocket clients in a process of its own: `python -m bench.client SPEC`, JSON in, JSON out.

Speaks just enough of RFC 6455 to cost little itself (a zero mask leaves the payload as it is). Loopback only.
"""

import asyncio
import base64
import gc
import json
import os
import resource
import struct
import sys
from collections import Counter
from dataclasses import dataclass
from time import perf_counter, time
from typing import Any

HANDSHAKES_AT_ONCE = 200


@dataclass
class Spec:
    """What to do: `send` is `closed` (next bid when answered), `paced` (`rate` a second in all) or `none`."""

    port: int
    path: str
    cookies: list[str]
    sockets: int
    seconds: float
    send: str
    rate: float = 0.0
    subprotocol: str = ""
    #: A frame is in time if it arrives within this many milliseconds of being sent.
    tick_ms: float = 250.0


class Load:
    """All sockets of one load, and what they saw."""

    def __init__(self, spec: Spec) -> None:
        self.spec = spec
        self.sockets: list[Socket] = []
        self.latencies: list[float] = []
        self.refusals = 0
        self.lateness: list[float] = []
        self.frames_of_tick: Counter[int] = Counter()
        self.is_measuring = False
        self._prefix = base64.b16encode(os.urandom(4)).decode().lower()
        self._sent = 0

    async def run(self) -> dict[str, Any]:
        """Connect, warm up for a second, measure, report."""
        await self._connect()
        await asyncio.sleep(1.0)
        pacing = asyncio.create_task(self._pace()) if self.spec.send == "paced" else None
        if self.spec.send == "closed":
            for socket in self.sockets:
                socket.bid()
        await asyncio.sleep(1.0)
        self.is_measuring = True
        started = perf_counter()
        await asyncio.sleep(self.spec.seconds)
        self.is_measuring = False
        elapsed = perf_counter() - started
        if pacing is not None:
            pacing.cancel()
        await asyncio.sleep(0.5)
        return self._report(elapsed)

    def message(self) -> bytes:
        """The next bid, as a masked text frame."""
        self._sent += 1
        client_id = f"{self._prefix}-0000-4000-8000-{self._sent:012x}"
        return masked(b'{"type":"bid","client_id":"%s","amount_minor":100,"allow_partial":true}' % client_id.encode())

    async def _connect(self) -> None:
        loop = asyncio.get_running_loop()
        gate = asyncio.Semaphore(HANDSHAKES_AT_ONCE)

        async def one(number: int) -> None:
            async with gate:
                socket = Socket(self, self.spec.cookies[number % len(self.spec.cookies)])
                await loop.create_connection(lambda: socket, "127.0.0.1", self.spec.port)
                await asyncio.wait_for(socket.is_open, 60)
                self.sockets.append(socket)

        await asyncio.gather(*(one(number) for number in range(self.spec.sockets)))

    async def _pace(self) -> None:
        """Send `rate` bids a second, the sockets in turn, whether or not answers come."""
        started, count = perf_counter(), 0
        while True:
            due = int((perf_counter() - started) * self.spec.rate)
            while count < due:
                self.sockets[count % len(self.sockets)].bid()
                count += 1
            await asyncio.sleep(0.001)

    def _report(self, elapsed: float) -> dict[str, Any]:
        whole = [n for n in self.frames_of_tick.values() if n]
        expected = len(whole) * len(self.sockets)
        in_time = sum(late <= self.spec.tick_ms for late in self.lateness)
        return {
            "sockets": len(self.sockets),
            "acks_per_second": len(self.latencies) / elapsed,
            "p50_ms": percentile(self.latencies, 0.50) * 1_000,
            "p99_ms": percentile(self.latencies, 0.99) * 1_000,
            "refusals": self.refusals,
            "ticks": len(whole),
            "ticks_per_second": len(whole) / elapsed,
            "in_time": in_time / expected if expected else 0.0,
        }


class Socket(asyncio.Protocol):
    """One connection: handshake, then frames."""

    def __init__(self, load: Load, cookie: str) -> None:
        self.load = load
        self.is_open: asyncio.Future[None] = asyncio.get_running_loop().create_future()
        self._cookie = cookie
        self._buffer = b""
        self._asked_at = 0.0

    def connection_made(self, transport: Any) -> None:
        """Ask for the upgrade."""
        spec = self.load.spec
        self._transport = transport
        lines = [
            f"GET {spec.path} HTTP/1.1",
            f"Host: 127.0.0.1:{spec.port}",
            f"Origin: http://127.0.0.1:{spec.port}",
            "Upgrade: websocket",
            "Connection: Upgrade",
            f"Sec-WebSocket-Key: {base64.b64encode(os.urandom(16)).decode()}",
            "Sec-WebSocket-Version: 13",
            f"Cookie: {self._cookie}",
        ]
        if spec.subprotocol:
            lines.append(f"Sec-WebSocket-Protocol: {spec.subprotocol}")
        transport.write("\r\n".join([*lines, "", ""]).encode())

    def data_received(self, data: bytes) -> None:
        """Take the handshake's answer, then whole frames."""
        self._buffer += data
        if not self.is_open.done():
            head, separator, rest = self._buffer.partition(b"\r\n\r\n")
            if not separator:
                return
            if b" 101 " not in head.split(b"\r\n", 1)[0]:
                self.is_open.set_exception(ConnectionError(head.decode(errors="replace")))
                return
            self._buffer = rest
            self.is_open.set_result(None)
        while (message := self._next_message()) is not None:
            self._handle(message)

    def bid(self) -> None:
        """Send the next bid."""
        self._asked_at = perf_counter()
        self._transport.write(self.load.message())

    def _next_message(self) -> bytes | None:
        buffer = self._buffer
        if len(buffer) < 2:
            return None
        size, start = buffer[1] & 0x7F, 2
        if size == 126:
            if len(buffer) < 4:
                return None
            size, start = struct.unpack_from("!H", buffer, 2)[0], 4
        if len(buffer) < start + size:
            return None
        self._buffer = buffer[start + size :]
        return buffer[start : start + size]

    def _handle(self, message: bytes) -> None:
        load = self.load
        if b'"type":"progress"' in message:
            if load.is_measuring:
                server_ms = int(message.partition(b'"server_ms":')[2].partition(b",")[0])
                load.frames_of_tick[server_ms] += 1
                load.lateness.append(time() * 1_000 - server_ms)
        elif self._asked_at and b'"snapshot"' not in message:
            if b'"refused"' in message:
                load.refusals += 1
            elif load.is_measuring:
                load.latencies.append(perf_counter() - self._asked_at)
            if load.spec.send == "closed":
                self.bid()


def masked(payload: bytes) -> bytes:
    """A client's text frame with a mask of zeros."""
    size = len(payload)
    head = bytes((0x81, 0x80 | size)) if size < 126 else struct.pack("!BBH", 0x81, 0xFE, size)
    return head + b"\0\0\0\0" + payload


def percentile(values: list[float], share: float) -> float:
    """The value that `share` of the values do not exceed; 0 of none."""
    return sorted(values)[min(len(values) - 1, int(len(values) * share))] if values else 0.0


def main() -> None:
    """Run the load that standard input describes."""
    _soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    resource.setrlimit(resource.RLIMIT_NOFILE, (hard, hard))
    gc.disable()
    spec = Spec(**json.loads(sys.stdin.read()))
    sys.stdout.write(json.dumps(asyncio.run(Load(spec).run())))


if __name__ == "__main__":
    main()
