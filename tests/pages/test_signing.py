"""Signing the contract: every figure first, the borrower's word, and only once."""

from dataclasses import replace
from datetime import datetime
from typing import Any

import pytest

from borrowers.models import Borrower
from investors.models import Investor
from listings.models import Listing, Move
from listings.operations import move_listing
from listings.rounds.operations import close_round
from listings.states import ListingState
from marketplace.lib.money import Money
from tests.pages import scene
from tests.pages.conftest import SignedIn

pytestmark = pytest.mark.django_db


def test_signing(browser: SignedIn, bai: Borrower, ann: Investor, at: datetime) -> None:
    listing = scene.funded(bai, ann, at=at).listing
    client = browser(bai.user)
    facts = dict(client.get(f"/borrow/{listing.pk}/sign/").context["facts"])
    figures = ("Principal", "Origination fee", "Reserve contribution", "Paid out to your wallet", "First instalment")
    shown = [facts[name].minor for name in figures]
    assert shown == [50_000_00, -1_500_00, -500_00, 48_000_00, 4_430_75]
    unsigned = client.post(f"/borrow/{listing.pk}/sign/")
    assert (unsigned.status_code, scene.state_of(listing)) == (422, ListingState.FUNDED)
    assert "Tick the box to sign." in unsigned.text
    signed = client.post(f"/borrow/{listing.pk}/sign/", {"agrees": "on"}, follow=True)
    assert "Signed. Finance pays out next." in signed.text
    assert scene.state_of(listing) == ListingState.CONTRACTED


def test_a_partly_filled_round_is_signed_for_what_it_brought(
    browser: SignedIn, bai: Borrower, ann: Investor, at: datetime
) -> None:
    found = scene.opened(bai, at=at, terms=replace(scene.TERMS, accepts_from_minor=10_000_00))
    scene.bid(found, ann, 20_000_00, at=at)
    close_round(round_id=found.pk, at=found.closes_at)
    facts = dict(browser(bai.user).get(f"/borrow/{found.listing_id}/sign/").context["facts"])
    assert (facts["Principal"], facts["Paid out to your wallet"]) == (Money(20_000_00), Money(19_200_00))


def test_signing_twice_is_told_so(browser: SignedIn, bai: Borrower, ann: Investor, at: datetime) -> None:
    listing = scene.funded(bai, ann, at=at).listing
    client = browser(bai.user)
    for _ in range(2):
        page = client.post(f"/borrow/{listing.pk}/sign/", {"agrees": "on"}, follow=True)
    assert "This is done already." in page.text
    assert Move.objects.filter(listing=listing, name="sign_contract").count() == 1


def test_the_second_of_two_clicks_at_once(
    browser: SignedIn, bai: Borrower, ann: Investor, at: datetime, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Both saw the listing unsigned; the other one commits first."""
    listing = scene.funded(bai, ann, at=at).listing
    client = browser(bai.user)

    def after_the_other(**move: Any) -> Listing:
        move_listing(**move)
        return move_listing(**move)

    monkeypatch.setattr("borrowers.web.listing_pages.move_listing", after_the_other)
    page = client.post(f"/borrow/{listing.pk}/sign/", {"agrees": "on"}, follow=True)
    assert "This is done already." in page.text
    assert Move.objects.filter(listing=listing, name="sign_contract").count() == 1
