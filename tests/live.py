"""
The real site for a test: Daphne in a process of its own, on this worker's test database, as the application's role.

    def test_something(live_site: LiveSite, ...) -> None:
        with live_site.socket(round_.pk, user=ann.user) as room:      # signed in, right origin and subprotocol
            room.hear("snapshot")
            room.say({"type": "ping"})
        live_site.http(ann.user).get("/api/rounds/1")                 # httpx, with session and CSRF token
        page.goto(live_site.url + "/listings/")                       # tests/browser

`live_site` is one process for the whole run, so start-up is paid once; it asks for `transactional_db`, because another
process sees only what is committed. `make_site(NAME="value")` starts one more with other settings, to be killed at
will. A traceback in the log of `live_site` fails the test; the log of a `make_site` is printed, so pytest shows it with
a failure.
"""

import os
import signal
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from urllib.parse import urlsplit, urlunsplit

import httpx
import pytest
from django.conf import settings
from django.core.management import call_command
from django.db import connection
from django.test import Client
from django.test.utils import override_settings

from marketplace.accounts.models import User
from marketplace.local_servers import Process, answers, free_port
from tests.live_socket import Room

#: Redis has 16 numbered databases; workers of xdist take the first ones, their sites the second half.
SITES_FROM_REDIS_DATABASE = 8
CSRF_TOKEN = "t" * 32


class LiveSite:
    """A Daphne process; every address it serves begins with `url`."""

    def __init__(self, home: Path, *, env: dict[str, str]) -> None:
        self.port = free_port()
        self.url = f"http://127.0.0.1:{self.port}"
        command = [sys.executable, "-m", "daphne", "-b", "127.0.0.1", "-p", str(self.port), "asgi:application"]
        self._process = Process("site", command, home=home, env={**os.environ, **env})
        self.log: Path = self._process.log

    def start(self) -> None:
        """Start it, or start it again at the same address, and wait until it answers."""
        self._process.start()
        self._process.wait_until(lambda: answers(f"{self.url}/healthz"), timeout=30)

    def stop(self) -> None:
        """Stop it the polite way."""
        self._process.stop()

    def kill(self) -> None:
        """Stop it as a power cut would."""
        if self._process.pid:
            os.kill(self._process.pid, signal.SIGKILL)
        self._process.stop()

    def cookies(self, user: User | None, *, language: str = "en") -> dict[str, str]:
        """What the browser of somebody signed in sends; None for a visitor."""
        cookies = {settings.LANGUAGE_COOKIE_NAME: language, settings.CSRF_COOKIE_NAME: CSRF_TOKEN}
        if user is not None:
            client = Client()
            client.force_login(user, backend=settings.AUTHENTICATION_BACKENDS[0])
            cookies[settings.SESSION_COOKIE_NAME] = client.cookies[settings.SESSION_COOKIE_NAME].value
        return cookies

    def http(self, user: User | None = None, *, language: str = "en") -> httpx.Client:
        """A browser without pictures; its CSRF token is in place."""
        headers = {"X-CSRFToken": CSRF_TOKEN}
        return httpx.Client(base_url=self.url, cookies=self.cookies(user, language=language), headers=headers)

    def socket(self, round_id: int, *, user: User | None = None, language: str = "en") -> Room:
        """A WebSocket into a round's room, to be used with `with`."""
        return Room(self.url, round_id, cookies=self.cookies(user, language=language))


@pytest.fixture(scope="session")
def site_settings(django_db_setup: None, tmp_path_factory: pytest.TempPathFactory) -> dict[str, str]:
    """The environment of this worker's sites."""
    static = tmp_path_factory.mktemp("static")
    with override_settings(STATIC_ROOT=static):
        call_command("collectstatic", interactive=False, link=True, verbosity=0)
    owner = os.environ["DATABASE_URL"]
    redis = urlsplit(settings.REDIS_URL)
    database = int(redis.path.strip("/") or 0) + SITES_FROM_REDIS_DATABASE
    return {
        "DATABASE_URL": _named(os.environ.get("DATABASE_APP_URL", owner), connection.settings_dict["NAME"]),
        "REDIS_URL": _named(settings.REDIS_URL, str(database % 16)),
        "LOANBRIDGE_SECRET_KEY": settings.SECRET_KEY,
        "LOANBRIDGE_DEBUG": "0",
        "LOANBRIDGE_STATIC_ROOT": str(static),
    }


def _named(url: str, path: str) -> str:
    return urlunsplit(urlsplit(url)._replace(path=f"/{path}"))


@pytest.fixture(scope="session")
def _one_site(site_settings: dict[str, str], tmp_path_factory: pytest.TempPathFactory) -> Iterator[LiveSite]:
    site = LiveSite(tmp_path_factory.mktemp("site"), env=site_settings)
    yield site
    site.stop()


@pytest.fixture
def live_site(transactional_db: None, _one_site: LiveSite) -> Iterator[LiveSite]:
    """The run's site; started for the first test, and again after one that stopped it."""
    if not answers(f"{_one_site.url}/healthz"):
        _one_site.stop()
        _one_site.start()
    logged = len(_one_site.log.read_text())
    yield _one_site
    log = _one_site.log.read_text()[logged:]
    # Django logs a page that is refused to somebody's role with its traceback: that is no fault.
    refused = log.count("\ndjango.core.exceptions.PermissionDenied")
    assert log.count("Traceback") == refused, log


@pytest.fixture
def make_site(
    transactional_db: None, site_settings: dict[str, str], tmp_path: Path
) -> Iterator[Callable[..., LiveSite]]:
    """Start a site of this test's own, with settings of its own: `make_site(LOANBRIDGE_MESSAGES_PER_SECOND="2")`."""
    made: list[LiveSite] = []

    def make(**env: str) -> LiveSite:
        site = LiveSite(tmp_path / f"site{len(made)}", env={**site_settings, **env})
        made.append(site)
        site.start()
        return site

    yield make
    for site in made:
        site.stop()
        print(site.log.read_text())  # noqa: T201
