"""People, money and the book: loaded once, found again."""

from datetime import datetime

import pytest
from django.contrib.auth import get_user
from django.contrib.sessions.backends.db import SessionStore
from django.http import HttpRequest

from escrow import chart
from escrow.queries import balance
from escrow.verify import verify_ledger
from listings.models import Listing
from listings.rounds.models import Bid, Round
from listings.states import ListingState
from marketplace.accounts.models import User
from marketplace.accounts.roles import STAFF, Role
from marketplace.demo.book import STANDING, load_book
from marketplace.demo.cast import load_cast
from marketplace.demo.roster import CLIENTS, COLLEAGUES, PASSWORD, email
from marketplace.demo.sessions import sign_in_all
from marketplace.demo.wallets import POOR_CASH_MINOR, POOR_EVERY, fill_wallets

pytestmark = pytest.mark.django_db


def test_there_is_one_of_every_role_who_can_sign_in(now: datetime) -> None:
    load_cast(investors=2, at=now)
    assert {person.role for person in COLLEAGUES} == STAFF
    for person in COLLEAGUES:
        user = User.objects.get(email=email(person.address))
        assert user.roles == {person.role.value}
        assert user.is_staff
        assert user.check_password(PASSWORD)


def test_the_people_are_found_again_and_more_may_come(now: datetime) -> None:
    before = load_cast(investors=3, at=now)
    after = load_cast(investors=5, at=now)
    assert [b.pk for b in after.borrowers] == [b.pk for b in before.borrowers]
    assert [i.pk for i in after.investors[:3]] == [i.pk for i in before.investors]
    assert User.objects.count() == len(COLLEAGUES) + len(CLIENTS) + 5
    assert all(i.user.roles == {Role.INVESTOR.value} for i in after.investors)


def test_wallets_are_filled_up_once(now: datetime) -> None:
    people = load_cast(investors=POOR_EVERY, at=now).investors
    assert fill_wallets(people, run="a", at=now) == POOR_EVERY
    assert fill_wallets(people, run="b", at=now) == 0
    assert balance(chart.investor_cash(people[-1].pk)).minor == POOR_CASH_MINOR
    assert balance(chart.investor_cash(people[0].pk)).minor > POOR_CASH_MINOR
    assert verify_ledger() == []


def test_a_minted_session_is_signed_in(now: datetime) -> None:
    (investor,) = load_cast(investors=1, at=now).investors
    request = HttpRequest()
    request.session = SessionStore(sign_in_all([investor], at=datetime.now(now.tzinfo))[investor.pk])
    assert get_user(request) == investor.user


@pytest.mark.django_db(transaction=True)
def test_the_book_is_loaded_once(now: datetime) -> None:
    cast = load_cast(investors=20, at=now)
    fill_wallets(cast.investors, run="a", at=now)
    assert load_book(cast.borrowers, cast.investors, at=now) == len(STANDING)
    assert sorted(Listing.objects.values_list("state", flat=True)) == sorted(STANDING)
    bids = Bid.objects.count()
    assert bids > 0
    assert load_book(cast.borrowers, cast.investors, at=now) == 0
    assert (Listing.objects.count(), Bid.objects.count()) == (len(STANDING), bids)


@pytest.mark.django_db(transaction=True)
def test_a_half_loaded_book_is_finished_and_later_moves_stay(now: datetime) -> None:
    cast = load_cast(investors=20, at=now)
    fill_wallets(cast.investors, run="a", at=now)
    load_book(cast.borrowers, cast.investors, at=now)
    approved = Listing.objects.get(state=ListingState.APPROVED)
    Listing.objects.filter(pk=approved.pk).update(state=ListingState.DRAFT)
    Listing.objects.filter(state=ListingState.SUBMITTED).update(state=ListingState.WITHDRAWN)
    assert load_book(cast.borrowers, cast.investors, at=now) == 1
    assert Listing.objects.get(pk=approved.pk).state == ListingState.APPROVED
    assert Listing.objects.filter(state=ListingState.WITHDRAWN).count() == STANDING.count(ListingState.SUBMITTED)
    assert Round.objects.count() == STANDING.count(ListingState.SCHEDULED) + STANDING.count(ListingState.OPEN)
