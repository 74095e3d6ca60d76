"""Messages outside the protocol: a clear answer, nothing moved, and the connection goes on."""

from collections.abc import Callable

import orjson
import pytest
from websockets.exceptions import ConnectionClosed

from investors.models import Investor
from listings.rounds.models import Bid, Round
from tests.live import LiveSite
from tests.live_socket import Room
from tests.rounds.stage import cash

ID = "0c7b4c1e-6f0e-4f0b-9c59-0a52d2a60c11"
BID = {"type": "bid", "client_id": ID, "amount_minor": 100_00}

#: What is sent, and the client id that the answer names.
WRONG: tuple[tuple[str | bytes, str | None], ...] = (
    ("", None),
    ("{", None),
    ("hello", None),
    ("[1, 2]", None),
    ('{"type": "buy"}', None),
    ('{"type": "ping", "at": 5}', None),
    ('{"type": "sync"}', None),
    ('{"type": "sync", "after": -1}', None),
    ('{"type": "sync", "after": 1e3}', None),
    (orjson.dumps({**BID, "client_id": "7"}), None),
    (orjson.dumps(BID), None),
    (b"\x00\xff", None),
    *(
        (orjson.dumps({**BID, "amount_minor": amount}).decode(), ID)
        for amount in (0, -100_00, 100.5, 1e4, True, "10000", None, 2**53)
    ),
    (f'{{"type": "bid", "client_id": "{ID}", "amount_minor": 1{"0" * 30}}}', ID),
    (f'{{"type": "bid", "client_id": "{ID}", "amount_minor": NaN}}', None),
    (orjson.dumps({**BID, "investor_id": 1}).decode(), ID),
    (orjson.dumps({**BID, "allow_partial": "yes"}).decode(), ID),
    (orjson.dumps({**BID, "note": "x" * 3_000}).decode(), None),
)


def test_every_wrong_message_is_answered_and_the_connection_goes_on(
    live_site: LiveSite, open_round: Round, rich: Investor
) -> None:
    with live_site.socket(open_round.pk, user=rich.user) as room:
        for raw, named in WRONG:
            room.say(raw)
            answer = room.hear("refused")
            assert (answer["code"], answer["client_id"]) == ("invalid_message", named), raw
        assert Bid.objects.count() == 0
        room.say(BID)
        assert room.answer(ID)["type"] == "accepted"
    assert cash(rich) == 99_900_00


@pytest.fixture
def strict_site(make_site: Callable[..., LiveSite]) -> LiveSite:
    """One message a second, two at once."""
    return make_site(LOANBRIDGE_MESSAGES_PER_SECOND="1")


def test_an_investor_who_sends_too_fast_is_slowed_down_on_every_way_in(
    strict_site: LiveSite, open_round: Round, rich: Investor
) -> None:
    address, bid = f"/api/rounds/{open_round.pk}/bids", {"client_id": ID, "amount_minor": 100_00}
    with (
        strict_site.http(rich.user) as browser,
        strict_site.socket(open_round.pk, user=rich.user) as one,
        strict_site.socket(open_round.pk, user=rich.user) as two,
        strict_site.socket(open_round.pk) as visitor,
    ):
        use_up(one)
        two.bid(ID, 100_00)
        assert two.answer(ID)["code"] == "rate_limited"
        use_up(one)
        posted = browser.post(address, json=bid)
        assert (posted.status_code, posted.json()["code"]) == (429, "rate_limited")
        visitor.say({"type": "ping"})
        assert visitor.hear("pong")
    assert Bid.objects.count() == 0


def use_up(room: Room) -> None:
    """Say so much at once that nothing is left."""
    for _ in range(3):
        room.say({"type": "ping"})
    while room.hear("pong", "refused")["type"] == "pong":
        pass


def test_whoever_does_not_slow_down_is_hung_up_on(strict_site: LiveSite, open_round: Round) -> None:
    with strict_site.socket(open_round.pk) as room:
        with pytest.raises(ConnectionClosed) as closed:
            flood(room)
        assert closed.value.rcvd is not None
        assert closed.value.rcvd.code == 4429


def flood(room: Room) -> None:
    """Say nonsense, wait for the answer, go on."""
    for _ in range(100):
        room.say("nonsense")
        assert room.hear("refused")["code"] in ("invalid_message", "rate_limited")
