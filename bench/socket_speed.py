"""End to end: real WebSocket clients in another process against one Daphne process."""

import json
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from dataclasses import asdict
from statistics import median
from time import sleep
from typing import Any

import psutil

from bench import stage
from bench.client import Spec
from bench.figures import Figure, against, alone, at_most
from listings.rounds.web.socket import SUBPROTOCOL
from marketplace.local_servers import LocalServers, Process, answers, free_port

#: Where the application listens on loopback for connections that wait to be accepted.
BACKLOG = 4_096


def measure(servers: LocalServers, *, runs: int, quick: bool) -> list[Figure]:
    """Everything that needs a server, in turn with its peers."""
    people = stage.investors(50 if quick else 500)
    opened = stage.open_round()
    site = Site(servers, stage.session_cookies(people), round_id=opened.pk)
    busy, many = (50, 100) if quick else (1_000, 5_000)
    seconds = 2.0 if quick else 5.0
    return [
        *_throughput(site, sockets=busy, seconds=seconds, runs=runs),
        *_live(site, sockets=many, seconds=seconds, runs=runs),
        _memory(site, sockets=min(many, 2_000), runs=runs),
    ]


class Site:
    """One Daphne process with the application and its peers, and the way to load it."""

    def __init__(self, servers: LocalServers, cookies: list[str], *, round_id: int) -> None:
        self._servers = servers
        self._cookies = cookies
        self.ours = f"/ws/rounds/{round_id}/"
        self.plain = f"/bench/plain/{round_id}/"
        self.echo = "/bench/echo/"
        self.port, self.process = self.start("web")

    def start(self, name: str) -> tuple[int, Process]:
        """Start a Daphne process of its own."""
        port = free_port()
        endpoint = f"tcp:port={port}:interface=127.0.0.1:backlog={BACKLOG}"
        command = [sys.executable, "-m", "daphne", "-v", "0", "-e", endpoint, "bench.peers.application:application"]
        ready = f"http://127.0.0.1:{port}/healthz"
        return port, self._servers.run(name, command, ready=lambda: answers(ready))

    def load(self, path: str, *, port: int | None = None, **what: Any) -> dict[str, Any]:
        """Run one load and return its report."""
        spec = Spec(
            port=port or self.port,
            path=path,
            cookies=self._cookies,
            subprotocol=SUBPROTOCOL if path == self.ours else "",
            **what,
        )
        done = subprocess.run(
            [sys.executable, "-m", "bench.client"],
            input=json.dumps(asdict(spec)),
            capture_output=True,
            text=True,
            timeout=300,
            check=False,
        )
        if done.returncode:
            raise RuntimeError(done.stderr[-2_000:])
        report: dict[str, Any] = json.loads(done.stdout)
        return report


def _throughput(site: Site, *, sockets: int, seconds: float, runs: int) -> list[Figure]:
    ours, echo, plain = [], [], []
    for run in range(runs):
        ours.append(_rate(site, site.ours, sockets, seconds))
        echo.append(_rate(site, site.echo, sockets, seconds))
        plain.append(_plain_rate(site, f"plain-{run}", sockets, seconds))
    name = f"end to end over {sockets:,} WebSockets, closed loop"
    return [
        against(name, ours, echo, unit="acks/s", peer="raw ASGI echo on the same Daphne", at_least=0.7),
        against(name, ours, plain, unit="acks/s", peer="Channels consumer + ORM transaction", at_least=30),
    ]


def _rate(site: Site, path: str, sockets: int, seconds: float) -> float:
    return float(site.load(path, sockets=sockets, seconds=seconds, send="closed")["acks_per_second"])


def _plain_rate(site: Site, name: str, sockets: int, seconds: float) -> float:
    """In a process of its own each time: its backlog would go on keeping the next load waiting."""
    port, process = site.start(name)
    try:
        report = site.load(site.plain, port=port, sockets=sockets, seconds=seconds, send="closed")
    finally:
        process.stop(patience=5.0)
    return float(report["acks_per_second"])


def _live(site: Site, *, sockets: int, seconds: float, runs: int) -> list[Figure]:
    """One load, two figures: 1,000 bids/s are acknowledged while every socket is told of the progress."""
    load: dict[str, Any] = {"sockets": sockets, "seconds": seconds, "send": "paced", "rate": 1_000.0}
    ours, echo = [], []
    for _ in range(runs):
        ours.append(site.load(site.ours, **load))
        echo.append(site.load(site.echo, **load))
    return [
        at_most(
            f"p99 of the acknowledgement at 1,000 bids/s, {sockets:,} sockets connected",
            [report["p99_ms"] for report in ours],
            [report["p99_ms"] for report in echo],
            unit="ms",
            peer="echo at the same load",
            times=5,
        ),
        _frames(ours, sockets),
    ]


def _frames(reports: list[dict[str, Any]], sockets: int) -> Figure:
    shares = [100 * report["in_time"] for report in reports]
    ticks = median(report["ticks_per_second"] for report in reports)
    return alone(
        f"progress frames delivered within the next tick meanwhile, {sockets:,} sockets, {ticks:.1f} frames/s",
        shares,
        unit="%",
        must="≥ 99 % at 4 frames/s",
        met=median(shares) >= 99 and ticks >= 3.8,
    )


def _memory(site: Site, *, sockets: int, runs: int) -> Figure:
    """Resident memory of a fresh process with all sockets idle, less what it had before."""
    per_socket = []
    for run in range(runs):
        port, process = site.start(f"memory-{run}")
        site.load(site.ours, port=port, sockets=10, seconds=0.5, send="none")
        before = _resident(process)
        after = _peak_while(site, port, process, sockets)
        per_socket.append((after - before) / sockets / 1_024)
        process.stop()
    return alone(
        f"memory per connected socket, {sockets:,} sockets",
        per_socket,
        unit="KiB",
        must="≤ 40 KiB",
        met=median(per_socket) <= 40,
    )


def _peak_while(site: Site, port: int, process: Process, sockets: int) -> int:
    """The memory while all sockets are connected: the load holds them for a few seconds."""
    with ThreadPoolExecutor(1) as pool:
        held = pool.submit(site.load, site.ours, port=port, sockets=sockets, seconds=3.0, send="none")
        most = 0
        while not held.done():
            most = max(most, _resident(process))
            sleep(0.1)
        held.result()
    return most


def _resident(process: Process) -> int:
    assert process.pid is not None, "the process runs"
    return int(psutil.Process(process.pid).memory_info().rss)
