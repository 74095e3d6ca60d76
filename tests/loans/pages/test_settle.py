"""Repaying everything: the quote, the button below it, and words for what has changed in between."""

from datetime import date

import pytest
from django.test import Client

from loans.models import Loan, LoanState, Receipt
from tests.loans import lend
from tests.loans.pages.conftest import SetDay, SignedIn
from tests.loans.pages.reading import hidden, words

DAY = date(2026, 4, 12)


@pytest.fixture
def bai_at(loan: Loan, browser: SignedIn, it_is: SetDay) -> Client:
    """Bai at a browser with enough money, the first instalment paid, ten days later."""
    lend.pay(loan, 1_725_48, date(2026, 4, 2))
    lend.pay_in(loan.borrower, 5_000_00, at=lend.noon(DAY))
    it_is(DAY)
    return browser(loan.borrower.user)


def address(loan: Loan) -> str:
    return f"/loans/{loan.pk}/settle/"


def test_the_quote_in_figures(loan: Loan, bai_at: Client) -> None:
    text = words(bai_at.get(address(loan)))
    assert "Owed today CN¥0.00 Principal not due yet CN¥8,374.52 Interest up to today CN¥27.92" in text
    assert "Fee for settling early CN¥83.75 In all CN¥8,486.19 By the schedule it would be CN¥8,627.43" in text
    assert "In your wallet now CN¥12,874.52 Quote good for April 12, 2026" in text
    assert not Receipt.objects.filter(kind="settlement").exists()


def test_agreeing_settles(loan: Loan, bai_at: Client) -> None:
    answer = bai_at.post(address(loan), hidden(bai_at.get(address(loan))), follow=True)
    assert "CN¥8,486.19 paid: the loan is repaid in full." in words(answer)
    assert Loan.objects.get(pk=loan.pk).state == LoanState.SETTLED


def test_a_double_click_settles_once(loan: Loan, bai_at: Client) -> None:
    sent = hidden(bai_at.get(address(loan)))
    for _click in range(2):
        answer = bai_at.post(address(loan), sent, follow=True)
        assert "CN¥8,486.19 paid" in words(answer)
    assert lend.cash(loan.borrower) == 12_874_52 - 8_486_19


def test_a_quote_of_yesterday_is_shown_anew(loan: Loan, bai_at: Client, it_is: SetDay) -> None:
    sent = hidden(bai_at.get(address(loan)))
    it_is(date(2026, 4, 13))
    page = bai_at.post(address(loan), sent)
    assert page.status_code == 409
    text = words(page)
    assert "Settling today takes 8,488.98 CNY; please look at the new quote. Nothing was paid." in text
    assert hidden(page)["total_minor"] == "848898"
    assert Loan.objects.get(pk=loan.pk).state == LoanState.ACTIVE


def test_without_enough_money_there_is_no_button(loan: Loan, browser: SignedIn) -> None:
    page = browser(loan.borrower.user).get(address(loan))
    text = words(page)
    assert "Your wallet is CN¥500.00 short of it." in text
    assert "Repay everything now" not in text


def test_a_forged_total_is_refused(loan: Loan, bai_at: Client) -> None:
    sent = {**hidden(bai_at.get(address(loan))), "total_minor": "1"}
    assert bai_at.post(address(loan), sent).status_code == 409
    assert Loan.objects.get(pk=loan.pk).state == LoanState.ACTIVE


@pytest.mark.parametrize("broken", [{"total_minor": "all"}, {"total_minor": "-1"}, {"key": "mine"}, {"more": "1"}])
def test_forms_that_are_not_ours(loan: Loan, bai_at: Client, broken: dict[str, str]) -> None:
    sent = {**hidden(bai_at.get(address(loan))), **broken}
    assert bai_at.post(address(loan), sent).status_code == 422
    assert Loan.objects.get(pk=loan.pk).state == LoanState.ACTIVE


def test_a_settled_loan_leads_back_to_its_page(loan: Loan, bai_at: Client) -> None:
    bai_at.post(address(loan), hidden(bai_at.get(address(loan))))
    for path in (address(loan), f"/loans/{loan.pk}/pay/"):
        answer = bai_at.get(path, follow=True)
        assert "This loan is repaid; nothing is owed on it any more." in words(answer)
