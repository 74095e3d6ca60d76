"""Daphne on a port of its own, whoever else starts a demo in the same second."""

import sys

import psutil

from marketplace.local_servers import (
    LocalServerError,
    LocalServers,
    Process,
    ProcessFailed,
    accepts_connections,
    answers,
    free_port,
)

USUAL_PORT = 8000
#: Connections that wait to be accepted: hundreds of investors come in the same second.
BACKLOG = 4_096
ATTEMPTS = 3


class PortTaken(LocalServerError):
    """Somebody else listens on the port that was asked for."""

    def __init__(self, port: int) -> None:
        super().__init__(f"port {port} on 127.0.0.1 is taken; choose another one, or none")


class WebServer:
    """The process that serves pages and the live rooms."""

    def __init__(self, servers: LocalServers, *, port: int | None) -> None:
        """
        :param port: the port to listen on; None for the usual one, or any if that is taken
        :raises PortTaken: if the port that was asked for is in use
        """
        self._servers = servers
        self._wanted = port
        self.port = free_port(port or USUAL_PORT)
        if port and self.port != port:
            raise PortTaken(port)
        self.process: Process | None = None

    def start(self) -> None:
        """Start it without waiting."""
        endpoint = f"tcp:port={self.port}:interface=127.0.0.1:backlog={BACKLOG}"
        command = [sys.executable, "-m", "daphne", "-v", "0", "-e", endpoint, "asgi:application"]
        self.process = self._servers.run("web", command)

    def wait(self) -> None:
        """
        Wait until it answers; on another port if somebody was quicker to take the usual one.

        :raises PortTaken: if somebody was quicker to take the port that was asked for
        :raises LocalServerError: if it ends or is not ready in time
        """
        for left in reversed(range(ATTEMPTS)):
            assert self.process is not None, "start comes first"
            try:
                self.process.wait_until(self._answers)
                return
            except ProcessFailed:
                if not left or not accepts_connections(self.port):
                    raise
                if self._wanted:
                    raise PortTaken(self._wanted) from None
                self.port = free_port()
                self.start()

    def _answers(self) -> bool:
        """Say whether it is our process that answers, not somebody else's on the same port."""
        listens = self.port in _ports_of(self.process.pid if self.process else None)
        return listens and answers(f"http://127.0.0.1:{self.port}/healthz")


def _ports_of(pid: int | None) -> set[int]:
    """TCP ports on which a process listens."""
    try:
        connections = psutil.Process(pid).net_connections("tcp4") if pid else []
    except psutil.Error:
        return set()
    return {c.laddr.port for c in connections if c.status == psutil.CONN_LISTEN}
