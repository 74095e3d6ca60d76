"""An embedded Redis on loopback that keeps nothing on disk."""

import secrets
from contextlib import suppress
from pathlib import Path

import redis
from redis.backoff import NoBackoff
from redis.retry import Retry

from .account import Account
from .homes import Home
from .launch import start_on_free_port
from .process import Process
from .programs import programs_for
from .readiness import LOOPBACK

#: Test workers take a numbered database each.
DATABASES = 64


class RedisServer:
    """The Redis of one home. It asks for a password: other users of the machine reach loopback too."""

    def __init__(self, home: Home) -> None:
        self._home = home
        self._account = Account.for_servers(home.path / "postgres")
        self._programs = programs_for(self._account, home.path.parent)
        self._port = 0
        if "redis_password" not in home.state:
            home.remember(redis_password=secrets.token_hex(16))

    def start(self) -> Process:
        """
        Start the server and wait for it.

        :raises LocalServerError: if it does not start
        """
        preferred = int(self._home.state.get("redis_port", 0))
        process, self._port = start_on_free_port(self._build, ready=self._ready, preferred=preferred)
        self._home.remember(redis_port=str(self._port))
        return process

    @property
    def url(self) -> str:
        """Its address, with the password, for database 0."""
        return self._url(self._port)

    def _url(self, port: int) -> str:
        return f"redis://:{self._home.state['redis_password']}@{LOOPBACK}:{port}/0"

    def _build(self, port: int) -> Process:
        settings = {
            "bind": LOOPBACK,
            "port": str(port),
            "databases": str(DATABASES),
            "save": '""',
            "appendonly": "no",
            "daemonize": "no",
            "requirepass": self._home.state["redis_password"],
        }
        return Process(
            "redis",
            [self._programs.redis_server, "-"],  # settings through standard input: a command line is public
            home=self._home.path,
            cwd=Path("/"),
            account=self._account,
            standard_input="".join(f"{name} {value}\n" for name, value in settings.items()),
        )

    def _ready(self, port: int) -> bool:
        once = Retry(NoBackoff(), 0)
        with (
            suppress(redis.RedisError),
            redis.Redis.from_url(self._url(port), socket_timeout=2, retry=once) as client,
        ):
            return bool(client.ping())
        return False
