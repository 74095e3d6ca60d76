"""
PostgreSQL and Redis for the tests, started before Django reads its settings (`-p tests.plugin_servers`).

The controlling process starts a throwaway pair unless the environment names servers; workers of xdist inherit
the addresses and take a Redis database each. Variables that tests may use:

* `DATABASE_URL`, `DATABASE_OWNER_URL`: the owner, who may create test databases
* `DATABASE_APP_URL`: the application's role, which has only granted rights (only with our own server)
* `REDIS_URL`
"""

import os
from collections.abc import Generator
from urllib.parse import urlsplit, urlunsplit

import pytest

from marketplace.local_servers import LocalServerError, LocalServers

SERVERS = pytest.StashKey[LocalServers]()
#: Options of runs that execute no test.
LOOKING_ONLY = ("help", "version", "collectonly", "markers", "showfixtures", "show_fixtures_per_test")


@pytest.hookimpl(wrapper=True)
def pytest_load_initial_conftests(early_config: pytest.Config) -> Generator[None]:
    """Run around, and so before, the hook in which pytest-django loads the settings."""
    os.environ.setdefault("LOANBRIDGE_SECRET_KEY", "only-for-tests")
    worker = os.environ.get("PYTEST_XDIST_WORKER")
    if worker:
        os.environ["REDIS_URL"] = for_worker(os.environ["REDIS_URL"], worker)
    elif any(getattr(early_config.known_args_namespace, name, False) for name in LOOKING_ONLY):
        use_placeholders()
    else:
        start(early_config)
    return (yield)


def pytest_unconfigure(config: pytest.Config) -> None:
    """Stop what we started."""
    if servers := config.stash.get(SERVERS, None):
        servers.stop()


def start(config: pytest.Config) -> None:
    """Start the servers that the environment does not name and export their addresses."""
    given = "DATABASE_URL" in os.environ
    servers = LocalServers.for_one_run("test")
    try:
        servers.start()
    except LocalServerError as error:
        raise pytest.UsageError(str(error)) from error
    config.stash[SERVERS] = servers
    os.environ["REDIS_URL"] = servers.redis_url
    os.environ["DATABASE_URL"] = os.environ["DATABASE_OWNER_URL"] = servers.owner_database_url
    if not given:
        os.environ["DATABASE_APP_URL"] = servers.database_url


def use_placeholders() -> None:
    """Let the settings load although nothing will be asked of the servers."""
    os.environ.setdefault("DATABASE_URL", "postgresql://nobody@127.0.0.1:1/none")
    os.environ.setdefault("REDIS_URL", "redis://127.0.0.1:1/0")


def for_worker(url: str, worker: str) -> str:
    """The Redis database of worker `gw<n>`: n + 1 after the one in the address."""
    parts = urlsplit(url)
    database = int(parts.path.strip("/") or 0) + int(worker.removeprefix("gw")) + 1
    return urlunsplit(parts._replace(path=f"/{database}"))
