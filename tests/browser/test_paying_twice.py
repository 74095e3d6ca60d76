"""The borrower's and the investor's own money: a double click and the back button pay once."""

import pytest
from playwright.sync_api import expect

from escrow import chart
from escrow.queries import balance
from loans.models import Receipt
from tests.browser import lending
from tests.browser.company import Company
from tests.browser.lending import TITLE
from tests.browser.person import Person

pytestmark = pytest.mark.browser


def about_to_pay(borrower: Person) -> Person:
    """Bai reads what the first instalment pays."""
    borrower.follow(TITLE).follow("Go to the loan").press("See what it pays")
    return borrower.sees("This is what you pay", "CN¥10,352.90")


def check_paid_once(company: Company) -> None:
    """One receipt, and the money left the wallet once."""
    assert [receipt.amount_minor for receipt in Receipt.objects.all()] == [10_352_90]
    assert balance(chart.borrower_cash(company.bai.pk)).minor == 57_600_00 - 10_352_90


def test_a_double_click_pays_an_instalment_once(company: Company) -> None:
    company.lent()
    about_to_pay(company.borrower()).press_twice("Pay now").is_told("CN¥10,352.90 paid.")
    check_paid_once(company)


def test_going_back_and_paying_again_pays_nothing(company: Company) -> None:
    company.lent()
    borrower = about_to_pay(company.borrower()).press("Pay now").is_told("CN¥10,352.90 paid.")
    borrower.page.go_back()
    borrower.press("Pay now").is_told("CN¥10,352.90 paid.")
    check_paid_once(company)


def test_a_room_left_open_refuses_what_is_sold(company: Company) -> None:
    found = company.opened()
    ann, ben = company.investor(company.ann), company.investor(company.ben)
    lending.enter_room(ann)
    lending.enter_room(ben)
    ben.fill("Amount", "50,000")
    ann.fill("Amount", "60,000").press("Bid CN¥60,000.00").sees("Full: the whole amount is together")
    expect(ben.live("state")).to_have_text("Full")
    expect(ben.page.locator("[data-part=submit]")).not_to_be_enabled()
    assert balance(chart.round_escrow(found.pk)).minor == 60_000_00
