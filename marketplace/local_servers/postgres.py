"""An embedded PostgreSQL server on loopback."""

import signal
from contextlib import suppress
from pathlib import Path

import psycopg

from .account import Account
from .cluster import CLEAN, clear_foreign_pid, create_cluster, create_roles
from .errors import LocalServerError
from .homes import Home
from .launch import start_on_free_port
from .process import Process
from .programs import POSTGRES, private_place, programs_for
from .readiness import LOOPBACK

DATABASE = "loanbridge"
SETTINGS = {
    "listen_addresses": LOOPBACK,
    "unix_socket_directories": "",
    "max_connections": "200",
    "shared_buffers": "256MB",
    "max_wal_size": "1GB",
    "jit": "off",
    "timezone": "UTC",
    "log_timezone": "UTC",
    "log_line_prefix": "%m [%p] %u@%d ",
}
DURABLE = {"fsync": "on", "synchronous_commit": "on", "full_page_writes": "on"}
#: For tests: a crash of the machine may lose the cluster, nothing else differs.
FLEETING = {"fsync": "off", "synchronous_commit": "off", "full_page_writes": "off"}


class Postgres:
    """The database server of one home."""

    def __init__(self, home: Home, *, durable: bool) -> None:
        self._home = home
        self._settings = SETTINGS | (DURABLE if durable else FLEETING)
        self._account = Account.for_servers(home.path / "postgres")
        self._programs = programs_for(self._account, home.path.parent)
        self._data = self._data_folder()
        self._port = 0

    def start(self) -> Process:
        """
        Make the cluster if there is none, start the server and wait for it.

        :raises LocalServerError: if it does not start, or its data is of another version
        """
        new = "postgres_ready" not in self._home.state
        if new:
            create_cluster(self._home, self._data, self._account, self._programs)
        self._check_version()
        clear_foreign_pid(self._data)
        preferred = int(self._home.state.get("postgres_port", 0))
        process, self._port = start_on_free_port(self._build, ready=self._ready, preferred=preferred)
        self._home.remember(postgres_port=str(self._port))
        if new:
            self._finish(process)
        return process

    def url(self, role: str) -> str:
        """The address of the database for the role `owner` or `app`."""
        password = self._home.state[f"{role}_password"]
        return f"postgresql://loanbridge_{role}:{password}@{LOOPBACK}:{self._port}/{DATABASE}"

    def _data_folder(self) -> Path:
        if self._account.reaches(self._home.path):
            return self._home.path / "postgres"
        elsewhere = private_place(self._home.path.parent, self._account) / self._home.path.name
        elsewhere.mkdir(mode=0o711, exist_ok=True)
        self._home.remember(elsewhere=str(elsewhere))
        return elsewhere / "postgres"

    def _check_version(self) -> None:
        version = (self._data / "PG_VERSION").read_text().strip()
        if POSTGRES.name != f"pginstall{version}":
            raise LocalServerError(f"{self._data} is of another PostgreSQL ({version}); remove {self._home.path}")

    def _build(self, port: int) -> Process:
        settings = self._settings | {"port": str(port)}
        options = [part for name, value in settings.items() for part in ("-c", f"{name}={value}")]
        return Process(
            "postgres",
            [self._programs.postgres, "-D", self._data, *options],
            home=self._home.path,
            env=CLEAN,
            cwd=Path("/"),
            account=self._account,
            stop_signal=signal.SIGINT,  # "fast": roll back what is open, do not wait for clients
        )

    def _ready(self, port: int) -> bool:
        address = f"postgresql://postgres:{self._home.state['postgres_password']}@{LOOPBACK}:{port}/postgres"
        with suppress(psycopg.OperationalError), psycopg.connect(address, connect_timeout=2):
            return True
        return False

    def _finish(self, process: Process) -> None:
        try:
            create_roles(self._home, host=LOOPBACK, port=self._port)
        except BaseException:
            process.stop()
            raise
        self._home.remember(postgres_ready="yes")
