"""The card that listings show: it moves by itself, and says when it does not."""

import re

import pytest
from django.utils import timezone
from playwright.sync_api import expect

from investors.models import Investor
from listings.rounds.models import Round
from listings.rounds.operations import place_bid
from tests import cast
from tests.browser.conftest import OpenPage
from tests.live import LiveSite
from tests.rounds import stage

pytestmark = pytest.mark.browser


@pytest.fixture
def ann(transactional_db: None) -> Investor:
    return cast.investor("Ann", at=timezone.now(), cash_minor=20_000_00)


@pytest.fixture
def round_(transactional_db: None) -> Round:
    return stage.scheduled_round(at=timezone.now())


def test_the_card_moves_until_the_round_is_over(
    open_page: OpenPage, live_site: LiveSite, round_: Round, ann: Investor
) -> None:
    page = open_page()
    page.goto(f"/listings/{round_.listing_id}/")
    connection, remaining = (page.locator(f'[data-live="{name}"]') for name in ("connection", "remaining"))
    expect(connection).to_have_attribute("data-mode", "live")
    with live_site.socket(round_.pk, user=ann.user) as room:
        room.bid(stage.client_id(), 2_500_00)
        expect(remaining).to_have_text("CN¥7,500.00")
        expect(page.locator('[data-live="percent"]')).to_have_text("25")
        room.bid(stage.client_id(), 7_500_00)
        expect(connection).to_have_attribute("data-mode", "over")
    expect(page.locator('[data-live="state"]')).to_have_text("Full")


def test_without_websockets_the_card_looks_every_few_seconds(open_page: OpenPage, round_: Round, ann: Investor) -> None:
    page = open_page()
    page.route_web_socket(re.compile("/ws/"), lambda socket: socket.close())
    page.goto(f"/listings/{round_.listing_id}/")
    expect(page.locator('[data-live="connection"]')).to_have_attribute("data-mode", "polling")
    now = timezone.now()
    place_bid(round_id=round_.pk, bid=stage.bid(ann, 1_000_00, at=now), at=now)
    expect(page.locator('[data-live="remaining"]')).to_have_text("CN¥9,000.00", timeout=10_000)
