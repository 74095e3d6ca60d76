"""Every command of docker-compose.yml starts, becomes healthy and stops when asked."""

import subprocess
import tempfile
import urllib.request
from collections.abc import Iterator
from pathlib import Path

import psycopg
import pytest
import redis
from redis.backoff import NoBackoff
from redis.retry import Retry

from marketplace.local_servers import LocalServers, accepts_connections, answers, free_port
from marketplace.local_servers.account import Account
from marketplace.local_servers.homes import LOCAL
from marketplace.local_servers.programs import POSTGRES, installed, programs_for

from .compose import SECRETS, services
from .containers import Containers

pytestmark = pytest.mark.faults


@pytest.fixture(scope="module")
def servers() -> Iterator[LocalServers]:
    with pytest.MonkeyPatch.context() as patch:
        for name in ("DATABASE_URL", "DATABASE_OWNER_URL", "REDIS_URL"):
            patch.delenv(name, raising=False)
        with LocalServers.for_one_run("compose") as servers:
            yield servers


@pytest.fixture(scope="module")
def containers(servers: LocalServers, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Containers]:
    containers = Containers(servers, tmp_path_factory.mktemp("containers"))
    yield containers
    containers.stop()


@pytest.fixture(scope="module")
def migrated(containers: Containers) -> Containers:
    """The application's services after their migration, as the file orders them."""
    containers.run("migrate")
    return containers


@pytest.mark.usefixtures("migrated")
def test_migrate_leaves_tables_that_the_application_may_use_but_not_change(servers: LocalServers) -> None:
    with psycopg.connect(servers.database_url, autocommit=True) as connection:
        assert connection.execute("SELECT count(*) > 0 FROM django_migrations").fetchone() == (True,)
        with pytest.raises(psycopg.errors.InsufficientPrivilege):
            connection.execute("DROP TABLE django_migrations")


def test_static_files_are_collected(containers: Containers) -> None:
    containers.run("static")
    assert (containers.scratch / "static/tabler/css/tabler.min.css").exists()


def test_web_answers_and_leaves_when_asked(migrated: Containers) -> None:
    port = free_port()
    web = migrated.start("web", {"tcp:port=8000:interface=0.0.0.0": f"tcp:port={port}:interface=127.0.0.1"})
    web.wait_until(lambda: answers(f"http://127.0.0.1:{port}/healthz"))
    assert migrated.is_healthy("web", {"127.0.0.1:8000": f"127.0.0.1:{port}"})
    with urllib.request.urlopen(f"http://127.0.0.1:{port}/", timeout=10) as page:
        assert page.status == 200
    assert web.stop() == 0
    assert not migrated.is_healthy("web", {"127.0.0.1:8000": f"127.0.0.1:{port}"})


def test_worker_answers_pings_and_leaves_when_asked(migrated: Containers) -> None:
    assert not migrated.is_healthy("worker", {})
    worker = migrated.start("worker", {})
    worker.wait_until(lambda: " ready." in worker.log.read_text())
    assert migrated.is_healthy("worker", {})
    assert worker.stop() == 0


def test_beat_keeps_its_schedule_and_leaves_when_asked(migrated: Containers) -> None:
    here = {"/tmp": str(migrated.scratch)}
    assert not migrated.is_healthy("beat", here)
    beat = migrated.start("beat", here)
    beat.wait_until(lambda: migrated.is_healthy("beat", here))
    beat.wait_until(lambda: "Sending due task" in beat.log.read_text())
    assert beat.stop() == 0


def test_redis_asks_for_the_password_and_keeps_nothing(containers: Containers) -> None:
    port = free_port()
    server = containers.start("redis", {"redis-server": str(installed().redis_server)}, "--port", str(port))
    server.wait_until(lambda: accepts_connections(port))
    with redis.Redis(port=port, password=SECRETS["REDIS_PASSWORD"]) as client:
        assert client.config_get("save") == {"save": ""}
        assert client.config_get("appendonly") == {"appendonly": "no"}
    with pytest.raises(redis.AuthenticationError), redis.Redis(port=port, retry=Retry(NoBackoff(), 0)) as client:
        client.ping()
    assert server.stop() == 0


def test_postgres_takes_its_options() -> None:
    account = Account.for_servers()
    options = services()["postgres"]["command"][1:]
    with tempfile.TemporaryDirectory(dir="/var/tmp") as folder:
        Path(folder).chmod(0o755)
        (Path(folder) / "postgresql.conf").touch()
        command = [programs_for(account, LOCAL).postgres, *options, "-D", folder, "-C", "shared_buffers"]
        done = subprocess.run(command, cwd="/", capture_output=True, text=True, check=False, **account.identity())
    assert done.stdout.strip() == "65536", done.stderr  # 512 MB in pages of 8 kB


def test_postgres_health_is_asked_with_a_program_that_exists(servers: LocalServers) -> None:
    program = str(installed().root / POSTGRES / "bin/pg_isready")
    port = servers.database_url.rsplit(":", 1)[1].split("/")[0]
    kind, _, *options = services()["postgres"]["healthcheck"]["test"]
    assert kind == "CMD"
    assert subprocess.run([program, *options, "-p", port], capture_output=True, check=False).returncode == 0
