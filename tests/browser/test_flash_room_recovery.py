"""The flash room when the connection breaks: it comes back by itself, and a bid counts once."""

import re

import pytest
from django.utils import timezone
from playwright.sync_api import expect

from investors.models import Investor
from listings.rounds.models import Bid, Round
from listings.rounds.operations import place_bid
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
def round_(transactional_db: None) -> Round:
    return stage.scheduled_round(at=timezone.now())


def test_a_bid_survives_a_restart_of_the_site(
    open_page: OpenPage, live_site: LiveSite, round_: Round, ann: Investor
) -> None:
    room = RoomPage(open_page(ann.user), round_).enter()
    room.bid("100")
    room.bid_is("accepted")
    live_site.kill()
    expect(room.live("connection")).not_to_have_attribute("data-mode", "live")
    expect(room.submit).to_have_text("Bid CN¥100.00")
    room.bid("700")
    room.bid_is("pending")
    room.is_in_mode("offline")
    expect(room.bids.first).to_contain_text("sent as soon as the connection is back")
    live_site.start()
    room.is_in_mode("live")
    room.bid_is("accepted")
    room.shows("remaining", "CN¥9,200.00")
    assert room.was_not_reloaded()
    assert sorted(Bid.objects.values_list("accepted_minor", flat=True)) == [100_00, 700_00]


def test_what_was_decided_meanwhile_is_learnt(
    open_page: OpenPage, live_site: LiveSite, round_: Round, ann: Investor
) -> None:
    room = RoomPage(open_page(ann.user), round_).enter()
    live_site.kill()
    now = timezone.now()
    place_bid(round_id=round_.pk, bid=stage.bid(ann, 300_00, at=now), at=now)
    live_site.start()
    room.is_in_mode("live")
    room.bid_is("accepted")
    room.shows("cash", "CN¥4,700.00")


def test_the_network_goes_away_and_comes_back(
    open_page: OpenPage, live_site: LiveSite, round_: Round, ann: Investor
) -> None:
    room = RoomPage(open_page(ann.user), round_).enter()
    room.page.context.set_offline(True)
    room.is_in_mode("offline")
    room.bid("200")
    room.bid_is("pending")
    room.page.context.set_offline(False)
    room.is_in_mode("live")
    room.bid_is("accepted")
    assert Bid.objects.count() == 1


def test_everything_works_without_websockets(open_page: OpenPage, round_: Round, ann: Investor) -> None:
    page = open_page(ann.user)
    page.route_web_socket(re.compile("/ws/"), lambda socket: socket.close())
    room = RoomPage(page, round_).enter(mode="polling")
    room.bid("400")
    room.bid_is("accepted")
    room.shows("remaining", "CN¥9,600.00")
    room.shows("cash", "CN¥4,600.00")
    ben = cast.investor("Ben", at=timezone.now(), cash_minor=20_000_00)
    now = timezone.now()
    place_bid(round_id=round_.pk, bid=stage.bid(ben, 5_000_00, at=now), at=now)
    room.shows("remaining", "CN¥4,600.00")
    room.bid("4600")
    room.bid_is("accepted")
    expect(page.get_by_text("Full: the whole amount is together")).to_be_visible()
    assert room.was_not_reloaded()


def test_an_answer_that_was_lost_is_asked_for_again(open_page: OpenPage, round_: Round, ann: Investor) -> None:
    page = open_page(ann.user)
    lost: list[str] = []

    def proxy(socket: object) -> None:
        server = socket.connect_to_server()  # type: ignore[attr-defined]
        server.on_message(lambda text: lost.append(text) if '"accepted"' in text and not lost else socket.send(text))  # type: ignore[attr-defined]

    page.route_web_socket(re.compile("/ws/"), proxy)
    room = RoomPage(page, round_).enter()
    room.bid("300")
    room.bid_is("pending")
    room.bid_is("accepted")
    assert len(lost) == 1
    assert Bid.objects.count() == 1
