"""
One loan from the borrower's first word to the investors' first interest, everybody at a browser of their own.

Nobody takes a short cut: they sign in by the form and go where links and buttons lead them. Only what beat and a
worker do is called from here.
"""

from datetime import timedelta

import pytest
from django.utils import timezone

from escrow.verify import verify_ledger
from listings.rounds.models import Round
from marketplace.accounts.roles import Role
from tests.browser import books, desks, lending
from tests.browser.company import Company

pytestmark = pytest.mark.browser


def test_life_of_a_loan(company: Company) -> None:
    company.comes_in_by_the_form = True
    lending.write_listing(company.borrower())
    desks.review(company)
    desks.schedule(company.staff(Role.OPERATIONS), opens_at=timezone.now() + timedelta(minutes=5))
    fund_it_live(company)
    lending.sign(company.borrower())
    desks.pay_out(company.staff(Role.FINANCE))
    repay_an_instalment(company)
    check_the_books(company)


def fund_it_live(company: Company) -> None:
    """Ann and Ben bid in the room while Bai watches a page that nobody touches."""
    bai, ann, ben = company.borrower(), company.investor(company.ann), company.investor(company.ben)
    lending.watch_progress(bai)
    desks.let_the_time_come(Round.objects.get())
    lending.check_progress(bai, state="Open", funded="CN¥0.00", percent="0", bids="0")
    for investor in (ann, ben):
        lending.enter_room(investor)
    lending.bid(ann, "40,000", shown="CN¥40,000.00")
    lending.check_progress(bai, state="Open", funded="CN¥40,000.00", percent="66", bids="1")
    lending.bid(ben, "30,000", shown="CN¥30,000.00")
    lending.check_progress(bai, state="Full", funded="CN¥60,000.00", percent="100", bids="2")
    ann.sees("Full: the whole amount is together", "All of it is yours.")
    ben.sees("Full: the whole amount is together", "CN¥20,000.00 of it: no more was left.")
    for investor in (ann, ben):
        lending.check_not_reloaded(investor.page)


def repay_an_instalment(company: Company) -> None:
    """The money comes through the bank and is shared out: interest less 5 % of it, in proportion."""
    reference = lending.payment_reference(company.borrower())
    desks.record_receipt(
        company.staff(Role.FINANCE), account=reference, amount="10,352.90", reference="ICBC-20261124-0007"
    )
    lending.pay_instalment(company.borrower())
    ann, ben = company.investor(company.ann), company.investor(company.ben)
    lending.check_received(ann, lent="CN¥40,000.00", outstanding="CN¥33,498.07", interest="CN¥380.00")
    lending.check_received(ben, lent="CN¥20,000.00", outstanding="CN¥16,749.03", interest="CN¥190.00")


def check_the_books(company: Company) -> None:
    """Finance sees the equation hold and every entry; the auditor sees the same and can do nothing."""
    books.check_overview(company.staff(Role.FINANCE))
    books.check_journal(company.staff(Role.FINANCE))
    books.check_auditor(company.staff(Role.AUDITOR))
    assert verify_ledger() == []
