"""A bid over HTTP while the database fails: tried again as in the room, or answered in the protocol's words."""

from collections.abc import Callable
from typing import Any

import pytest
from django.db import OperationalError
from django.test import Client

from investors.models import Investor
from listings.rounds import commit
from listings.rounds.models import Bid, Round
from listings.rounds.operations import place_bids
from tests.rounds.stage import cash

ID = "0c7b4c1e-6f0e-4f0b-9c59-0a52d2a60c11"


@pytest.fixture
def fails(monkeypatch: pytest.MonkeyPatch) -> Callable[[int], None]:
    """Let the first so many batches fail."""

    def times(left: int) -> None:
        def place(**batch: Any) -> Any:
            nonlocal left
            left -= 1
            if left >= 0:
                raise OperationalError("deadlock detected")
            return place_bids(**batch)

        monkeypatch.setattr(commit, "place_bids", place)

    return times


def sent(round_: Round, who: Investor) -> tuple[int, dict[str, Any]]:
    client = Client()
    client.force_login(who.user)
    body = {"client_id": ID, "amount_minor": 100_00}
    answer = client.post(f"/api/rounds/{round_.pk}/bids", body, content_type="application/json")
    return answer.status_code, answer.json()


def test_one_failure_is_not_noticed(open_round: Round, rich: Investor, fails: Callable[[int], None]) -> None:
    fails(1)
    status, answer = sent(open_round, rich)
    assert (status, answer["type"], answer["accepted_minor"]) == (200, "accepted", 100_00)
    assert (Bid.objects.count(), cash(rich)) == (1, 99_900_00)


def test_after_a_second_one_it_may_be_sent_again(
    open_round: Round, rich: Investor, fails: Callable[[int], None]
) -> None:
    fails(2)
    status, answer = sent(open_round, rich)
    assert (status, answer["client_id"], answer["code"]) == (503, ID, "busy")
    assert (Bid.objects.count(), cash(rich)) == (0, 100_000_00)
    assert sent(open_round, rich)[0] == 200
    assert cash(rich) == 99_900_00
