"""The servers of the demo: tables, static files, Daphne, a Celery worker and beat."""

import os
import subprocess
import sys
import time

from marketplace.demo.web_server import WebServer
from marketplace.local_servers import LOCAL, LocalServerError, LocalServers, Process

CELERY = [sys.executable, "-m", "celery", "-A", "marketplace.celery:app"]


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
        self._web = WebServer(servers, port=port)
        self._processes: list[Process] = []
        os.environ["LOANBRIDGE_STATIC_ROOT"] = str(servers.home / "static")

    @property
    def url(self) -> str:
        """Where people go."""
        return f"http://127.0.0.1:{self._web.port}"

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
            cwd=LOCAL.parent,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
        )

    def start(self) -> None:
        """Start all servers without waiting for any."""
        schedule = self._servers.home / "beat-schedule"
        run = self._servers.run
        self._web.start()
        self._worker = run("worker", [*CELERY, "worker", "--loglevel=INFO", "--concurrency=2"])
        beat = run("beat", [*CELERY, "beat", "--loglevel=INFO", f"--schedule={schedule}", "--pidfile="])
        self._processes = [self._worker, beat]

    def wait(self) -> None:
        """
        Wait until pages answer and the worker takes tasks.

        :raises LocalServerError: if a server ends or is not ready in time
        """
        self._web.wait()
        self._worker.wait_until(lambda: " ready." in self._worker.log.read_text(errors="replace"))
        if self._web.process is not None:
            self._processes.append(self._web.process)

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
