"""Finance records money from the bank: seen in figures, recorded once, refused when it makes no sense."""

from datetime import datetime
from uuid import uuid4

import pytest
from django.test import Client

from borrowers.models import Borrower
from escrow import chart
from escrow.models import Entry
from escrow.queries import balance
from escrow.verify import verify_ledger
from investors.models import Investor
from investors.queries import deposit_reference
from marketplace.accounts.roles import Role
from marketplace.lib.money import Money
from tests import cast
from tests.pages_staff.conftest import Desk

PAGE = "/escrow/receipts/new/"
pytestmark = pytest.mark.django_db


@pytest.fixture
def zoe(at: datetime, db: None) -> Investor:
    """An investor with nothing."""
    return cast.investor("Zoe", at=at)


@pytest.fixture
def finance(desk: Desk) -> Client:
    return desk(Role.FINANCE)


def filled(zoe: Investor, **changed: str) -> dict[str, str]:
    return {
        "account": chart.investor_cash(zoe.pk),
        "amount": "1,234.56",
        "bank_reference": "ICBC-77",
        "key": str(uuid4()),
        "confirmed": "yes",
    } | changed


def cash_of(zoe: Investor) -> int:
    return balance(chart.investor_cash(zoe.pk)).minor


def test_it_is_shown_first(finance: Client, zoe: Investor) -> None:
    response = finance.post(PAGE, filled(zoe, confirmed=""))
    facts = {str(name): value for name, value in response.context["facts"]}
    assert facts["Amount"] == facts["Holds afterwards"] == Money(1_234_56)
    assert (facts["Holds now"], cash_of(zoe)) == (Money(0), 0)


def test_recording(finance: Client, zoe: Investor) -> None:
    response = finance.post(PAGE, filled(zoe), follow=True)
    assert "The receipt is recorded." in response.text
    assert cash_of(zoe) == 1_234_56
    entry = Entry.objects.get(reference="bank:ICBC-77")
    assert (entry.kind, entry.actor_label) == ("bank_receipt", "finance")
    assert verify_ledger() == []


def test_a_double_click_records_once(finance: Client, zoe: Investor) -> None:
    sent = filled(zoe)
    finance.post(PAGE, sent)
    second = finance.post(PAGE, sent, follow=True)
    assert "had been recorded already; no money moved again" in second.text
    assert (cash_of(zoe), Entry.objects.count()) == (1_234_56, 1)


def test_the_same_form_with_other_figures_is_refused(finance: Client, zoe: Investor) -> None:
    sent = filled(zoe)
    finance.post(PAGE, sent)
    second = finance.post(PAGE, sent | {"amount": "9999"})
    assert second.status_code == 409
    assert "This was sent before with another" in second.text
    assert cash_of(zoe) == 1_234_56


def test_the_clients_reference_finds_the_wallet(finance: Client, zoe: Investor) -> None:
    reference = str(deposit_reference(zoe))
    finance.post(PAGE, filled(zoe, account=reference.lower()))
    assert cash_of(zoe) == 1_234_56


def test_the_banks_reference_used_before_is_pointed_out(finance: Client, zoe: Investor) -> None:
    finance.post(PAGE, filled(zoe))
    again = finance.post(PAGE, filled(zoe, confirmed=""))
    assert "A receipt with this bank reference is in the journal already" in again.text
    longer = finance.post(PAGE, filled(zoe, confirmed="", bank_reference="ICBC-7"))
    assert "in the journal already" not in longer.text


def test_borrowers_and_suspense_take_receipts_too(finance: Client, zoe: Investor, bai: Borrower) -> None:
    for code in (chart.borrower_cash(bai.pk), chart.SUSPENSE):
        finance.post(PAGE, filled(zoe, account=code))
        assert balance(code) == Money(1_234_56), code


WRONG = (
    ("amount", "-5", "At least CN¥0.01."),
    ("amount", "0", "At least CN¥0.01."),
    ("amount", "0.00", "At least CN¥0.01."),
    ("amount", "1.005", "At most 2 decimals."),
    ("amount", "1e5", "Enter a number"),
    ("amount", "NaN", "Enter a number"),
    ("amount", "twelve", "Enter a number"),
    ("amount", "10,000,000,000,000.01", "At most CN¥"),
    ("amount", "9" * 40, "Enter a number"),
    ("amount", "", "This field is required."),
    ("account", "investor:0:cash", "There is no account “investor:0:cash”."),
    ("account", "bank:escrow", "Money from the bank cannot go to this account."),
    ("account", "reserve:fund", "Money from the bank cannot go to this account."),
    ("account", "RF00I000001", "There is no account"),
    ("account", "\0", "Null characters are not allowed."),
    ("bank_reference", "   ", "This field is required."),
    ("bank_reference", "x" * 60, "at most 59 characters"),
    ("key", "", "open the page again"),
    ("key", "1", "open the page again"),
    ("value_date", "2020-01-01", "Unknown fields: value_date."),
)


@pytest.mark.parametrize(("field", "value", "answer"), WRONG)
def test_bad_input(finance: Client, zoe: Investor, field: str, value: str, answer: str) -> None:
    response = finance.post(PAGE, filled(zoe, **{field: value}))
    assert response.status_code == 422
    assert answer in response.text
    assert (cash_of(zoe), Entry.objects.count()) == (0, 0)


@pytest.mark.parametrize("content_type", ["application/json", "text/plain", "application/xml"])
def test_something_else_than_a_form(finance: Client, zoe: Investor, content_type: str) -> None:
    response = finance.post(PAGE, '{"amount": "1"}', content_type=content_type)
    assert response.status_code == 415
    assert "Please send this as a form" in response.text
    assert Entry.objects.count() == 0


def test_another_sites_form_is_refused(desk: Desk, finance: Client, zoe: Investor) -> None:
    strict = Client(enforce_csrf_checks=True)
    strict.cookies = finance.cookies
    assert strict.post(PAGE, filled(zoe)).status_code == 403
    assert cash_of(zoe) == 0


@pytest.mark.parametrize("role", sorted(set(Role) - {Role.FINANCE}))
def test_only_finance(desk: Desk, zoe: Investor, role: Role) -> None:
    assert desk(role).get(PAGE).status_code == 403
    assert desk(role).post(PAGE, filled(zoe)).status_code == 403
    assert cash_of(zoe) == 0
