"""PostgreSQL, Redis and whatever else a run needs, started in order and stopped in the opposite order."""

import atexit
import os
import secrets
from collections.abc import Callable, Mapping, Sequence
from contextlib import ExitStack
from pathlib import Path
from types import TracebackType
from typing import Self

from .homes import LOCAL, ROOT, Home, sweep
from .postgres import Postgres
from .process import Process
from .redis_server import RedisServer
from .signals import termination_exits, undisturbed


class LocalServers:
    """
    Servers of one run. Started, `database_url`, `owner_database_url` and `redis_url` hold their addresses.

    `DATABASE_URL` (with `DATABASE_OWNER_URL`) and `REDIS_URL` of the environment replace own servers.
    """

    def __init__(self, home: Path, *, durable: bool = True, throwaway: bool = False) -> None:
        """
        :param home: folder for data, logs and state; a run that finds it taken uses `<home>-2`
        :param durable: whether commits survive a crash of the machine
        :param throwaway: whether the folder is removed at the end
        """
        self._wanted = home
        self._durable = durable
        self._throwaway = throwaway
        self._owner = os.getpid()
        self._stack = ExitStack()
        self._claimed: Home | None = None
        self.database_url = self.owner_database_url = self.redis_url = ""

    @classmethod
    def for_one_run(cls, kind: str, *, local: Path = LOCAL) -> Self:
        """Servers in `.local/<kind>-<pid>/` that disappear at the end, fast because not durable."""
        sweep(local, kind)
        return cls(local / f"{kind}-{os.getpid()}", durable=False, throwaway=True)

    @property
    def home(self) -> Path:
        """The folder in use, known once started."""
        if self._claimed is None:
            raise RuntimeError("the servers are not started")
        return self._claimed.path

    def start(self) -> None:
        """
        Start what the environment does not name.

        :raises LocalServerError: if something does not start; then nothing is left running
        """
        try:
            self._stack.enter_context(termination_exits())
            self._claimed = Home.claim(self._wanted)
            self._stack.callback(self._claimed.release, remove=self._throwaway)
            atexit.register(self.stop)
            self._start_database(self._claimed)
            self._start_redis(self._claimed)
        except BaseException:
            self.stop()
            raise

    def stop(self) -> None:
        """Stop everything in the opposite order of its start; a second call, or a forked child's, does nothing."""
        if os.getpid() != self._owner:
            return
        with undisturbed():
            self._stack.close()
        atexit.unregister(self.stop)

    def environment(self) -> dict[str, str]:
        """
        Our environment with the addresses, for child processes, which sign in as the application's role.

        A secret key is added when there is none; it is kept, so that people stay signed in over restarts.
        """
        key = os.environ.get("LOANBRIDGE_SECRET_KEY") or self._secret_key()
        ours = {
            "LOANBRIDGE_SECRET_KEY": key,
            "DATABASE_URL": self.database_url,
            "DATABASE_OWNER_URL": self.owner_database_url,
            "REDIS_URL": self.redis_url,
        }
        return os.environ | ours

    def run(
        self,
        name: str,
        command: Sequence[str | Path],
        *,
        env: Mapping[str, str] | None = None,
        ready: Callable[[], bool] | None = None,
        timeout: float = 60.0,
    ) -> Process:
        """
        Start a further process in the checkout, with `environment()` and `env`, and wait until it is ready.

        :param name: its own among the processes of these servers; also the name of its log
        :param timeout: seconds
        :raises LocalServerError: if it ends early or is not ready in time
        """
        process = Process(name, command, home=self.home, env=self.environment() | dict(env or {}), cwd=ROOT)
        process.start()
        self._stack.callback(process.stop)
        if ready:
            process.wait_until(ready, timeout=timeout)
        return process

    def _secret_key(self) -> str:
        if self._claimed is None:
            raise RuntimeError("the servers are not started")
        if "secret_key" not in self._claimed.state:
            self._claimed.remember(secret_key=secrets.token_urlsafe(48))
        return self._claimed.state["secret_key"]

    def _start_database(self, home: Home) -> None:
        if url := os.environ.get("DATABASE_URL"):
            self.database_url, self.owner_database_url = url, os.environ.get("DATABASE_OWNER_URL") or url
            return
        postgres = Postgres(home, durable=self._durable)
        self._stack.callback(postgres.start().stop)
        self.database_url, self.owner_database_url = postgres.url("app"), postgres.url("owner")

    def _start_redis(self, home: Home) -> None:
        if url := os.environ.get("REDIS_URL"):
            self.redis_url = url
            return
        server = RedisServer(home)
        self._stack.callback(server.start().stop)
        self.redis_url = server.url

    def __enter__(self) -> Self:
        self.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.stop()
