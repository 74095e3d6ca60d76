"""An investor's own pages: cash, bids, shares, statement, bringing money in."""

from datetime import datetime

import pytest

from borrowers.models import Borrower
from escrow.models import Transfer
from investors.models import Investor
from investors.web.portfolio import portfolio_of
from listings.rounds.operations import cancel_listing
from loans.operations import repay
from loans.queries import position_of
from marketplace.accounts.roles import Role
from marketplace.lib.money import Money
from marketplace.lib.payment_reference import Party, read_reference
from tests import cast
from tests.pages import scene
from tests.pages.conftest import SignedIn

pytestmark = pytest.mark.django_db

PAGES = ["/invest/", "/invest/wallet/", "/invest/bids/", "/invest/loans/", "/invest/deposit/"]


def test_with_nothing_every_page_says_what_to_do(browser: SignedIn, zoe: Investor) -> None:
    client = browser(zoe.user)
    texts = {address: client.get(address).text for address in PAGES}
    assert "Your wallet is empty" in texts["/invest/"]
    assert "You have not bid yet" in texts["/invest/"]
    assert "Nothing has moved yet" in texts["/invest/wallet/"]
    assert "You have not bid yet" in texts["/invest/bids/"]
    assert "You hold no share of a loan yet" in texts["/invest/loans/"]


def test_a_bid_moves_cash_behind_the_round(bai: Borrower, ann: Investor, at: datetime) -> None:
    found = scene.opened(bai, at=at)
    scene.bid(found, ann, 20_000_00, at=at)
    portfolio = portfolio_of(ann)
    assert (portfolio.cash, portfolio.on_bids) == (Money(80_000_00), Money(20_000_00))
    assert [(str(line.words), line.accepted) for line in portfolio.bids] == [("In the round", Money(20_000_00))]


def test_a_refused_bid_says_why(browser: SignedIn, bai: Borrower, ann: Investor, at: datetime) -> None:
    scene.bid(scene.opened(bai, at=at), ann, 150_50, at=at)
    page = browser(ann.user).get("/invest/bids/").text
    assert "Refused" in page
    assert "not a multiple of the step" in page


def test_a_cancelled_round_gives_the_money_back(bai: Borrower, ann: Investor, at: datetime) -> None:
    found = scene.funded(bai, ann, at=at)
    assert str(portfolio_of(ann).bids[0].words) == "Waiting for the pay-out"
    cancel_listing(listing_id=found.listing_id, by=cast.staff(Role.OPERATIONS), at=at, reason="duplicate")
    portfolio = portfolio_of(ann)
    assert (portfolio.cash, portfolio.on_bids) == (Money(100_000_00), Money(0))
    assert str(portfolio.bids[0].words) == "Money returned"


def test_a_paid_out_loan_becomes_a_share(browser: SignedIn, bai: Borrower, ann: Investor, at: datetime) -> None:
    scene.paid_out(scene.funded(bai, ann, at=at), at=at)
    portfolio = portfolio_of(ann)
    assert (portfolio.on_bids, portfolio.outstanding) == (Money(0), Money(50_000_00))
    assert [holding.lent for holding in portfolio.holdings] == [Money(50_000_00)]
    assert str(portfolio.bids[0].words) == "Lent"
    assert "Ovens for the bakery" in browser(ann.user).get("/invest/loans/").text


def test_interest_is_what_reached_the_wallet(bai: Borrower, ann: Investor, at: datetime) -> None:
    loan = scene.paid_out(scene.funded(bai, ann, at=at), at=at)
    due = position_of(loan, day=at.date())
    assert due.next_due_on is not None
    repay(
        loan_id=loan.pk,
        amount=Money(due.next_due_minor),
        day=due.next_due_on,
        by=bai.user.actor,
        at=at,
        idempotency_key="first",
    )
    portfolio = portfolio_of(ann)
    assert portfolio.interest == portfolio.holdings[0].interest
    assert portfolio.interest == Money(479_17 - 23_95)
    assert portfolio.outstanding == Money(50_000_00 - 3_951_58)


def test_the_statement_in_pages(browser: SignedIn, ann: Investor, at: datetime) -> None:
    for _ in range(26):
        cast.deposit(ann, 1_00, at=at)
    client = browser(ann.user)
    first, second = (client.get(f"/invest/wallet/?page={page}") for page in (1, 2))
    rows = [*first.context["page"].object_list, *second.context["page"].object_list]
    assert [row.balance_after_minor for row in rows] == [100_000_00 + n * 1_00 for n in range(26, -1, -1)]
    assert Transfer.objects.count() == len(rows)


def test_everybody_sees_their_own_money_only(
    browser: SignedIn, bai: Borrower, ann: Investor, zoe: Investor, at: datetime
) -> None:
    scene.bid(scene.opened(bai, at=at), ann, 20_000_00, at=at)
    client = browser(zoe.user)
    for address in PAGES:
        assert "20,000" not in client.get(address).text


def test_the_reference_leads_to_the_wallet(browser: SignedIn, ann: Investor) -> None:
    facts = dict(browser(ann.user).get("/invest/deposit/").context["facts"])
    assert read_reference(facts["Reference (write it exactly so)"]) == (Party.INVESTOR, ann.pk)
