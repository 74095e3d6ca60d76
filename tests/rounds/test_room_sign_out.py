"""A socket stays open when its reader signs out elsewhere: what they send afterwards is nobody's bid."""

from collections.abc import Callable

import pytest
from django.contrib.sessions.models import Session
from websockets.exceptions import ConnectionClosed

from investors.models import Investor
from listings.rounds.models import Bid, Round
from tests.live import LiveSite
from tests.rounds.stage import cash, client_id

SIGNED_OUT = 4401


@pytest.fixture
def watchful_site(make_site: Callable[..., LiveSite]) -> LiveSite:
    """Asks at every bid."""
    return make_site(LOANBRIDGE_SIGN_IN_CHECK_SECONDS="0")


def refused_for_good(site: LiveSite, round_: Round, who: Investor, sign_out: Callable[[], object]) -> int:
    """Bid, sign out, bid again; the code the socket is closed with."""
    with site.socket(round_.pk, user=who.user) as room:
        first = client_id()
        room.bid(first, 100_00)
        assert room.answer(first)["type"] == "accepted"
        sign_out()
        room.bid(client_id(), 100_00)
        with pytest.raises(ConnectionClosed) as closed:
            room.hear("accepted", "refused")
    assert closed.value.rcvd is not None
    return closed.value.rcvd.code


def test_signed_out(watchful_site: LiveSite, open_round: Round, rich: Investor) -> None:
    assert refused_for_good(watchful_site, open_round, rich, Session.objects.all().delete) == SIGNED_OUT
    assert (Bid.objects.count(), cash(rich)) == (1, 99_900_00)


def test_the_password_was_changed(watchful_site: LiveSite, open_round: Round, rich: Investor) -> None:
    def change() -> None:
        rich.user.set_password("another correct horse")
        rich.user.save()

    assert refused_for_good(watchful_site, open_round, rich, change) == SIGNED_OUT
    assert (Bid.objects.count(), cash(rich)) == (1, 99_900_00)
