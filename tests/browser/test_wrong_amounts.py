"""Amounts that cannot be: each form says what is wrong beside the box, keeps what was typed, and moves nothing."""

import re
from datetime import timedelta

import pytest
from django.utils import timezone
from playwright.sync_api import expect

from escrow import chart
from escrow.models import Entry
from listings.models import Listing
from listings.rounds.models import Round
from loans.models import Receipt
from marketplace.accounts.roles import Role
from tests.browser.company import Company
from tests.browser.desks import local
from tests.browser.lending import TITLE
from tests.browser.person import Person

pytestmark = pytest.mark.browser

#: What somebody types, and what they are told.
NO_AMOUNTS = {
    "-5": "At least",
    "0": "At least",
    "0.001": "At most 2 decimals.",
    "1e5": "Enter a number, such as 1,000.50.",
    "12,50": "Enter a number, such as 1,000.50.",
    "twelve": "Enter a number, such as 1,000.50.",
    "99999999999999999999999": "Enter a number, such as 1,000.50.",
}


def check_refused(person: Person, *, label: str, button: str, told: dict[str, str]) -> None:
    """Type each text into the box and press; what is wrong is said beside it, and the text is still there."""
    for text, words in told.items():
        person.fill(label, text).press(button)
        expect(person.box(label)).to_have_attribute("aria-invalid", "true")
        expect(person.box(label)).to_have_accessible_description(re.compile(re.escape(words)))
        expect(person.box(label)).to_have_value(text)


def test_a_receipt(company: Company) -> None:
    finance = company.staff(Role.FINANCE).follow("Record a bank receipt")
    before = Entry.objects.count()
    finance.fill("Account or payment reference", chart.investor_cash(company.ann.pk))
    finance.fill("The bank's reference", "ICBC-0001")
    told = NO_AMOUNTS | {"10000000000.01": "At most CN¥10,000,000,000.00."}
    check_refused(finance, label="Amount", button="See what will be recorded", told=told)
    assert Entry.objects.count() == before


def test_an_application(company: Company) -> None:
    borrower = company.borrower().follow("New listing")
    borrower.fill("Title", "An oven").fill("Annual rate", "12").fill("Term in months", "6")
    told = NO_AMOUNTS | {"99": "At least CN¥", "99999999999": "At most CN¥"}
    check_refused(borrower, label="Amount", button="Save the draft", told=told)
    borrower.fill("Amount", "60,000")
    told = {"0": "At least 0.01%.", "36.01": "At most 36.00%.", "12.345": "At most 2 decimals."}
    check_refused(borrower, label="Annual rate", button="Save the draft", told=told)
    assert not Listing.objects.exists()


def test_a_round(company: Company) -> None:
    company.approved()
    oda = company.staff(Role.OPERATIONS).follow_row(TITLE).follow("Schedule a round")
    told = NO_AMOUNTS | {"7": "must divide the target"}
    check_refused(oda, label="Step", button="See what will happen", told=told)
    oda.fill("Step", "100").fill("Closes", local(timezone.now() - timedelta(days=1)))
    oda.press("See what will happen").sees("must be after the opening")
    assert not Round.objects.exists()


def test_a_payment(company: Company) -> None:
    company.lent()
    borrower = company.borrower().follow(TITLE).follow("Go to the loan").tick("Another amount")
    told = NO_AMOUNTS | {"10,352.91": "At most CN¥10,352.90."}
    check_refused(borrower, label="The other amount", button="See what it pays", told=told)
    borrower.fill("The other amount", "").press("See what it pays").sees("Enter an amount.")
    assert not Receipt.objects.exists()
