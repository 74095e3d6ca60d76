"""Somebody at a browser: reads, fills in, presses. The only address they type is the one they start at."""

import re
from typing import Self

from playwright.sync_api import Locator, Page, expect

from marketplace.accounts.models import User
from tests import cast

#: The machine may be busy with other tests.
PATIENCE_MS = 15_000
expect.set_options(timeout=PATIENCE_MS)


class Person:
    """One person in front of one page."""

    def __init__(self, page: Page) -> None:
        self.page = page
        page.set_default_timeout(PATIENCE_MS)

    def start(self, path: str = "/") -> Self:
        """Open a start page."""
        self.page.goto(path)
        return self

    def sign_in(self, user: User, *, password: str = cast.PASSWORD) -> Self:
        """Come in by the front door: the button at the top, the form, and on to one's own page."""
        self.start("/").follow("Sign in")
        self.fill("Email", user.email).fill("Password", password)
        self.press("Sign In")
        return self

    def signed_in(self, user: User) -> Self:
        """Sign in, and be let in."""
        self.sign_in(user)
        expect(self.page.get_by_role("button", name=f"Account of {user.name}")).to_be_visible()
        return self

    def follow(self, words: str) -> Self:
        """Click the first link with these words."""
        self.page.get_by_role("link", name=words, exact=True).first.click()
        return self

    def follow_row(self, words: str) -> Self:
        """Click the link in the row of a table that has these words."""
        self.row(words).get_by_role("link").first.click()
        return self

    def press(self, words: str) -> Self:
        """Press the button with these words."""
        self.button(words).click()
        return self

    def press_twice(self, words: str) -> Self:
        """Press it as somebody does who is used to double clicks."""
        self.button(words).dblclick()
        return self

    def button(self, words: str) -> Locator:
        """The button with these words in the page itself, not in its frame."""
        return self.page.get_by_role("main").get_by_role("button", name=words, exact=True)

    def box(self, label: str) -> Locator:
        """The box whose label begins with these words."""
        return self.page.get_by_role("main").get_by_label(re.compile(rf"^\s*{re.escape(label)}(?!\w)")).first

    def fill(self, label: str, text: str) -> Self:
        """Type into the box with this label."""
        self.box(label).fill(text)
        return self

    def choose(self, label: str, option: str) -> Self:
        """Choose from the list with this label."""
        self.box(label).select_option(option)
        return self

    def tick(self, label: str) -> Self:
        """Tick the box, or take the choice, with this label."""
        self.box(label).check()
        return self

    def sees(self, *words: str) -> Self:
        """Find these words on the page, wait for them if need be."""
        for each in words:
            expect(self.page.get_by_role("main").get_by_text(each).first).to_be_visible()
        return self

    def misses(self, *words: str) -> Self:
        """Not find these words on the page."""
        for each in words:
            expect(self.page.get_by_role("main").get_by_text(each)).to_have_count(0)
        return self

    def is_at(self, heading: str) -> Self:
        """Stand on the page with this heading."""
        expect(self.page.get_by_role("heading", level=1)).to_have_text(heading)
        return self

    def is_told(self, words: str) -> Self:
        """Read this in a message or a refusal."""
        expect(self.page.locator(".alert").filter(has_text=words).first).to_be_visible()
        return self

    def figure(self, name: str) -> str:
        """The value beside a name, in the first list of figures that has it."""
        pair = self.page.locator(
            "dl > div", has=self.page.locator("dt", has_text=re.compile(rf"^\s*{re.escape(name)}\s*$"))
        )
        return pair.first.locator("dd").inner_text().strip()

    def tile(self, name: str) -> Locator:
        """The figure on the tile with this name."""
        tiles = self.page.locator(".lb-stat", has=self.page.locator(".lb-stat-label", has_text=name))
        return tiles.first.locator(".lb-stat-value")

    def live(self, name: str) -> Locator:
        """What moves by itself under this name."""
        return self.page.locator(f'[data-live="{name}"]')

    def row(self, words: str) -> Locator:
        """The first row of a table that has these words."""
        return self.page.get_by_role("row").filter(has_text=words).first
