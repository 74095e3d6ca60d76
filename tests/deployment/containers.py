"""Commands of docker-compose.yml run here: with the environment of their container, against servers of our own."""

import os
import socket
import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path

from marketplace.local_servers import LocalServers, Process

from .compose import ROOT, services

BIN = Path(sys.executable).parent


class Containers:
    """Stands in for Docker; `replaced` maps what is true in a container to what is true here."""

    def __init__(self, servers: LocalServers, scratch: Path) -> None:
        self._servers = servers
        self.scratch = scratch
        self._running: list[Process] = []

    def environment(self, name: str) -> dict[str, str]:
        """Only what the file and the image set, with the addresses of our servers."""
        given = dict(services()[name].get("environment", {}))
        ours = {
            "DATABASE_URL": self._servers.database_url,
            "DATABASE_OWNER_URL": self._servers.owner_database_url,
            "REDIS_URL": self._servers.redis_url,
        }
        image = {"PATH": f"{BIN}:{os.environ['PATH']}", "LOANBRIDGE_STATIC_ROOT": str(self.scratch / "static")}
        return given | {key: url for key, url in ours.items() if key in given} | image

    def run(self, name: str) -> str:
        """A one-off job to its end: its output. Fails with it."""
        command = self.here(services()[name]["command"], {})
        done = subprocess.run(
            command, env=self.environment(name), cwd=ROOT, capture_output=True, text=True, check=False
        )
        assert done.returncode == 0, done.stdout + done.stderr
        return done.stdout

    def start(self, name: str, replaced: Mapping[str, str], *further: str) -> Process:
        """A service, with further options; stopped by `stop` at the latest."""
        command = [*self.here(services()[name]["command"], replaced), *further]
        process = Process(name, command, home=self.scratch, env=self.environment(name), cwd=ROOT)
        process.start()
        self._running.append(process)
        return process

    def is_healthy(self, name: str, replaced: Mapping[str, str]) -> bool:
        """What the health check of the file says."""
        kind, *command = services()[name]["healthcheck"]["test"]
        if kind == "CMD-SHELL":
            command = ["sh", "-c", *command]
        environment = self.environment(name) | {"HOSTNAME": socket.gethostname()}
        command = self.here(command, replaced)
        return subprocess.run(command, env=environment, cwd=ROOT, capture_output=True, check=False).returncode == 0

    def stop(self) -> None:
        """Stop every service that was started."""
        for process in self._running:
            process.stop()

    @staticmethod
    def here(command: list[str], replaced: Mapping[str, str]) -> list[str]:
        """The command with our paths and ports; every replacement must apply somewhere."""
        for inside, outside in replaced.items():
            assert any(inside in part for part in command), f"{inside} is not in {command}"
            command = [part.replace(inside, outside) for part in command]
        return command
