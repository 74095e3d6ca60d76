"""Who gets into a room, and what they are shown first."""

from typing import Any

import pytest
from websockets.exceptions import ConnectionClosed, InvalidStatus

from investors.models import Investor
from listings.rounds.models import Round
from listings.rounds.operations import place_bid
from tests.live import LiveSite
from tests.live_socket import open_socket
from tests.rounds.stage import bid


@pytest.mark.parametrize(
    "wrong",
    [
        {"origin": "https://evil.example"},
        {"origin": "http://localhost.evil.example"},
        {"origin": "http://["},
        {"origin": "http://127.0.0.1:port"},
        {"origin": ""},
        {"origin": "null"},
        {"path": "/ws/nothing/"},
        {"subprotocol": None},
        {"subprotocol": "loanbridge.rounds.v0"},
    ],
    ids=str,
)
def test_a_wrong_origin_address_or_subprotocol_stays_outside(
    live_site: LiveSite, open_round: Round, rich: Investor, wrong: dict[str, Any]
) -> None:
    socket = open_socket(live_site.url, open_round.pk, cookies=live_site.cookies(rich.user), **wrong)
    with pytest.raises(InvalidStatus) as refused, socket:
        pass
    assert refused.value.response.status_code in (400, 403)


def test_a_round_that_is_not_there(live_site: LiveSite) -> None:
    with live_site.socket(999_999_999) as room, pytest.raises(ConnectionClosed) as closed:
        room.next()
    assert closed.value.rcvd is not None
    assert closed.value.rcvd.code == 4404


def test_an_investor_is_shown_the_round_their_bids_and_their_money(
    live_site: LiveSite, open_round: Round, rich: Investor, today: Any
) -> None:
    placed = place_bid(round_id=open_round.pk, bid=bid(rich, 300_00, at=today), at=today)
    with live_site.socket(open_round.pk, user=rich.user) as room:
        first = room.next()
    assert first.pop("server_time") > today.isoformat()
    assert first == {
        "type": "snapshot",
        "round": open_round.pk,
        "listing": open_round.listing_id,
        "seq": 1,
        "state": "open",
        "currency": "CNY",
        "target_minor": 10_000_00,
        "funded_minor": 300_00,
        "remaining_minor": 9_700_00,
        "bid_count": 1,
        "annual_rate_bps": 850,
        "minimum_bid_minor": 100_00,
        "step_minor": 100_00,
        "maximum_per_investor_minor": None,
        "opens_at": open_round.opens_at.isoformat(),
        "closes_at": open_round.closes_at.isoformat(),
        "my": {
            "accepted_minor": 300_00,
            "cash_minor": 99_700_00,
            "bids": [
                {
                    "bid": placed.bid_id,
                    "client_id": placed.client_id,
                    "amount_minor": 300_00,
                    "accepted_minor": 300_00,
                    "decision": "accepted",
                    "code": "",
                    "sequence": 1,
                }
            ],
        },
    }


def test_a_visitor_may_watch_but_not_bid(live_site: LiveSite, open_round: Round, rich: Investor) -> None:
    with live_site.socket(open_round.pk) as visitor, live_site.socket(open_round.pk, user=rich.user) as bidder:
        assert visitor.hear("snapshot")["my"] == {"bids": [], "accepted_minor": 0, "cash_minor": None}
        refused_id = "0c7b4c1e-6f0e-4f0b-9c59-0a52d2a60c11"
        visitor.bid(refused_id, 100_00)
        assert visitor.answer(refused_id)["code"] == "not_eligible"
        bidder.bid(refused_id, 200_00)
        assert visitor.hear("opened", "progress")["funded_minor"] == 200_00


def test_somebody_signed_in_without_an_investors_account_may_not_bid(live_site: LiveSite, open_round: Round) -> None:
    owner = open_round.listing.borrower.user
    with live_site.socket(open_round.pk, user=owner) as room:
        room.bid("0c7b4c1e-6f0e-4f0b-9c59-0a52d2a60c11", 100_00)
        assert room.answer("0c7b4c1e-6f0e-4f0b-9c59-0a52d2a60c11")["code"] == "not_eligible"
