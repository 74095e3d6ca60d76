"""The flash room: figures move by themselves, and every bid is answered."""

from datetime import timedelta

import pytest
from django.utils import timezone
from playwright.sync_api import expect

from investors.models import Investor
from listings.rounds.models import Bid, Round
from tests import cast
from tests.browser.conftest import OpenPage
from tests.browser.room import RoomPage
from tests.live import LiveSite
from tests.rounds import stage

pytestmark = pytest.mark.browser


@pytest.fixture
def ann(transactional_db: None) -> Investor:
    return cast.investor("Ann", at=timezone.now(), cash_minor=5_000_00)


@pytest.fixture
def ben(transactional_db: None) -> Investor:
    return cast.investor("Ben", at=timezone.now(), cash_minor=50_000_00)


@pytest.fixture
def room(open_page: OpenPage, transactional_db: None, ann: Investor) -> RoomPage:
    """Ann in an open room of 10,000.00, connected."""
    round_: Round = stage.scheduled_round(at=timezone.now())
    return RoomPage(open_page(ann.user), round_).enter()


def test_figures_move_when_somebody_else_bids(room: RoomPage, live_site: LiveSite, ben: Investor) -> None:
    room.shows("remaining", "CN¥10,000.00")
    with live_site.socket(room.round.pk, user=ben.user) as other:
        other.bid(stage.client_id(), 3_000_00)
        room.shows("remaining", "CN¥7,000.00")
        other.bid(stage.client_id(), 200_00)
        room.shows("remaining", "CN¥6,800.00")
    room.shows("funded", "CN¥3,200.00")
    room.shows("bids", "2")
    room.shows("state", "Open")
    assert room.live("bar").evaluate("bar => bar.value") == 3_200_00
    assert room.was_not_reloaded()


def test_a_bid_is_accepted(room: RoomPage, ann: Investor) -> None:
    room.bid("1,000")
    room.bid_is("accepted")
    room.shows("cash", "CN¥4,000.00")
    room.shows("remaining", "CN¥9,000.00")
    assert Bid.objects.get().accepted_minor == 1_000_00
    assert stage.cash(ann) == 4_000_00


def test_a_double_click_is_one_bid(room: RoomPage) -> None:
    room.page.fill("#amount", "500")
    room.submit.dblclick()
    room.submit.click(force=True)
    room.page.keyboard.press("Enter")
    room.bid_is("accepted")
    expect(room.submit).to_have_text("Bid CN¥500.00")
    expect(room.bids).to_have_count(1)
    assert Bid.objects.count() == 1


@pytest.mark.parametrize(
    ("typed", "problem"),
    [
        ("50", "The smallest bid is CN¥100.00."),
        ("150", "Bids go in steps of CN¥100.00."),
        ("100.005", "Enter an amount, such as 1,000."),
        ("-100", "Enter an amount, such as 1,000."),
        ("1e5", "Enter an amount, such as 1,000."),
        ("6000", "That is more than your free money."),
    ],
)
def test_an_amount_that_will_not_do_is_explained_and_not_sent(room: RoomPage, typed: str, problem: str) -> None:
    room.page.fill("#amount", typed)
    room.shows("problem", problem)
    expect(room.submit).to_be_disabled()
    room.page.keyboard.press("Enter")
    room.page.wait_for_timeout(200)
    assert Bid.objects.count() == 0


def test_amounts_are_one_tap_away(room: RoomPage, live_site: LiveSite, ben: Investor) -> None:
    room.page.click('[data-amount="50000"]')
    expect(room.submit).to_have_text("Bid CN¥500.00")
    room.shows("after", "CN¥4,500.00")
    room.page.click('[data-part="all"]')
    expect(room.submit).to_have_text("Bid CN¥5,000.00")
    with live_site.socket(room.round.pk, user=ben.user) as other:
        other.bid(stage.client_id(), 9_300_00)
        room.shows("remaining", "CN¥700.00")
    room.page.click('[data-part="all"]')
    expect(room.submit).to_have_text("Bid CN¥700.00")


def test_less_is_left_than_offered(room: RoomPage, live_site: LiveSite, ben: Investor) -> None:
    with live_site.socket(room.round.pk, user=ben.user) as other:
        other.bid(stage.client_id(), 9_700_00)
        room.shows("remaining", "CN¥300.00")
    room.page.uncheck('[name="allow_partial"]')
    room.page.fill("#amount", "500")
    room.shows("problem", "Less than that is left; switch on to take a part, or offer less.")
    room.page.check('[name="allow_partial"]')
    room.submit.click()
    room.bid_is("accepted")
    expect(room.bids.first).to_contain_text("CN¥300.00 of it: no more was left.")
    expect(room.page.get_by_text("Full: the whole amount is together")).to_be_visible()
    assert room.was_not_reloaded()


def test_it_opens_at_its_second_without_reload(open_page: OpenPage, ann: Investor) -> None:
    round_ = stage.scheduled_round(at=timezone.now(), opens_in=timedelta(seconds=6))
    room = RoomPage(open_page(ann.user), round_).enter()
    expect(room.submit).to_have_text("Not open yet")
    expect(room.submit).to_be_disabled()
    room.page.fill("#amount", "100")
    expect(room.submit).to_be_enabled(timeout=15_000)
    room.submit.click()
    room.bid_is("accepted")
    room.shows("state", "Open")
    assert room.was_not_reloaded()
