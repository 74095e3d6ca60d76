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


def watch_progress(borrower: Person) -> None:
    """Open the listing as investors see it and leave it open; it says that it is live."""
    borrower.follow(TITLE).follow("As investors see it").is_at(TITLE)
    expect(borrower.live("connection")).to_have_attribute("data-mode", "live")
    leave_a_mark(borrower.page)


def leave_a_mark(page: Page) -> None:
    """Leave something in the page that any new loading would wipe off."""
    page.evaluate("window.leftHere = true")


def check_not_reloaded(page: Page) -> None:
    """The mark is still there."""
    assert page.evaluate("window.leftHere === true"), "the page was loaded again"


def check_progress(borrower: Person, *, state: str, funded: str, percent: str, bids: str) -> None:
    """The page that was left open shows this by itself."""
    expect(borrower.live("funded")).to_have_text(funded)
    expect(borrower.live("percent")).to_have_text(percent)
    expect(borrower.live("bids")).to_have_text(bids)
    expect(borrower.live("state")).to_have_text(state)
    check_not_reloaded(borrower.page)


def enter_room(investor: Person) -> None:
    """From one's own money to the listing that takes bids, and into its room."""
    investor.follow("Find a listing").follow(TITLE).follow("Bid now")
    expect(investor.live("connection")).to_have_attribute("data-mode", "live")
    leave_a_mark(investor.page)


def bid(investor: Person, amount: str, *, shown: str) -> None:
    """Type an amount and press the button that repeats it."""
    investor.fill("Amount", amount).press(f"Bid {shown}")


def sign(borrower: Person) -> None:
    """Read the contract's figures, forget the tick, tick, sign."""
    borrower.follow("Sign the contract").sees("Sign the loan contract")
    names = ("Principal", "Origination fee", "Paid out to your wallet", "First instalment", "You pay back in all")
    figures = ["CN¥60,000.00", "-CN¥1,800.00", "CN¥57,600.00", "CN¥10,352.90", "CN¥62,117.41"]
    assert [borrower.figure(name) for name in names] == figures
    borrower.page.get_by_role("main").locator("form").evaluate("form => { form.noValidate = true }")
    borrower.press("Sign the contract").sees("Tick the box to sign.")
    borrower.tick("I have read these figures").press("Sign the contract").is_told("Signed. Finance pays out next.")


def payment_reference(borrower: Person) -> str:
    """What the borrower writes on a bank transfer."""
    return borrower.follow("Statement, and how to pay in").figure("Reference (write it exactly so)")


def pay_instalment(borrower: Person) -> None:
    """Look at the schedule, pay the first instalment ahead, and see it paid."""
    borrower.follow("Go to the loan")
    expect(borrower.row("1. Dec")).to_contain_text("CN¥10,352.90")
    borrower.press("See what it pays").sees("This is what you pay", "CN¥9,752.90", "CN¥600.00", "CN¥10,352.90")
    borrower.press("Pay now").is_told("CN¥10,352.90 paid. It is in the list of payments below.")
    expect(borrower.row("1. ")).to_contain_text("Paid")


def check_received(investor: Person, *, lent: str, outstanding: str, interest: str) -> None:
    """The investor's own page shows the share and what it has brought."""
    expect(investor.tile("Interest received")).to_have_text(interest)
    expect(investor.tile("Lent, outstanding")).to_have_text(outstanding)
    share = investor.row(TITLE)
    for figure in (lent, outstanding, interest, "12.00%"):
        expect(share).to_contain_text(figure)
