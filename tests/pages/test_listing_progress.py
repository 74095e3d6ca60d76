"""A listing's round and plan as everybody sees them."""

import re
from datetime import datetime, timedelta

import pytest
from django.test import Client

from borrowers.models import Borrower
from investors.models import Investor
from listings.operations import move_listing
from listings.rounds.operations import cancel_listing
from marketplace.accounts.roles import Role
from tests import cast
from tests.pages import scene
from tests.pages.conftest import SignedIn

pytestmark = pytest.mark.django_db


def test_a_live_round_carries_what_the_script_needs(client: Client, bai: Borrower, ann: Investor, at: datetime) -> None:
    found = scene.opened(bai, at=at)
    scene.bid(found, ann, 20_000_00, at=at)
    page = client.get(f"/listings/{found.listing_id}/").text
    assert f'data-live-round="{found.pk}"' in page
    assert 'data-state="open"' in page
    assert f'data-sequence="{found.last_sequence}"' in page
    assert re.search(r'<progress data-live="bar"\s+max="5000000"\s+value="2000000"', page)
    assert "listings/live-progress.js" in page
    assert page.count("<template data-state-words=") == 6


def test_a_round_that_is_over_asks_for_nothing(client: Client, bai: Borrower, ann: Investor, at: datetime) -> None:
    found = scene.funded(bai, ann, at=at)
    page = client.get(f"/listings/{found.listing_id}/").text
    assert "data-live-round" not in page
    assert "Full" in page


def test_a_paid_out_listing_stays_readable(client: Client, bai: Borrower, ann: Investor, at: datetime) -> None:
    found = scene.funded(bai, ann, at=at)
    move_listing(listing_id=found.listing_id, move="sign_contract", by=bai.user.actor, at=at)
    assert "Contract signed" in client.get(f"/listings/{found.listing_id}/").text


def test_a_paid_out_listing_shows_the_plan_of_its_loan(
    client: Client, browser: SignedIn, bai: Borrower, ann: Investor, at: datetime
) -> None:
    found = scene.funded(bai, ann, at=at)
    loan = scene.paid_out(found, at=at - timedelta(days=40))
    view = client.get(f"/listings/{found.listing_id}/").context["view"]
    assert (view.paid_out_on, view.loan) == (loan.disbursed_on, None)
    assert view.preview.first_due_on < at.date()
    for reader in (ann, bai):
        assert browser(reader.user).get(f"/listings/{found.listing_id}/").context["view"].loan == loan


def test_no_repayment_plan_where_there_will_be_no_loan(client: Client, bai: Borrower, at: datetime) -> None:
    found = scene.opened(bai, at=at)
    cancel_listing(listing_id=found.listing_id, by=cast.staff(Role.OPERATIONS), at=at, reason="duplicate")
    assert client.get(f"/listings/{found.listing_id}/").context["view"].preview is None
