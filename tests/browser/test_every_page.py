"""Every page of every role: wide and narrow, English and Chinese, light and dark; nothing is broken, cut or mute."""

import re
from pathlib import Path
from typing import NamedTuple

import pytest
from django.urls import get_resolver
from playwright.sync_api import ConsoleMessage, Page, Response, expect

from tests.browser.conftest import OpenPage, Picture
from tests.browser.page_table import DESKS
from tests.browser.world import make_world

pytestmark = pytest.mark.browser

FAULTS = (Path(__file__).parent / "faults.js").read_text()
#: Addresses of ours that answer with something else than a page of their own.
NO_PAGES = frozenset(
    {
        "borrower_cost",
        "dashboard",
        "escrow_account_options",
        "escrow_statement_csv",
        "escrow_verify",
        "healthz",
        "investor_open",
        "loan_pay_out",
        "event_retry",
        "event_discard",
        "set_language",
    }
)


class Look(NamedTuple):
    """How a page is looked at."""

    language: str
    width: int
    dark: bool

    def __str__(self) -> str:
        return f"{self.language}-{self.width}-{'dark' if self.dark else 'light'}"


LOOKS = (
    Look("en", 1280, dark=False),
    Look("en", 360, dark=True),
    Look("zh-hans", 1280, dark=True),
    Look("zh-hans", 360, dark=False),
)


#: For the README: by look, desk and name of the address, the first page of that name.
PICTURES = {
    ("en-1280-light", "visitor", "home"): "home",
    ("en-1280-light", "visitor", "listing_page"): "listing",
    ("en-1280-light", "investor", "round_room"): "flash-room",
    ("en-360-dark", "investor", "round_room"): "flash-room-phone",
    ("en-1280-light", "investor", "investor_home"): "investor",
    ("zh-hans-1280-dark", "investor", "investor_home"): "investor-chinese",
    ("en-1280-light", "borrower", "loan_page"): "borrower-loan",
    ("en-1280-light", "loan officer", "listing_file"): "listing-file",
    ("en-1280-light", "finance", "escrow_overview"): "escrow",
}


@pytest.mark.parametrize("look", LOOKS, ids=str)
@pytest.mark.parametrize("names", [list(DESKS)[:3], list(DESKS)[3:5], list(DESKS)[5:]], ids="+".join)
def test_nothing_is_wrong_with_any_page(open_page: OpenPage, picture: Picture, names: list[str], look: Look) -> None:
    world = make_world(look.language)
    faults: list[str] = []
    wanted = dict(PICTURES)
    for desk in names:
        page = open_page(DESKS[desk].who(world), language=look.language, width=look.width, dark=look.dark)
        complaints = listen(page)
        for name, address in DESKS[desk].addresses(world):
            page.goto(address)
            settle(page)
            if kept_as := wanted.pop((str(look), desk, name), None):
                picture(page, kept_as)
            found = [*faults_of(page, look), *keyboard_faults(page), *complaints]
            faults += [f"{address}: {fault}" for fault in found]
            complaints.clear()
    assert not faults, "\n".join(faults)


def settle(page: Page) -> None:
    """Wait for the live connection where the page has one."""
    connection = page.locator("[data-live=connection]")
    if connection.count():
        expect(connection).to_have_attribute("data-mode", re.compile("live|over"))


def listen(page: Page) -> list[str]:
    """What the browser complains about from now on."""
    complaints: list[str] = []

    def hear(message: ConsoleMessage) -> None:
        if message.type in ("error", "warning"):
            complaints.append(message.text)

    def answered(response: Response) -> None:
        if response.status >= 400:
            complaints.append(f"{response.status} {response.url}")

    page.on("console", hear)
    page.on("response", answered)
    return complaints


def faults_of(page: Page, look: Look) -> list[str]:
    """What `faults.js` finds."""
    theme = "dark" if look.dark else "light"
    found: list[str] = page.evaluate(FAULTS, {"language": look.language, "theme": theme})
    return found


FOCUS = """() => {
  const { outlineStyle, outlineWidth, boxShadow } = getComputedStyle(document.activeElement);
  const { top, bottom, width } = document.activeElement.getBoundingClientRect();
  const isSeen = width > 0 && bottom > 0 && top < innerHeight;
  const isMarked = (outlineStyle !== "none" && parseFloat(outlineWidth) >= 2) || boxShadow !== "none";
  return [document.activeElement.className, isSeen && isMarked];
}"""


def keyboard_faults(page: Page) -> list[str]:
    """The first press of Tab offers the way past the navigation; where the focus is can be seen at every stop."""
    faults = []
    for stop in range(4):
        page.keyboard.press("Tab")
        name, is_seen = page.evaluate(FOCUS)
        if stop == 0 and name != "lb-skip":
            faults.append(f"the first stop is {name!r}")
        if not is_seen:
            faults.append(f"the focus is not to be seen at stop {stop}: {name!r}")
    return faults


def our_names() -> set[str]:
    """The names of our own addresses: not the admin's, the API's or the sign-in's."""
    names: set[str] = set()
    for part in get_resolver().url_patterns:
        if str(part.pattern) not in ("admin/", "api/", "accounts/"):
            names |= {name for name in pattern_names(part) if name}
    return names


def pattern_names(part: object) -> list[str]:
    """The names in a part of the address table."""
    below = getattr(part, "url_patterns", None)
    if below is None:
        return [getattr(part, "name", "")]
    return [name for each in below for name in pattern_names(each)]


def test_no_page_is_left_out() -> None:
    looked_at = {name for desk in DESKS.values() for name, _of in desk.pages}
    assert our_names() - looked_at - NO_PAGES == set()
    assert looked_at & NO_PAGES == set()
