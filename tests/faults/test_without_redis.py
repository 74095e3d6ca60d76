"""Redis is emptied, or away: bids are taken all the same, and readers still hear."""

from collections.abc import Callable
from urllib.parse import urlsplit

import pytest
import redis

from investors.models import Investor
from listings.rounds.models import Round
from tests.live import LiveSite
from tests.rounds.stage import assert_books_are_right, cash, client_id

pytestmark = pytest.mark.faults

NOWHERE = "redis://127.0.0.1:9/0"


def test_a_flushed_redis_loses_nothing(
    live_site: LiveSite, site_settings: dict[str, str], open_round: Round, rich: Investor
) -> None:
    assert urlsplit(site_settings["REDIS_URL"]).path != "/0", "the site has a numbered database of its own"
    with live_site.socket(open_round.pk) as watching, live_site.socket(open_round.pk, user=rich.user) as bidding:
        for n in range(1, 6):
            redis.Redis.from_url(site_settings["REDIS_URL"]).flushdb()
            bidding.bid(each := client_id(), 100_00)
            assert bidding.answer(each)["sequence"] == n
            assert watching.hear("opened", "progress")["funded_minor"] == n * 100_00
    assert_books_are_right(open_round)


def test_without_redis_bids_are_taken_and_readers_hear(
    make_site: Callable[..., LiveSite], open_round: Round, rich: Investor
) -> None:
    site = make_site(REDIS_URL=NOWHERE)
    with (
        site.http(rich.user) as browser,
        site.socket(open_round.pk) as watching,
        site.socket(open_round.pk, user=rich.user) as bidding,
    ):
        bidding.bid(each := client_id(), 100_00)
        assert bidding.answer(each)["type"] == "accepted"
        assert watching.hear("opened")["funded_minor"] == 100_00
        posted = browser.post(
            f"/api/rounds/{open_round.pk}/bids", json={"client_id": client_id(), "amount_minor": 9_900_00}
        )
        assert posted.json()["accepted_minor"] == 9_900_00
        assert watching.hear("closed", within=6)["state"] == "filled"
        assert bidding.hear("result")["allotted_minor"] == 10_000_00
    assert cash(rich) == 90_000_00
    assert_books_are_right(open_round)
