"""The flash room as a person uses it."""

from playwright.sync_api import Locator, Page, expect

from listings.rounds.models import Round

PATIENCE_MS = 15_000


class RoomPage:
    """One reader's page of one room."""

    def __init__(self, page: Page, round_: Round) -> None:
        self.page, self.round = page, round_

    def enter(self, *, mode: str = "live") -> "RoomPage":
        """Go in and wait for the connection; the page is marked, so that a reload would be noticed."""
        self.page.goto(f"/rounds/{self.round.pk}/")
        self.is_in_mode(mode)
        self.page.evaluate("window.leftHere = true")
        return self

    def is_in_mode(self, mode: str) -> None:
        """Wait until the connection is said to be so."""
        expect(self.live("connection")).to_have_attribute("data-mode", mode, timeout=PATIENCE_MS)

    def live(self, name: str) -> Locator:
        """A figure that moves by itself."""
        return self.page.locator(f'[data-live="{name}"]').first

    def shows(self, name: str, text: str) -> None:
        """Wait until a live figure says this."""
        expect(self.live(name)).to_have_text(text, timeout=PATIENCE_MS)

    def bid(self, amount: str) -> None:
        """Type an amount and send it."""
        self.page.fill("#amount", amount)
        self.submit.click()

    @property
    def submit(self) -> Locator:
        """The button that sends a bid."""
        return self.page.locator('[data-part="submit"]')

    @property
    def bids(self) -> Locator:
        """My bids, latest first."""
        return self.page.locator("[data-bid-id]")

    def bid_is(self, state: str, *, at: int = 0) -> None:
        """Wait until one of my bids has this state."""
        expect(self.bids.nth(at)).to_have_attribute("data-state", state, timeout=PATIENCE_MS)

    def was_not_reloaded(self) -> bool:
        """Say whether the page is still the one that was entered."""
        return bool(self.page.evaluate("window.leftHere === true"))
