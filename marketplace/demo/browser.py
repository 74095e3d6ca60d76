"""One person's browser: pages, cookies, forms."""

import re
from collections.abc import Mapping
from types import TracebackType
from typing import NamedTuple, Self
from urllib.parse import urlsplit

import httpx

from marketplace.demo.html_forms import find_form

TIMEOUT_SECONDS = 60.0
SIGN_IN = "/accounts/login/"
NOTHING: Mapping[str, str] = {}
TAGS = re.compile(r"<[^>]+>")
COMPLAINTS = re.compile(r'<(\w+)[^>]*class="[^"]*(?:alert|invalid-feedback)[^"]*"[^>]*>(.*?)</\1>', re.DOTALL)


class PageRefused(RuntimeError):
    """A page answered with an error, or a form was not taken; what it said is in the message."""


class Page(NamedTuple):
    """An answer: the path it came from and its HTML."""

    path: str
    html: str

    @property
    def complaints(self) -> str:
        """What the page says in alerts and beside boxes."""
        return " ".join(" ".join(TAGS.sub(" ", text).split()) for _tag, text in COMPLAINTS.findall(self.html))


class Browser:
    """Follows redirects and keeps cookies, as one signed-in person."""

    def __init__(self, site: str) -> None:
        self.client = httpx.Client(
            base_url=site, follow_redirects=True, timeout=TIMEOUT_SECONDS, headers={"Accept-Language": "en"}
        )

    def sign_in(self, *, email: str, password: str) -> None:
        """
        Fill in the sign-in form.

        :raises PageRefused: if it is not taken
        """
        page = self.send(self.get(SIGN_IN), SIGN_IN, {"login": email, "password": password})
        if page.path == SIGN_IN:
            raise PageRefused(f"{email} could not sign in: {page.complaints}")

    def get(self, path: str) -> Page:
        """
        Open a page.

        :raises PageRefused: if it answers with an error
        """
        return _page(self.client.get(path))

    def send(
        self,
        page: Page,
        target: str,
        fill: Mapping[str, str] = NOTHING,
        *,
        button: str | None = None,
        having: str | None = None,
    ) -> Page:
        """
        Fill in the page's form that leads to `target` and send it (see `find_form`).

        :raises NoSuchForm: if the page has no such form or field
        :raises PageRefused: if the answer is an error
        """
        form = find_form(page.html, page=page.path, target=target, having=having)
        # The page we come from, as browsers say it: Django checks it where there is TLS.
        came_from = {"Referer": str(self.client.base_url.join(page.path))}
        return _page(self.client.post(target, data=form.filled(fill, button=button), headers=came_from))

    def cookie(self, name: str) -> str:
        """The value of one of our cookies."""
        return self.client.cookies[name]

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.client.close()


def _page(response: httpx.Response) -> Page:
    page = Page(urlsplit(str(response.url)).path, response.text)
    if response.status_code >= 400:
        raise PageRefused(f"{response.request.method} {page.path}: {response.status_code} {page.complaints}")
    return page
