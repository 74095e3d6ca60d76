"""A member of staff reviews and pays out: they are never a client of the same platform."""

from datetime import datetime

import pytest

from borrowers.models import Borrower, BorrowerKind
from borrowers.operations import open_borrower
from escrow.models import Account
from investors.models import Investor
from investors.operations import open_investor
from marketplace.accounts.operations import StaffAreNotClients
from marketplace.accounts.roles import Role
from tests import cast

pytestmark = pytest.mark.django_db


def test_staff_cannot_become_an_investor(now: datetime) -> None:
    officer = cast.user("Olga", role=Role.LOAN_OFFICER)
    accounts = Account.objects.count()

    with pytest.raises(StaffAreNotClients):
        open_investor(user=officer, at=now)

    assert not Investor.objects.exists()
    assert Account.objects.count() == accounts


def test_staff_cannot_become_a_borrower(now: datetime) -> None:
    officer = cast.user("Olga", role=Role.FINANCE)

    with pytest.raises(StaffAreNotClients):
        open_borrower(user=officer, legal_name="Olga", kind=BorrowerKind.PERSON, at=now)

    assert not Borrower.objects.exists()


def test_one_client_may_invest_and_borrow(now: datetime) -> None:
    client = cast.investor("Ann", at=now).user

    open_borrower(user=client, legal_name="Ann", kind=BorrowerKind.PERSON, at=now)

    assert client.roles == {Role.INVESTOR, Role.BORROWER}
