"""The page of a loan: each reader finds what is theirs, and nothing of others."""

from datetime import date

import pytest
from django.test import Client

from investors.models import Investor
from loans.models import Loan
from loans.queries import quote_settlement
from marketplace.accounts.roles import STAFF, Role
from tests import cast
from tests.loans import lend
from tests.loans.pages.conftest import SetDay, SignedIn
from tests.loans.pages.reading import words

DUE, LATE = date(2026, 4, 2), date(2026, 5, 2)


def read(browser: Client, loan: Loan) -> str:
    response = browser.get(f"/loans/{loan.pk}/")
    assert response.status_code == 200
    return words(response)


def test_the_borrower_reads_what_is_owed_part_by_part(loan: Loan, browser: SignedIn, it_is: SetDay) -> None:
    it_is(LATE)
    text = read(browser(loan.borrower.user), loan)
    assert "Owed today CN¥3,475.34 30 days past due" in text
    assert "Penalty for paying late CN¥24.38" in text
    assert "Overdue interest CN¥100.00 Overdue principal CN¥1,625.48" in text
    assert "Interest due CN¥83.75 Principal due CN¥1,641.73" in text
    assert "In your wallet CN¥9,600.00" in text
    assert "RF" in text


def test_the_schedule_says_what_was_paid_and_what_is_left(loan: Loan, browser: SignedIn, it_is: SetDay) -> None:
    lend.pay(loan, 1_725_48 + 100_00, DUE)
    it_is(LATE)
    text = read(browser(loan.borrower.user), loan)
    assert "1. April 2, 2026 CN¥1,625.48 CN¥100.00 CN¥1,725.48 CN¥1,725.48 CN¥0.00 Paid" in text
    assert "2. May 2, 2026 CN¥1,641.73 CN¥83.75 CN¥1,725.48 CN¥100.00 CN¥1,625.48 Due today" in text
    assert "3. June 2, 2026 CN¥1,658.15 CN¥67.33 CN¥1,725.48 CN¥0.00 CN¥1,725.48 To come" in text


def test_payments_say_where_each_fen_went(loan: Loan, browser: SignedIn, it_is: SetDay) -> None:
    lend.pay(loan, 1_000_00, LATE)
    it_is(LATE)
    text = read(browser(loan.borrower.user), loan)
    assert "May 2, 2026 Repayment 1 CN¥875.62 CN¥100.00 CN¥24.38 CN¥0.00 CN¥1,000.00" in text


def test_before_the_first_payment_it_says_so(loan: Loan, browser: SignedIn, ann: Investor) -> None:
    assert "Nothing has been paid yet." in read(browser(loan.borrower.user), loan)
    assert "The borrower has not paid anything yet." in read(browser(ann.user), loan)


def test_the_cost_with_fees_is_for_those_who_bear_it(loan: Loan, browser: SignedIn, ann: Investor) -> None:
    assert "12.00% 26.41% with fees (APR)" in read(browser(loan.borrower.user), loan)
    assert "12.00% less 5.00% of the interest" in read(browser(ann.user), loan)


def test_an_investor_reads_their_own_share_and_the_class(
    loan: Loan, browser: SignedIn, ann: Investor, it_is: SetDay
) -> None:
    lend.pay(loan, 1_725_48, DUE)
    it_is(date(2026, 6, 3))
    text = read(browser(ann.user), loan)
    assert "Lent CN¥6,000.00 Principal returned CN¥975.29 Still outstanding CN¥5,024.71" in text
    assert "Interest CN¥60.00 Service fee taken from it CN¥3.00" in text
    assert "April 2, 2026 Repayment CN¥975.29 CN¥60.00 CN¥3.00 CN¥1,032.29" in text
    assert "Running Special mention" in text


def test_an_investor_reads_nothing_of_others(loan: Loan, browser: SignedIn, ann: Investor, it_is: SetDay) -> None:
    lend.pay(loan, 1_725_48, DUE)
    it_is(DUE)
    text = read(browser(ann.user), loan)
    for others in ("Ben", "4,000.00", "650.19", "In your wallet", "Bai", "finance"):
        assert others not in text


@pytest.mark.parametrize("role", sorted(STAFF))
def test_staff_read_all_of_it(loan: Loan, browser: SignedIn, role: Role) -> None:
    text = read(browser(cast.user("Staff", role=role)), loan)
    for word in ("Bai Ltd", "Who holds it", "Payments", "finance The money was paid out."):
        assert word in text
    assert "In your wallet" not in text


def test_nobody_else_opens_it(loan: Loan, browser: SignedIn) -> None:
    zoe = cast.investor("Zoe", at=lend.noon(DUE))
    cheng = cast.borrower("Cheng", at=lend.noon(DUE))
    for stranger in (zoe.user, cheng.user):
        assert browser(stranger).get(f"/loans/{loan.pk}/").status_code == 404
    assert Client().get(f"/loans/{loan.pk}/").status_code == 302


def test_a_settled_loan_offers_no_payment(loan: Loan, browser: SignedIn, it_is: SetDay) -> None:
    lend.pay_in(loan.borrower, 1_000_00, at=lend.noon(DUE))
    lend.settle(loan, quote_settlement(loan, day=DUE).total_minor, DUE)
    it_is(DUE)
    text = read(browser(loan.borrower.user), loan)
    assert "Nothing is owed any more." in text
    assert "See what it pays" not in text
    assert "It was settled before its time." in text


def test_in_chinese(loan: Loan, browser: SignedIn) -> None:
    response = browser(loan.borrower.user).get(f"/loans/{loan.pk}/", headers={"Accept-Language": "zh-hans"})
    assert b'lang="zh-hans"' in response.content
    assert "¥9,600.00" in response.content.decode()
