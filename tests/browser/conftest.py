"""
Headless Chromium in front of the real site (see tests/live.py).

    def test_something(open_page: OpenPage, picture: Picture) -> None:
        page = open_page(user=ann.user, language="zh-hans", width=360, dark=True)
        page.goto("/listings/")                     # addresses of the site may be short
        picture(page, "listings-phone")             # docs/pictures/listings-phone.png, with SCREENSHOTS=1 only

Every page is a browser profile of its own. A script that fails, or something the Content-Security-Policy had to stop,
fails the test when it ends. Without Chromium the tests are skipped.
"""

import os
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, ConsoleMessage, Page, ViewportSize, sync_playwright

from marketplace.accounts.models import User
from tests.browser.company import Company
from tests.live import LiveSite

PICTURES = Path(__file__).resolve().parents[2] / "docs" / "pictures"
HEIGHTS = {360: 740, 1280: 860}
LOCALES = {"en": "en-GB", "zh-hans": "zh-CN"}


@pytest.fixture(scope="package")
def browser() -> Iterator[Browser]:
    """One Chromium for the tests of this folder; gone before others start event loops of their own."""
    program = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
    if program is None:
        pytest.skip("no Chromium on this machine (apt-get install chromium)")
    with pytest.MonkeyPatch.context() as patch, sync_playwright() as playwright:
        # Playwright keeps an event loop in this thread, in which the tests also use the ORM.
        patch.setenv("DJANGO_ALLOW_ASYNC_UNSAFE", "1")
        started = playwright.chromium.launch(
            executable_path=program, args=["--no-sandbox", "--disable-dev-shm-usage", "--disable-gpu"]
        )
        yield started
        started.close()


class OpenPage:
    """Opens pages in profiles of their own; call it."""

    def __init__(self, browser: Browser, site: LiveSite) -> None:
        self._browser, self._site = browser, site
        self.pages: list[Page] = []
        self.faults: list[str] = []

    def __call__(
        self, user: User | None = None, *, language: str = "en", width: int = 1280, dark: bool = False
    ) -> Page:
        """A blank page of somebody who is signed in (or a visitor), with this window width and language."""
        context = self._browser.new_context(
            base_url=self._site.url,
            viewport=ViewportSize(width=width, height=HEIGHTS.get(width, 860)),
            locale=LOCALES[language],
            timezone_id="Asia/Shanghai",
            color_scheme="dark" if dark else "light",
        )
        cookies = self._site.cookies(user, language=language)
        context.add_cookies([{"name": name, "value": value, "url": self._site.url} for name, value in cookies.items()])
        page = context.new_page()
        page.on("pageerror", lambda error: self.faults.append(str(error)))
        page.on("console", self._listen)
        self.pages.append(page)
        return page

    def _listen(self, message: ConsoleMessage) -> None:
        if message.type == "error" and "Content Security Policy" in message.text:
            self.faults.append(message.text)


@pytest.fixture
def open_page(browser: Browser, live_site: LiveSite) -> Iterator[OpenPage]:
    """Open pages at the site; each has its own cookies."""
    opened = OpenPage(browser, live_site)
    yield opened
    for page in opened.pages:
        page.context.close()
    assert opened.faults == []


class Picture:
    """Takes pictures for the documentation, when asked to; call it."""

    is_wanted = os.environ.get("SCREENSHOTS") == "1"

    def __call__(self, page: Page, name: str, *, full: bool = False) -> None:
        """Keep what the window shows (or the whole page) as docs/pictures/<name>.png."""
        if self.is_wanted:
            PICTURES.mkdir(parents=True, exist_ok=True)
            page.screenshot(path=PICTURES / f"{name}.png", full_page=full, animations="disabled")


@pytest.fixture
def picture() -> Picture:
    """Take a picture for the README."""
    return Picture()


@pytest.fixture
def company(open_page: OpenPage) -> Company:
    """Everybody a loan needs, each at a browser of their own."""
    return Company(open_page)
