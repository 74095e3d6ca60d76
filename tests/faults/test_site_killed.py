"""The site dies in the middle of a round: what was acknowledged is there, once, and the others find out."""

import time
from collections.abc import Callable
from datetime import datetime

import pytest

from escrow.verify import verify_ledger
from listings.rounds.models import Bid, Round
from tests import cast
from tests.faults.bidder import Bidder
from tests.live import LiveSite
from tests.rounds.stage import behind, scheduled_round

pytestmark = pytest.mark.faults


@pytest.fixture
def wide_round(transactional_db: None, today: datetime) -> Round:
    """Takes more than the bidders can offer."""
    return scheduled_round(at=today, target_minor=1_000_000_00)


@pytest.fixture
def crowd(wide_round: Round, today: datetime, make_site: Callable[..., LiveSite]) -> tuple[LiveSite, list[Bidder]]:
    """A site of this test's own and six investors who bid as fast as they are answered."""
    site = make_site()
    people = [cast.investor(f"Investor{n}", at=today, cash_minor=1_000_000_00) for n in range(6)]
    return site, [
        Bidder(site.url, wide_round.pk, cookies=site.cookies(person.user), amount_minor=100_00) for person in people
    ]


def test_killed_twice_while_clients_bid(crowd: tuple[LiveSite, list[Bidder]], wide_round: Round) -> None:
    site, bidders = crowd
    for bidder in bidders:
        bidder.start()
    for _ in range(2):
        time.sleep(0.5)
        site.kill()
        site.start()
    time.sleep(0.5)
    for bidder in bidders:
        bidder.stop()
    for bidder in bidders:
        bidder.join(30)
        assert not bidder.is_alive()
        assert not bidder.gave_up
    assert sum(bidder.sent_again for bidder in bidders) > 0
    answers = [answer for bidder in bidders for answer in bidder.answers.values()]
    assert {answer["type"] for answer in answers} == {"accepted"}
    assert_each_is_there_once(answers, wide_round)


def assert_each_is_there_once(answers: list[dict[str, object]], round_: Round) -> None:
    """Every answer is a row, every row was answered, and the money is right."""
    told = {(a["client_id"], a["bid"], a["sequence"], a["accepted_minor"]) for a in answers}
    rows = Bid.objects.values_list("client_id", "id", "sequence", "accepted_minor")
    assert told == {(str(client_id), *rest) for client_id, *rest in rows}
    assert len(told) == len(answers) > 20
    assert behind(round_) == len(told) * 100_00
    round_.refresh_from_db()
    assert (round_.bid_count, round_.last_sequence, round_.funded_minor) == (len(told), len(told), len(told) * 100_00)
    assert verify_ledger() == []
