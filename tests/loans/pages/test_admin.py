"""The admin shows loans and all that belongs to them, and changes nothing."""

from datetime import date

import pytest
from django.test import Client

from loans.models import DistributionShare, Loan, Participation, Receipt, ScheduleVersion
from marketplace.accounts.models import User
from tests.loans import lend

MODELS = (Loan, Participation, Receipt, ScheduleVersion, DistributionShare)


@pytest.fixture
def admin(loan: Loan) -> Client:
    """Somebody whom the admin refuses nothing; one instalment was paid."""
    lend.pay(loan, 1_725_48, date(2026, 4, 2))
    client = Client()
    client.force_login(User.objects.create_superuser("root@loanbridge.test", "correct horse battery staple"))
    return client


@pytest.mark.parametrize("model", MODELS)
def test_lists_and_rows_open(admin: Client, model: type[Loan]) -> None:
    address = f"/admin/loans/{model._meta.model_name}/"
    row = model.objects.latest("pk")
    assert admin.get(address).status_code == 200
    assert admin.get(f"{address}{row.pk}/change/").status_code == 200


@pytest.mark.parametrize("model", MODELS)
def test_nothing_is_added_changed_or_deleted(admin: Client, model: type[Loan]) -> None:
    address = f"/admin/loans/{model._meta.model_name}/"
    row = model.objects.latest("pk")
    for path in ("add/", f"{row.pk}/delete/"):
        assert admin.get(address + path).status_code == 403
    assert admin.post(f"{address}{row.pk}/change/", {"state": "settled"}).status_code == 403
