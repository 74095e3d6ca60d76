"""The HTTP twin of the room: the same bid, the same answer, under the same id."""

from datetime import datetime, timedelta
from typing import Any

import httpx
import pytest

from investors.models import Investor
from listings.rounds.models import Bid, Round
from tests import cast
from tests.live import LiveSite
from tests.rounds.stage import assert_books_are_right, cash, scheduled_round

ID = "0c7b4c1e-6f0e-4f0b-9c59-0a52d2a60c11"


@pytest.fixture
def address(open_round: Round) -> str:
    return f"/api/rounds/{open_round.pk}"


@pytest.fixture
def browser(live_site: LiveSite, rich: Investor) -> httpx.Client:
    return live_site.http(rich.user)


def test_http_and_socket_are_one_door(
    live_site: LiveSite, browser: httpx.Client, address: str, open_round: Round, rich: Investor
) -> None:
    posted = browser.post(f"{address}/bids", json={"client_id": ID, "amount_minor": 300_00})
    assert (posted.status_code, posted.json()["type"]) == (200, "accepted")
    with live_site.socket(open_round.pk, user=rich.user) as room:
        room.bid(ID, 300_00)
        assert room.answer(ID) == posted.json()
    again = browser.post(f"{address}/bids", json={"client_id": ID, "amount_minor": 300_00, "allow_partial": True})
    assert again.json() == posted.json()
    assert (Bid.objects.count(), cash(rich)) == (1, 99_700_00)
    assert_books_are_right(open_round)


def test_a_refusal_reads_as_in_the_room(
    live_site: LiveSite, browser: httpx.Client, address: str, open_round: Round, rich: Investor
) -> None:
    posted = browser.post(f"{address}/bids", json={"client_id": ID, "amount_minor": 150_00})
    assert posted.status_code == 409
    with live_site.socket(open_round.pk, user=rich.user) as room:
        room.bid(ID, 150_00)
        assert room.answer(ID) == posted.json()


def test_a_bid_over_http_moves_the_sockets(
    live_site: LiveSite, browser: httpx.Client, address: str, open_round: Round
) -> None:
    with live_site.socket(open_round.pk) as watching:
        watching.hear("snapshot")
        browser.post(f"{address}/bids", json={"client_id": ID, "amount_minor": 300_00})
        assert watching.hear("opened", within=1.5)["funded_minor"] == 300_00


def test_everything_can_be_asked_again(browser: httpx.Client, address: str, open_round: Round) -> None:
    browser.post(f"{address}/bids", json={"client_id": ID, "amount_minor": 300_00})
    assert browser.get(address).json()["funded_minor"] == 300_00
    assert [bid["client_id"] for bid in browser.get(f"{address}/bids").json()["bids"]] == [ID]
    assert browser.get(f"{address}/bids?after=1").json()["bids"] == []
    snapshot = browser.get(f"{address}/snapshot").json()
    assert (snapshot["my"]["cash_minor"], len(snapshot["my"]["bids"])) == (99_700_00, 1)


def test_a_visitor_sees_progress_alone(live_site: LiveSite, address: str) -> None:
    visitor = live_site.http()
    assert visitor.get(address).json()["state"] == "scheduled"
    body = {"client_id": ID, "amount_minor": 100_00}
    answers = [visitor.get(f"{address}/{name}") for name in ("snapshot", "bids")]
    answers.append(visitor.post(f"{address}/bids", json=body))
    assert [answer.status_code for answer in answers] == [401, 401, 401]


def test_a_borrower_may_not_bid(live_site: LiveSite, address: str, today: datetime) -> None:
    someone = live_site.http(cast.borrower("Cheng", at=today).user)
    answer = someone.post(f"{address}/bids", json={"client_id": ID, "amount_minor": 100_00})
    assert (answer.status_code, answer.json()["code"]) == (403, "not_allowed")


def test_a_bid_needs_the_csrf_token(browser: httpx.Client, address: str) -> None:
    del browser.headers["X-CSRFToken"]
    answer = browser.post(f"{address}/bids", json={"client_id": ID, "amount_minor": 100_00})
    assert answer.status_code == 403
    assert Bid.objects.count() == 0


@pytest.mark.parametrize(
    "change",
    [{"amount_minor": value} for value in (0, -100, 100.0, 0.5, "10000", True, None, 2**53)]
    + [{"client_id": "7"}, {"allow_partial": 1}, {"annual_rate_bps": 500}],
    ids=str,
)
def test_a_wrong_field_is_named(browser: httpx.Client, address: str, change: dict[str, Any]) -> None:
    answer = browser.post(f"{address}/bids", json={"client_id": ID, "amount_minor": 100_00, **change})
    body = answer.json()
    assert (answer.status_code, body["type"], body["code"]) == (422, "refused", "invalid_message")
    assert [error["field"] for error in body["errors"]] == list(change)
    assert Bid.objects.count() == 0


@pytest.mark.parametrize(
    ("content_type", "body"),
    [
        ("application/x-www-form-urlencoded", f"client_id={ID}&amount_minor=10000"),
        ("text/plain", f'{{"client_id": "{ID}", "amount_minor": 10000}}'),
        ("application/json; charset=latin1", "{"),
        ("", "x"),
    ],
)
def test_a_wrong_content_type_is_said(browser: httpx.Client, address: str, content_type: str, body: str) -> None:
    answer = browser.post(f"{address}/bids", content=body, headers={"Content-Type": content_type})
    is_json = content_type.startswith("application/json")
    assert answer.status_code == (400 if is_json else 415)
    assert answer.json()["type"] == "refused"
    assert "JSON" in answer.json()["text"]
    assert Bid.objects.count() == 0


def test_a_round_that_is_not_there(browser: httpx.Client) -> None:
    answer = browser.post("/api/rounds/999999999/bids", json={"client_id": ID, "amount_minor": 100_00})
    assert (answer.status_code, answer.json()["code"]) == (404, "not_found")
    assert browser.get(f"/api/rounds/{10**30}").status_code == 404


def test_a_round_that_is_not_open_yet(browser: httpx.Client, today: datetime) -> None:
    later = scheduled_round(at=today, opens_in=timedelta(hours=1))
    answer = browser.post(f"/api/rounds/{later.pk}/bids", json={"client_id": ID, "amount_minor": 100_00})
    assert (answer.status_code, answer.json()["code"]) == (409, "not_open")
