"""What the two parties of a loan do at their browsers, step by step, and what they must see on the way."""

from playwright.sync_api import Page, expect

from tests.browser.person import Person

TITLE = "A second oven for the bakery"
STORY = "Mornings sell out by nine. The oven and a mixer pay for themselves within a year."


def write_listing(borrower: Person) -> None:
    """Fill in an application, watch its cost appear, and send it to review."""
    borrower.follow("New listing").is_at("New listing")
    borrower.fill("Title", TITLE).choose("Purpose", "Business").fill("What the money is for", STORY)
    borrower.fill("Amount", "60,000").fill("Annual rate", "12").fill("Term in months", "6")
    borrower.choose("Repayment", "Equal instalments")
    borrower.sees("CN¥57,600.00")  # what is paid out, worked out while typing
    borrower.press("Save and go on to sending").sees("Send to review", "CN¥10,352.90", "CN¥62,117.41")
    borrower.press("Send to review").is_told("Sent to review.")
    borrower.sees("It waits for a loan officer to take it in.")


def mark(page: Page) -> None:
    """Leave a mark in the page that any new loading would wipe off."""
    page.evaluate("window.leftHere = true")


def check_not_reloaded(page: Page) -> None:
    """The mark is still there."""
    assert page.evaluate("window.leftHere === true"), "the page was loaded again"


def watch_progress(borrower: Person) -> None:
    """Open the listing as investors see it and leave it open; it says that it is live."""
    borrower.follow(TITLE).follow("As investors see it").is_at(TITLE)
    expect(live(borrower, "connection")).to_have_attribute("data-mode", "live")
    mark(borrower.page)


def live(person: Person, name: str) -> object:
    """A figure that moves by itself."""
    return person.page.locator(f'[data-live="{name}"]')


def sign(borrower: Person) -> None:
    """Read the contract's figures, forget the tick, tick, sign."""
    borrower.follow("Sign the contract").sees("Sign the loan contract")
    figures = ("Principal", "Origination fee", "Paid out to your wallet", "First instalment", "You pay back in all")
    assert [borrower.figure(name) for name in figures] == [
        "CN¥60,000.00",
        "-CN¥1,800.00",
        "CN¥57,600.00",
        "CN¥10,352.90",
        "CN¥62,117.41",
    ]
    borrower.page.get_by_role("main").locator("form").evaluate("form => { form.noValidate = true }")
    borrower.press("Sign the contract").sees("Tick the box to sign.")
    borrower.tick("I have read these figures").press("Sign the contract").is_told("Signed. Finance pays out next.")
