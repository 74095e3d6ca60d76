"""Staff read the loan book, narrow it, and see who holds a loan."""

from datetime import date, datetime

import pytest
from django.test import Client

from investors.models import Investor
from listings.models import Listing
from loans.models import Loan
from marketplace.accounts.roles import Role
from tests import cast
from tests.loans import lend
from tests.loans.pages.conftest import SetDay, SignedIn
from tests.loans.pages.reading import words


def read(browser: Client, query: str = "") -> str:
    response = browser.get(f"/loans/{query}")
    assert response.status_code == 200
    return words(response)


@pytest.fixture
def paid(loan: Loan, now: datetime) -> Loan:
    """Another loan of Bai's whose first instalment was paid."""
    dora = cast.investor("Dora", at=now, cash_minor=2_000_00)
    other = lend.running_loan([(dora, 2_000_00)], at=now, borrower=loan.borrower)
    lend.pay(other, 345_10, date(2026, 4, 2))
    return other


def test_a_loan_with_what_it_owes_and_its_class(loan: Loan, finance: Client, it_is: SetDay) -> None:
    it_is(date(2026, 5, 3))
    text = read(finance)
    assert f"{loan.reference} Ovens for the bakery Bai Ltd CN¥10,000.00 CN¥10,000.00 12.00%" in text
    assert "April 2, 2026 31 Special mention" in text


def test_totals_are_at_the_top(loan: Loan, paid: Loan, finance: Client) -> None:
    assert "Lent CN¥12,000.00 Principal outstanding CN¥11,674.90 Loans 2 Repaid in full 0" in read(finance)


@pytest.mark.parametrize(
    ("query", "day", "shown"),
    [
        ("?past_due=1", date(2026, 4, 2), set()),
        ("?past_due=1", date(2026, 4, 3), {"late"}),
        ("?past_due=on_time", date(2026, 4, 3), {"paid"}),
        ("?past_due=31", date(2026, 5, 2), set()),
        ("?past_due=31", date(2026, 5, 3), {"late"}),
        ("?past_due=1", date(2026, 5, 3), {"late", "paid"}),
        ("?past_due=nonsense", date(2026, 5, 3), {"late", "paid"}),
        ("?state=settled", date(2026, 5, 3), set()),
        ("?state=active", date(2026, 5, 3), {"late", "paid"}),
        ("?q=bai", date(2026, 5, 3), {"late", "paid"}),
        ("?q=Cheng", date(2026, 5, 3), set()),
    ],
)
def test_filters(
    loan: Loan, paid: Loan, finance: Client, it_is: SetDay, query: str, day: date, shown: set[str]
) -> None:
    it_is(day)
    text = read(finance, query)
    assert {name for name, one in (("late", loan), ("paid", paid)) if one.reference in text} == shown


def test_by_its_number(loan: Loan, paid: Loan, finance: Client) -> None:
    text = read(finance, f"?q={loan.reference}")
    assert loan.reference in text
    assert paid.reference not in text


def test_an_empty_book_says_what_fills_it(finance: Client) -> None:
    assert "A loan appears here as soon as finance pays a signed listing out." in read(finance)


def test_a_search_without_result_says_how_to_widen_it(loan: Loan, finance: Client) -> None:
    assert "No loan matches" in read(finance, "?q=nobody")


def test_holders_with_what_each_got(loan: Loan, finance: Client) -> None:
    lend.pay(loan, 1_725_48, date(2026, 4, 2))
    text = words(finance.get(f"/loans/{loan.pk}/holders/"))
    assert "2 investors lent CN¥10,000.00 together." in text
    assert "Ann CN¥6,000.00 CN¥975.29 CN¥5,024.71 CN¥60.00 CN¥3.00" in text
    assert "Ben CN¥4,000.00 CN¥650.19 CN¥3,349.81 CN¥40.00 CN¥2.00" in text


def test_many_holders_come_in_pages(now: datetime, finance: Client) -> None:
    many = [(cast.investor(f"I{n:02}", at=now, cash_minor=100_00), 100_00) for n in range(30)]
    loan = lend.running_loan(many, at=now)
    first, second = (words(finance.get(f"/loans/{loan.pk}/holders/?page={n}")) for n in (1, 2))
    assert ("I00" in first, "I29" in first, "I29" in second) == (True, False, True)


@pytest.mark.parametrize("path", ["", "1/holders/"])
def test_only_staff_read_the_book(loan: Loan, ann: Investor, browser: SignedIn, path: str) -> None:
    for stranger in (ann.user, loan.borrower.user):
        assert browser(stranger).get(f"/loans/{path}").status_code == 403


def test_the_address_of_a_pay_out_leads_to_its_page(listing: Listing, finance: Client, browser: SignedIn) -> None:
    answer = finance.get(f"/loans/pay-out/{listing.pk}/", follow=True)
    assert answer.redirect_chain == [(f"/staff/listings/{listing.pk}/pay-out/", 302)]
    assert "To the borrower CN¥9,600.00" in words(answer)
    officer = browser(cast.user("Lin", role=Role.LOAN_OFFICER))
    assert officer.get(f"/loans/pay-out/{listing.pk}/").status_code == 403


def test_the_address_of_a_pay_out_leads_to_the_loan_once_it_is_made(loan: Loan, finance: Client) -> None:
    answer = finance.get(f"/loans/pay-out/{loan.listing_id}/")
    assert (answer.status_code, answer.headers["Location"]) == (302, f"/loans/{loan.pk}/")
