"""The borrower pays at a page: figures first, the button once, clear words when it cannot be done."""

from datetime import date

import pytest
from django.test import Client

from loans.models import Loan, Receipt
from marketplace.accounts.roles import Role
from tests import cast
from tests.loans import lend
from tests.loans.pages.conftest import SetDay, SignedIn
from tests.loans.pages.reading import hidden, words

DUE, LATE = date(2026, 4, 2), date(2026, 5, 2)


@pytest.fixture
def bai_at(loan: Loan, browser: SignedIn) -> Client:
    """Bai at a browser."""
    return browser(loan.borrower.user)


def choose(client: Client, loan: Loan, **fields: str) -> dict[str, str]:
    """Fill in the form of the loan's page."""
    return {**hidden(client.get(f"/loans/{loan.pk}/")), **fields}


def confirm(client: Client, loan: Loan, **fields: str) -> dict[str, str]:
    """What the confirming page would send."""
    return hidden(client.post(f"/loans/{loan.pk}/pay/", choose(client, loan, **fields)))


def test_what_is_owed_is_shown_part_by_part_before_it_is_paid(loan: Loan, bai_at: Client, it_is: SetDay) -> None:
    it_is(LATE)
    page = bai_at.post(f"/loans/{loan.pk}/pay/", choose(bai_at, loan, choice="owed"))
    text = words(page)
    assert "Penalty for paying late CN¥24.38 Overdue interest CN¥100.00" in text
    assert "In all CN¥3,475.34 In your wallet now CN¥9,600.00 Left in your wallet CN¥6,124.66" in text
    assert "Still owed today afterwards CN¥0.00" in text
    assert not Receipt.objects.exists()


def test_confirming_pays(loan: Loan, bai_at: Client, it_is: SetDay) -> None:
    it_is(LATE)
    answer = bai_at.post(f"/loans/{loan.pk}/pay/", confirm(bai_at, loan, choice="owed"), follow=True)
    assert answer.redirect_chain == [(f"/loans/{loan.pk}/", 302)]
    assert "CN¥3,475.34 paid." in words(answer)
    assert lend.cash(loan.borrower) == 9_600_00 - 3_475_34


def test_the_next_instalment_ahead_of_its_day(loan: Loan, bai_at: Client, it_is: SetDay) -> None:
    it_is(date(2026, 3, 10))
    assert "The next instalment, due on April 2, 2026: CN¥1,725.48" in words(bai_at.get(f"/loans/{loan.pk}/"))
    page = bai_at.post(f"/loans/{loan.pk}/pay/", choose(bai_at, loan, choice="next"))
    assert "Ahead on the next instalment: interest CN¥100.00" in words(page)
    bai_at.post(f"/loans/{loan.pk}/pay/", hidden(page))
    assert Receipt.objects.get().amount_minor == 1_725_48


@pytest.mark.parametrize(("typed", "minor"), [("100", 100_00), ("1,000.50", 1_000_50), ("0.01", 1)])
def test_another_amount(loan: Loan, bai_at: Client, it_is: SetDay, typed: str, minor: int) -> None:
    it_is(DUE)
    bai_at.post(f"/loans/{loan.pk}/pay/", confirm(bai_at, loan, choice="other", amount=typed))
    assert Receipt.objects.get().amount_minor == minor


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ("", "Enter an amount."),
        ("much", "Enter a number, such as 1,000.50."),
        ("-5", "At least CN¥0.01."),
        ("0", "At least CN¥0.01."),
        ("1.005", "At most 2 decimals."),
        ("9" * 30, "Enter a number, such as 1,000.50."),
        ("3450.97", "At most CN¥3,450.96."),
    ],
)
def test_amounts_that_make_no_sense(loan: Loan, bai_at: Client, it_is: SetDay, typed: str, said: str) -> None:
    it_is(DUE)
    page = bai_at.post(f"/loans/{loan.pk}/pay/", choose(bai_at, loan, choice="other", amount=typed))
    assert page.status_code == 422
    assert said in words(page)
    assert not Receipt.objects.exists()


def test_a_double_click_pays_once(loan: Loan, bai_at: Client, it_is: SetDay) -> None:
    it_is(DUE)
    sent = confirm(bai_at, loan, choice="owed")
    for _click in range(2):
        assert bai_at.post(f"/loans/{loan.pk}/pay/", sent).status_code == 302
    assert Receipt.objects.count() == 1


def test_a_double_click_on_the_last_instalment(loan: Loan, bai_at: Client, it_is: SetDay) -> None:
    lend.pay_in(loan.borrower, 1_000_00, at=lend.noon(DUE))
    for month in range(4, 9):
        lend.pay(loan, 1_725_48, date(2026, month, 2))
    it_is(date(2026, 9, 2))
    sent = confirm(bai_at, loan, choice="owed")
    for _click in range(2):
        answer = bai_at.post(f"/loans/{loan.pk}/pay/", sent, follow=True)
        assert "CN¥1,725.51 paid." in words(answer)
    assert Receipt.objects.count() == 6


def test_a_wallet_that_is_short_is_told_by_how_much(loan: Loan, bai_at: Client, it_is: SetDay) -> None:
    it_is(date(2026, 9, 2))
    page = bai_at.post(f"/loans/{loan.pk}/pay/", choose(bai_at, loan, choice="owed"))
    assert page.status_code == 409
    text = words(page)
    assert "Your wallet is CN¥1,132.64 short of that. Bring it in first, or pay less. Nothing was paid." in text
    assert "How to bring money in" in text


def test_money_gone_between_the_two_clicks(loan: Loan, bai_at: Client, it_is: SetDay) -> None:
    it_is(date(2026, 9, 2))
    sent = confirm(bai_at, loan, choice="other", amount="9,000")
    lend.pay(loan, 9_000_00, date(2026, 9, 2))
    page = bai_at.post(f"/loans/{loan.pk}/pay/", sent)
    assert page.status_code == 409
    assert "At most 1,732.64 CNY can be paid today" in words(page)
    assert hidden(page)["key"] != sent["key"]


@pytest.mark.parametrize(
    "broken", [{"key": "mine"}, {"key": ""}, {"choice": "nothing"}, {"surplus": "field"}, {"choice": ""}]
)
def test_forms_that_are_not_ours(loan: Loan, bai_at: Client, it_is: SetDay, broken: dict[str, str]) -> None:
    it_is(DUE)
    page = bai_at.post(f"/loans/{loan.pk}/pay/", {**confirm(bai_at, loan, choice="owed"), **broken})
    assert page.status_code == 422
    assert not Receipt.objects.exists()


def test_something_else_than_a_form(loan: Loan, bai_at: Client) -> None:
    page = bai_at.post(f"/loans/{loan.pk}/pay/", "{}", content_type="application/json")
    assert page.status_code == 415


def test_who_may_pay(loan: Loan, browser: SignedIn) -> None:
    ann, cheng = loan.participations.order_by("pk")[0].investor, cast.borrower("Cheng", at=lend.noon(DUE))
    address = f"/loans/{loan.pk}/pay/"
    assert browser(ann.user).get(address).status_code == 403
    assert browser(cast.user("Fang", role=Role.FINANCE)).get(address).status_code == 403
    assert browser(cheng.user).get(address).status_code == 404
    assert Client().get(address).status_code == 302
