"""Somebody who has never been here: signs up, opens an account, brings money in, and finds it there."""

import pytest
from playwright.sync_api import expect

from marketplace.accounts.roles import Role
from tests.browser import desks
from tests.browser.company import Company
from tests.browser.person import Person

pytestmark = pytest.mark.browser


def newcomer(company: Company) -> Person:
    """Signed up a moment ago."""
    visitor = company.somebody().start("/").follow("Open an account").is_at("Sign Up")
    visitor.fill("Email", "dai@loanbridge.test")
    visitor.fill("Password", "over the bridge by noon").fill("Password (again)", "over the bridge by noon")
    return visitor.press("Sign Up").is_at("Welcome. What would you like to do?")


def test_from_signing_up_to_money_in_the_wallet(company: Company) -> None:
    dai = newcomer(company).press("Open an investor's account").is_at("My money")
    dai.is_told("Your investor's account is open.").sees("Your wallet is empty")
    reference = dai.follow("How to bring money in").figure("Reference (write it exactly so)")
    desks.record_receipt(company.staff(Role.FINANCE), account=reference, amount="1,500", reference="ICBC-0009")
    expect(dai.start("/dashboard/").tile("Free cash")).to_have_text("CN¥1,500.00")


def test_a_slip_in_the_reference_is_seen(company: Company) -> None:
    dai = newcomer(company).press("Open an investor's account")
    reference = dai.follow("How to bring money in").figure("Reference (write it exactly so)")
    slip = reference[:-1] + ("1" if reference[-1] != "1" else "2")
    finance = company.staff(Role.FINANCE).follow("Record a bank receipt")
    finance.fill("Account or payment reference", slip).fill("Amount", "1,500")
    finance.fill("The bank's reference", "ICBC-0009").press("See what will be recorded")
    finance.sees("There is no account").misses("This will be recorded")


def test_two_passwords_that_differ_open_no_account(company: Company) -> None:
    visitor = company.somebody().start("/").follow("Open an account")
    visitor.fill("Email", "dai@loanbridge.test").fill("Password", "over the bridge by noon")
    visitor.fill("Password (again)", "under the bridge by noon").press("Sign Up")
    visitor.is_at("Sign Up").sees("You must type the same password each time.")


def test_borrowing_starts_with_a_name(company: Company) -> None:
    dai = newcomer(company).follow("Open a borrower's account").is_at("Open a borrower's account")
    dai.fill("Legal name", "Dai Noodles Ltd").choose("Who is borrowing", "Company").press("Open the account")
    dai.is_at("My loans").is_told("Your borrower's account is open.").sees("You have no listing yet")
