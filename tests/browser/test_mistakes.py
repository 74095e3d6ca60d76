"""What people do wrong at the front door and at the buttons that move money; each thing still happens once."""

import pytest
from playwright.sync_api import expect

from escrow import chart
from escrow.models import Entry
from escrow.queries import balance
from loans.models import Loan
from marketplace.accounts.roles import Role
from tests.browser.company import Company
from tests.browser.lending import TITLE
from tests.browser.person import Person

pytestmark = pytest.mark.browser


def receipt_form(company: Company, *, amount: str = "250.50") -> Person:
    """Finance has filled in a receipt for Ann and reads what will happen."""
    finance = company.staff(Role.FINANCE).follow("Record a bank receipt")
    finance.fill("Account or payment reference", chart.investor_cash(company.ann.pk))
    finance.fill("Amount", amount).fill("The bank's reference", "ICBC-0001")
    return finance.press("See what will be recorded")


def test_a_wrong_password_lets_nobody_in(company: Company) -> None:
    visitor = company.somebody().sign_in(company.ann.user, password="incorrect donkey")
    visitor.is_told("The email address and/or password you specified are not correct.")
    expect(visitor.page.get_by_role("link", name="Sign in")).to_be_visible()
    visitor.fill("Password", "correct horse battery staple").press("Sign In").is_at("My money")


def test_whoever_wanted_a_page_gets_there_after_signing_in(company: Company) -> None:
    visitor = company.somebody().start("/invest/wallet/").is_at("Sign In")
    visitor.fill("Email", company.ann.user.email).fill("Password", "correct horse battery staple")
    visitor.press("Sign In").is_at("Wallet")


def test_somebody_elses_page_says_so_and_shows_the_way_back(company: Company) -> None:
    borrower = company.borrower().start("/escrow/").is_at("This page is not for you")
    borrower.misses("CN¥")


def test_a_double_click_records_a_receipt_once(company: Company) -> None:
    finance = receipt_form(company)
    before = Entry.objects.count()
    finance.press_twice("Record it").is_told("The receipt is recorded.")
    assert Entry.objects.count() == before + 1
    assert balance(chart.investor_cash(company.ann.pk)).minor == 80_250_50


def test_going_back_and_recording_again_moves_nothing(company: Company) -> None:
    finance = receipt_form(company).press("Record it").is_told("The receipt is recorded.")
    finance.page.go_back()
    finance.press("Record it").is_told("This receipt had been recorded already; no money moved again.")
    assert balance(chart.investor_cash(company.ann.pk)).minor == 80_250_50


def test_the_same_receipt_typed_again_is_pointed_out(company: Company) -> None:
    receipt_form(company).press("Record it").is_told("The receipt is recorded.")
    receipt_form(company).is_told("A receipt with this bank reference is in the journal already.")
    assert balance(chart.investor_cash(company.ann.pk)).minor == 80_250_50


def ready_to_pay_out(finance: Person) -> Person:
    """Finance reads what paying out will do."""
    return finance.follow("Work queue").follow_row(TITLE).follow("Pay out").sees("This will happen")


def check_paid_out_once(company: Company) -> None:
    """One loan, and the money once in Bai's wallet."""
    assert Loan.objects.count() == 1
    assert balance(chart.borrower_cash(company.bai.pk)).minor == 57_600_00


def test_a_double_click_pays_a_loan_out_once(company: Company) -> None:
    company.contracted()
    finance = ready_to_pay_out(company.staff(Role.FINANCE))
    finance.press_twice("Pay out").is_told("CN¥57,600.00 went to Bai Ltd; the loan runs.")
    check_paid_out_once(company)


def test_going_back_shows_that_the_loan_is_paid_out(company: Company) -> None:
    company.contracted()
    finance = ready_to_pay_out(company.staff(Role.FINANCE))
    finance.press("Pay out").is_told("the loan runs")
    finance.page.go_back()
    finance.is_told("Nothing was changed. This is the listing as it is now.")
    expect(finance.button("Pay out")).to_have_count(0)
    check_paid_out_once(company)


def test_two_people_paying_out_the_same_loan_pay_it_once(company: Company) -> None:
    company.contracted()
    first, second = (ready_to_pay_out(each) for each in (company.staff(Role.FINANCE), company.another(Role.FINANCE)))
    first.press("Pay out").is_told("the loan runs")
    second.press("Pay out").is_told("Nothing was changed. This is the listing as it is now.")
    check_paid_out_once(company)


def test_a_page_left_open_does_not_decide_what_has_moved_on(company: Company) -> None:
    company.submitted()
    early, late = company.staff(Role.LOAN_OFFICER), company.another(Role.LOAN_OFFICER)
    for officer in (early, late):
        officer.follow_row(TITLE).press("Take in")
    early.press("Take in").is_told("Done")
    late.press("Take in").is_told("The listing has moved on to “Under investigation” since you opened the page.")
    expect(late.page.locator("[aria-current=step]")).to_contain_text("Under investigation")
