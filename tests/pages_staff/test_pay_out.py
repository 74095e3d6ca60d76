"""Finance pays a signed listing out: figures first, once, to the fen."""

from datetime import datetime
from uuid import uuid4

import pytest
from django.test import Client

from borrowers.models import Borrower
from escrow import chart
from escrow.queries import balances
from escrow.verify import verify_ledger
from investors.models import Investor
from listings.models import Listing
from loans.models import Loan
from marketplace.accounts.roles import Role
from marketplace.lib.money import Money
from tests.pages import scene
from tests.pages_staff.conftest import Desk
from tests.pages_staff.files import again, contracted

pytestmark = pytest.mark.django_db


@pytest.fixture
def signed(bai: Borrower, ann: Investor, at: datetime) -> Listing:
    """50,000 brought together and signed for."""
    return contracted(scene.funded(bai, ann, at=at).listing, at=at)


def pay(client: Client, listing: Listing, **fields: str) -> int:
    data = {"key": str(uuid4()), "confirmed": "yes"} | fields
    return client.post(f"/staff/listings/{listing.pk}/pay-out/", data).status_code


def held(listing: Listing) -> list[int]:
    codes = [chart.borrower_cash(listing.borrower_id), chart.FEES_ORIGINATION, chart.RESERVE_FUND]
    found = balances(codes)
    return [found[code].minor for code in codes]


def test_the_figures_before_the_button(desk: Desk, signed: Listing) -> None:
    response = desk(Role.FINANCE).get(f"/staff/listings/{signed.pk}/pay-out/")
    facts = {str(name): value for name, value in response.context["facts"]}
    names = ("Brought together", "Origination fee", "To the risk reserve", "To the borrower", "First instalment")
    assert [facts[name] for name in names] == [
        Money(minor) for minor in (50_000_00, 1_500_00, 500_00, 48_000_00, 4_430_75)
    ]
    assert held(signed) == [0, 0, 0]


def test_paying_out(desk: Desk, signed: Listing) -> None:
    data = {"key": str(uuid4()), "confirmed": "yes"}
    response = desk(Role.FINANCE).post(f"/staff/listings/{signed.pk}/pay-out/", data, follow=True)
    assert "CN¥48,000.00 went to Bai Ltd; the loan runs." in response.text
    assert held(signed) == [48_000_00, 1_500_00, 500_00]
    assert f'href="/loans/{Loan.objects.get().pk}/"' in response.text
    assert "The plan of the loan as it was paid out on" in response.text
    assert verify_ledger() == []


def test_a_double_click_pays_once(desk: Desk, signed: Listing) -> None:
    key = str(uuid4())
    assert [pay(desk(Role.FINANCE), signed, key=key) for _ in range(2)] == [302, 302]
    assert (Loan.objects.count(), held(signed)) == (1, [48_000_00, 1_500_00, 500_00])


def test_a_second_tab_pays_nothing(desk: Desk, signed: Listing) -> None:
    assert [pay(desk(Role.FINANCE), signed) for _ in range(2)] == [302, 409]
    assert held(signed) == [48_000_00, 1_500_00, 500_00]


def test_nothing_happens_unconfirmed_or_with_a_broken_form(desk: Desk, signed: Listing) -> None:
    finance = desk(Role.FINANCE)
    assert pay(finance, signed, confirmed="") == 200
    for wrong in ({"key": ""}, {"key": "1"}, {"amount": "1"}):
        assert pay(finance, signed, **wrong) == 422, wrong
    assert (again(signed).state, held(signed)) == ("contracted", [0, 0, 0])


def test_before_the_signature(desk: Desk, bai: Borrower, ann: Investor, at: datetime) -> None:
    listing = scene.funded(bai, ann, at=at).listing
    assert pay(desk(Role.FINANCE), listing) == 409
    assert held(listing) == [0, 0, 0]


@pytest.mark.parametrize("role", sorted(set(Role) - {Role.FINANCE}))
def test_only_finance(desk: Desk, signed: Listing, role: Role) -> None:
    assert pay(desk(role), signed) == 403
    assert held(signed) == [0, 0, 0]
