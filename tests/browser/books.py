"""What finance and the auditor read once a loan is running."""

from playwright.sync_api import expect

from tests.browser.lending import TITLE
from tests.browser.person import Person

#: Latest first: what the journal must have, with the sum of each entry's transfers.
ENTRIES = (
    ("Repayment", "CN¥20,705.80"),
    ("Bank receipt", "CN¥10,352.90"),
    ("Loan paid out", "CN¥60,000.00"),
    ("Bid accepted", "CN¥20,000.00"),
    ("Bid accepted", "CN¥40,000.00"),
)


def check_overview(finance: Person) -> None:
    """Both sides agree, line by line, and the whole ledger can be proved at a press."""
    finance.follow("Escrow").sees("Both sides agree", "What we hold", "Whose it is")
    assert finance.figure("Client money at the custodian bank") == "CN¥140,352.90"
    assert finance.figure("Free money of an investor") == "CN¥80,322.90"
    assert finance.figure("Money of a borrower") == "CN¥57,600.00"
    assert finance.figure("Risk reserve") == "CN¥600.00"
    assert finance.figure("Platform income") == "CN¥1,830.00"
    finance.press("Verify the ledger").is_at("The ledger is right").misses("Broken")


def check_journal(finance: Person) -> None:
    """Every step of the loan's money is an entry."""
    finance.follow("Journal").is_at("Journal")
    rows = finance.page.locator("tbody tr")
    for at, (kind, total) in enumerate(ENTRIES):
        expect(rows.nth(at)).to_contain_text(kind)
        expect(rows.nth(at)).to_contain_text(total)
    finance.follow("Repayment").sees("Transfers", "Service fee", "CN¥30.00")


def check_auditor(auditor: Person) -> None:
    """The auditor reads everything; no button changes anything."""
    for link in ("Escrow", "Journal", "Work queue", "Loan book"):
        auditor.follow(link)
        check_changes_nothing(auditor)
    auditor.follow("Work queue").follow_row(TITLE)
    check_changes_nothing(auditor.sees("There is nothing for you to do here now."))


def check_changes_nothing(auditor: Person) -> None:
    """Whatever can be sent from this page only reads: it filters, or proves the ledger."""
    forms = auditor.page.get_by_role("main").locator('form[method="post"]')
    assert [form.get_attribute("action") for form in forms.all()] in ([], ["/escrow/verify/"])
    expect(auditor.page.get_by_role("link", name="Record a bank receipt")).to_have_count(0)
