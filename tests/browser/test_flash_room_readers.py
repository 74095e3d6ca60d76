"""The flash room for everybody: visitors, borrowers, staff; in Chinese, on a phone; and how it ends."""

from collections.abc import Callable
from datetime import timedelta

import pytest
from django.utils import timezone
from playwright.sync_api import Page, expect

from investors.models import Investor, InvestorStatus
from listings.models import Listing
from listings.rounds.models import Round
from listings.rounds.operations import cancel_listing, close_round, place_bid
from marketplace.accounts.models import User
from marketplace.accounts.roles import Role
from tests import cast
from tests.browser.conftest import OpenPage
from tests.browser.room import RoomPage
from tests.browser.test_every_page import LOOKS, Look, faults_of
from tests.rounds import stage

pytestmark = pytest.mark.browser
#: A listing and its reader, in the language of the page.
WORDS = {"en": ("A delivery van", "Ann"), "zh-hans": ("送货车", "安安")}


@pytest.fixture
def ann(transactional_db: None) -> Investor:
    return cast.investor("Ann", at=timezone.now(), cash_minor=5_000_00)


@pytest.fixture
def round_(transactional_db: None) -> Round:
    return stage.scheduled_round(at=timezone.now())


@pytest.fixture
def started(round_: Round, ann: Investor) -> Round:
    """Ann has 600.00 in it."""
    now = timezone.now()
    place_bid(round_id=round_.pk, bid=stage.bid(ann, 600_00, at=now), at=now)
    return round_


def suspended() -> User:
    someone = cast.investor("Sue", at=timezone.now())
    Investor.objects.filter(pk=someone.pk).update(status=InvestorStatus.SUSPENDED)
    return someone.user


READERS: dict[str, tuple[str, Callable[[Round], User | None]]] = {
    "visitor": ("Sign in to bid", lambda _round: None),
    "newcomer": ("Open an investor's account", lambda _round: cast.user("Noa")),
    "owner": ("This is your own listing", lambda round_: round_.listing.borrower.user),
    "suspended": ("may not bid at present", lambda _round: suspended()),
    "staff": ("staff do not bid", lambda _round: cast.user("Lin", role=Role.LOAN_OFFICER)),
}


@pytest.mark.parametrize("reader", READERS)
def test_who_cannot_bid_watches_and_is_told_what_to_do(open_page: OpenPage, started: Round, reader: str) -> None:
    words, somebody = READERS[reader]
    room = RoomPage(open_page(somebody(started)), started).enter()
    expect(room.page.get_by_role("main").get_by_text(words).first).to_be_visible()
    room.shows("remaining", "CN¥9,400.00")
    expect(room.submit).to_have_count(0)


def test_a_visitor_comes_back_after_signing_in(open_page: OpenPage, round_: Round, ann: Investor) -> None:
    page = RoomPage(open_page(), round_).enter().page
    page.get_by_role("link", name="Sign in to bid").click()
    page.get_by_label("Email").fill(ann.user.email)
    page.get_by_label("Password").fill(cast.PASSWORD)
    page.get_by_role("main").get_by_role("button", name="Sign In", exact=True).click()
    expect(page.locator("#amount")).to_be_visible()


@pytest.mark.parametrize("look", LOOKS, ids=str)
def test_nothing_is_wrong_while_it_moves(open_page: OpenPage, started: Round, ann: Investor, look: Look) -> None:
    title, name = WORDS[look.language]
    Listing.objects.filter(pk=started.listing_id).update(title=title)
    User.objects.filter(pk=ann.user_id).update(name=name)
    page = open_page(ann.user, language=look.language, width=look.width, dark=look.dark)
    room = RoomPage(page, started).enter()
    ben, now = cast.investor("Ben", at=timezone.now(), cash_minor=9_000_00), timezone.now()
    place_bid(round_id=started.pk, bid=stage.bid(ben, 5_300_00, at=now), at=now)
    room.shows("bids", "2")
    room.bid_is("accepted")
    page.fill("#amount", "150")
    assert faults_of(page, look) == []
    page.click('[data-part="all"]')
    assert faults_of(page, look) == []


def test_in_chinese(open_page: OpenPage, started: Round, ann: Investor) -> None:
    room = RoomPage(open_page(ann.user, language="zh-hans", width=360), started).enter()
    room.shows("remaining", "¥9,400.00")
    room.bid("100")
    expect(room.bids).to_have_count(2)
    room.bid_is("accepted")
    main = room.page.get_by_role("main").inner_text().replace("A delivery van", "").replace("LB-", "")
    assert not [word for word in main.split() if len(word) > 2 and word.isascii() and word.isalpha()]


def check_end(page: Page, title: str, *sentences: str) -> None:
    for words in (title, *sentences):
        expect(page.get_by_text(words).locator("visible=true").first).to_be_visible()
    expect(page.locator('[data-part="bidding"]')).to_be_hidden()


def test_it_fails_before_ones_eyes(open_page: OpenPage, started: Round, ann: Investor) -> None:
    room = RoomPage(open_page(ann.user), started).enter()
    close_round(round_id=started.pk, at=started.closes_at)
    check_end(room.page, "Closed short: too little came together", "CN¥600.00 came back")
    room.bid_is("returned")
    room.shows("state", "Closed short: bids returned")
    assert room.was_not_reloaded()


def test_it_is_cancelled_before_ones_eyes(open_page: OpenPage, started: Round) -> None:
    room = RoomPage(open_page(), started).enter()
    now = timezone.now()
    staff = cast.staff(Role.OPERATIONS)
    cancel_listing(listing_id=started.listing_id, by=staff, at=now, reason="A forged invoice.")
    check_end(room.page, "Cancelled", "Staff stopped this listing", "Every bid went home in full.")


def test_an_ended_room_can_be_read_later(open_page: OpenPage, ann: Investor) -> None:
    now = timezone.now()
    part = stage.scheduled_round(at=now, accepts_from_minor=500_00)
    place_bid(round_id=part.pk, bid=stage.bid(ann, 600_00, at=now), at=now)
    close_round(round_id=part.pk, at=part.closes_at + timedelta(seconds=1))
    room = RoomPage(open_page(ann.user), part).enter(mode="over")
    check_end(room.page, "Closed: the borrower takes what came together", "CN¥600.00 of this loan are yours.")
    room.bid_is("accepted")
