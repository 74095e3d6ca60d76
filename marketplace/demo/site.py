"""The servers of the demo: tables, static files, Daphne, a Celery worker and beat."""

import os
import subprocess
import sys
import time

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
CELERY = [sys.executable, "-m", "celery", "-A", "marketplace.celery:app"]


class PortTaken(LocalServerError):
    """Somebody else listens on the port that was asked for."""

    def __init__(self, port: int) -> None:
        super().__init__(f"port {port} on 127.0.0.1 is taken; choose another one, or none")


class ServerEnded(LocalServerError):
    """A server of ours ended while it should have been serving."""

    def __init__(self, process: Process) -> None:
        super().__init__(f"{process.name} ended with code {process.exit_code}; see {process.log}")


class Site:
    """Everything that serves pages; `start` and `wait` are apart so that work can be done in between."""

    def __init__(self, servers: LocalServers, *, port: int | None) -> None:
        """
        :param port: the port to listen on; None for the usual one, or any if that is taken
        :raises PortTaken: if the port that was asked for is in use
        """
        self._servers = servers
        self._wanted = port
        self._processes: list[Process] = []
        self.port = free_port(port or USUAL_PORT)
        if port and self.port != port:
            raise PortTaken(port)
        os.environ["LOANBRIDGE_STATIC_ROOT"] = str(servers.home / "static")

    @property
    def url(self) -> str:
        """Where people go."""
        return f"http://127.0.0.1:{self.port}"

    def prepare(self) -> None:
        """
        Bring tables and static files up to date, side by side.

        :raises LocalServerError: if one of the commands fails
        """
        both = [self._manage("migrate", "--noinput"), self._manage("collectstatic", "--noinput")]
        try:
            for command in both:
                said, _nothing = command.communicate()
                if command.returncode:
                    raise LocalServerError(f"a command failed:\n{said[-4_000:]}")
        finally:
            for command in both:
                command.kill()
                command.wait()

    def _manage(self, *arguments: str) -> "subprocess.Popen[str]":
        return subprocess.Popen(
            [sys.executable, "manage.py", *arguments, "--verbosity=0"],
            env=self._servers.environment(),
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
        )

    def start(self) -> None:
        """Start all servers without waiting for any."""
        schedule = self._servers.home / "beat-schedule"
        run = self._servers.run
        self._web = self._start_web()
        self._worker = run("worker", [*CELERY, "worker", "--loglevel=INFO", "--concurrency=2"])
        beat = run("beat", [*CELERY, "beat", "--loglevel=INFO", f"--schedule={schedule}", "--pidfile="])
        self._processes = [self._worker, beat]

    def wait(self) -> None:
        """
        Wait until pages answer and the worker takes tasks.

        :raises LocalServerError: if a server ends or is not ready in time
        """
        self._wait_for_web()
        self._worker.wait_until(lambda: " ready." in self._worker.log.read_text(errors="replace"))
        self._processes.append(self._web)

    def serve(self) -> None:
        """
        Keep serving until somebody interrupts us.

        :raises ServerEnded: if one of the servers ends by itself
        """
        while True:
            time.sleep(1)
            for process in self._processes:
                if process.exit_code is not None:
                    raise ServerEnded(process)

    def _start_web(self) -> Process:
        endpoint = f"tcp:port={self.port}:interface=127.0.0.1:backlog={BACKLOG}"
        return self._servers.run("web", [sys.executable, "-m", "daphne", "-v", "0", "-e", endpoint, "asgi:application"])

    def _wait_for_web(self) -> None:
        for left in reversed(range(ATTEMPTS)):
            try:
                self._web.wait_until(self._web_answers)
                return
            except ProcessFailed:
                if not left or not accepts_connections(self.port):
                    raise
                if self._wanted:
                    raise PortTaken(self._wanted) from None
                # Another demo, started in the same second, was quicker.
                self.port = free_port()
                self._web = self._start_web()

    def _web_answers(self) -> bool:
        """Say whether it is our server that answers, not somebody else's on the same port."""
        return self.port in _ports_of(self._web.pid) and answers(f"{self.url}/healthz")


def _ports_of(pid: int | None) -> set[int]:
    """TCP ports on which a process listens."""
    try:
        connections = psutil.Process(pid).net_connections("tcp4") if pid else []
    except psutil.Error:
        return set()
    return {c.laddr.port for c in connections if c.status == psutil.CONN_LISTEN}
