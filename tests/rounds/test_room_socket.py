"""Bidding over the WebSocket of the real site."""

from typing import Any

import pytest
from websockets.exceptions import ConnectionClosed

from investors.models import Investor
from listings.rounds.models import Bid, Round
from tests.live import LiveSite
from tests.live_socket import Room
from tests.rounds.stage import assert_books_are_right, cash, client_id

ID = "0c7b4c1e-6f0e-4f0b-9c59-0a52d2a60c11"


def test_an_accepted_bid_is_committed_when_it_is_acknowledged(
    live_site: LiveSite, open_round: Round, rich: Investor
) -> None:
    with live_site.socket(open_round.pk, user=rich.user) as room:
        room.bid(ID, 300_00)
        answer = room.answer(ID)
    stored = Bid.objects.get()
    assert answer == {
        "type": "accepted",
        "client_id": ID,
        "bid": stored.pk,
        "accepted_minor": 300_00,
        "sequence": 1,
        "cash_minor": 99_700_00,
    }
    assert cash(rich) == 99_700_00
    assert_books_are_right(open_round)


def test_a_refused_bid_says_why(live_site: LiveSite, open_round: Round, rich: Investor) -> None:
    with live_site.socket(open_round.pk, user=rich.user) as room:
        room.bid(ID, 150_00)
        answer = room.answer(ID)
    assert answer == {
        "type": "refused",
        "client_id": ID,
        "code": "not_a_multiple",
        "text": "The amount is not a multiple of the step.",
    }
    assert cash(rich) == 100_000_00


def test_the_reason_comes_in_the_language_of_the_switch(live_site: LiveSite, open_round: Round, rich: Investor) -> None:
    with live_site.socket(open_round.pk, user=rich.user, language="zh-hans") as room:
        room.bid(ID, 150_00)
        text = room.answer(ID)["text"]
    assert any("一" <= letter <= "鿿" for letter in text)


@pytest.mark.parametrize("fields", [{}, {"allow_partial": True}])
def test_the_same_bid_again_gets_the_same_answer(
    live_site: LiveSite, open_round: Round, rich: Investor, fields: dict[str, Any]
) -> None:
    with live_site.socket(open_round.pk, user=rich.user) as room:
        for _ in range(3):
            room.bid(ID, 300_00)
        first = room.answer(ID)
        assert [room.answer(ID), room.answer(ID)] == [first, first]
    with live_site.socket(open_round.pk, user=rich.user) as again:
        again.bid(ID.upper(), 300_00, **fields)
        assert again.answer(ID) == first
        again.bid(ID, 400_00)
        assert again.answer(ID)["code"] == "duplicate_mismatch"
    assert (Bid.objects.count(), cash(rich)) == (1, 99_700_00)


def test_progress_moves_on_other_sockets(live_site: LiveSite, open_round: Round, rich: Investor) -> None:
    with live_site.socket(open_round.pk) as watching, live_site.socket(open_round.pk, user=rich.user) as bidding:
        assert watching.hear("snapshot")["state"] == "scheduled"
        bidding.bid(ID, 300_00)
        opened = watching.hear("opened")
        assert (opened["funded_minor"], opened["bid_count"]) == (300_00, 1)
        bidding.bid(client_id(), 200_00)
        progress = watching.hear("progress")
        assert (progress["funded_minor"], progress["remaining_minor"]) == (500_00, 9_500_00)
        assert progress["seq"] > opened["seq"]


def test_the_last_bid_closes_the_round_for_everybody(live_site: LiveSite, open_round: Round, rich: Investor) -> None:
    with live_site.socket(open_round.pk) as watching, live_site.socket(open_round.pk, user=rich.user) as bidding:
        bidding.bid(ID, 11_000_00)
        assert bidding.answer(ID)["accepted_minor"] == 10_000_00
        assert watching.hear("closed")["state"] == "filled"
        assert bidding.hear("result")["allotted_minor"] == 10_000_00
        bidding.bid(client_id(), 100_00)
        assert bidding.hear("refused")["code"] == "sold_out"


def test_sync_says_what_was_missed(live_site: LiveSite, open_round: Round, rich: Investor) -> None:
    ids = [client_id() for _ in range(3)]
    with live_site.socket(open_round.pk, user=rich.user) as room:
        for each in ids:
            room.bid(each, 100_00)
            room.answer(each)
    with live_site.socket(open_round.pk, user=rich.user) as again:
        again.say({"type": "sync", "after": 1})
        missed = again.hear("missed")
        assert [bid["client_id"] for bid in missed["bids"]] == ids[1:]
        assert (missed["seq"], missed["funded_minor"]) == (3, 300_00)
        again.say({"type": "sync", "after": 3})
        assert again.hear("missed")["bids"] == []


def test_nobody_is_told_of_others_bids(live_site: LiveSite, open_round: Round, rich: Investor) -> None:
    with live_site.socket(open_round.pk, user=rich.user) as room:
        room.bid(ID, 100_00)
        room.answer(ID)
    with live_site.socket(open_round.pk) as visitor:
        visitor.say({"type": "sync", "after": 0})
        assert visitor.hear("missed")["bids"] == []


def test_a_ping_is_answered_with_the_servers_time(live_site: LiveSite, open_round: Round) -> None:
    with live_site.socket(open_round.pk) as room:
        room.say({"type": "ping"})
        assert room.hear("pong")["server_time"].endswith("+00:00")


def test_a_sign_out_elsewhere_ends_at_the_next_connection(
    live_site: LiveSite, open_round: Round, rich: Investor
) -> None:
    with live_site.socket(open_round.pk, user=rich.user) as room:
        assert room.hear("snapshot")["my"]["cash_minor"] == 100_000_00
    cookies = live_site.cookies(rich.user)
    rich.user.set_password("another one")
    rich.user.save()
    with Room(live_site.url, open_round.pk, cookies=cookies) as stale:
        assert stale.hear("snapshot")["my"]["cash_minor"] is None


@pytest.mark.parametrize("size", [16 * 1024 + 1, 600_000])
def test_a_huge_message_ends_the_connection_and_nothing_else(
    live_site: LiveSite, open_round: Round, rich: Investor, size: int
) -> None:
    with live_site.socket(open_round.pk, user=rich.user) as room, live_site.socket(open_round.pk) as other:
        room.say("x" * size)
        with pytest.raises(ConnectionClosed):
            room.hear("refused")
        other.say({"type": "ping"})
        assert other.hear("pong")
