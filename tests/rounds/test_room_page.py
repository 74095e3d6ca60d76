"""The room's page before its script runs."""

import re
from datetime import datetime

import pytest
from django.test import Client

from investors.models import Investor, InvestorStatus
from listings.rounds.models import Round
from listings.rounds.operations import close_round, place_bid
from listings.rounds.web.room_view import one_tap_amounts
from marketplace.accounts.models import User
from marketplace.accounts.roles import Role
from tests import cast
from tests.rounds.stage import bid, scheduled_round


def page_of(round_: Round, client: Client, user: User | None = None) -> str:
    if user is not None:
        client.force_login(user)
    answer = client.get(f"/rounds/{round_.pk}/")
    assert answer.status_code == 200
    return answer.content.decode()


def test_an_investor_finds_the_form_and_their_money(round_: Round, ann: Investor, client: Client) -> None:
    page = page_of(round_, client, ann.user)
    assert 'data-part="form"' in page
    assert 'data-cash="800000"' in page
    assert "CN¥10,000.00" in page


@pytest.mark.parametrize("who", ["visitor", "owner", "suspended", "newcomer", "staff"])
def test_nobody_else_finds_the_form(round_: Round, ann: Investor, client: Client, who: str) -> None:
    Investor.objects.filter(pk=ann.pk).update(status=InvestorStatus.SUSPENDED)
    user = {
        "visitor": None,
        "owner": round_.listing.borrower.user,
        "suspended": ann.user,
        "newcomer": cast.user("Noa"),
        "staff": cast.user("Lin", role=Role.AUDITOR),
    }[who]
    assert 'data-part="form"' not in page_of(round_, client, user)


def test_an_ended_room_says_how(round_: Round, ann: Investor, client: Client, now: datetime) -> None:
    place_bid(round_id=round_.pk, bid=bid(ann, 100_00, at=now), at=now)
    close_round(round_id=round_.pk, at=round_.closes_at)
    page = page_of(round_, client, ann.user)
    assert re.search(r'data-ended="failed"\s*>', page)
    assert re.search(r'data-ended="filled"\s+hidden\s*>', page)
    assert 'data-part="form"' not in page


@pytest.mark.parametrize("path", ["/rounds/0/", "/rounds/999999999/", f"/rounds/{10**30}/"])
def test_a_room_that_is_not_there(db: None, client: Client, path: str) -> None:
    assert client.get(path).status_code == 404


def test_no_script_or_style_stands_in_the_page(round_: Round, ann: Investor, client: Client) -> None:
    page = page_of(round_, client, ann.user)
    assert "<style" not in page
    assert " style=" not in page
    assert all(part.split(">")[1].startswith("</script") for part in page.split("<script")[1:])


@pytest.mark.parametrize(
    ("terms", "amounts"),
    [
        ({}, [100_00, 200_00, 500_00, 1_000_00]),
        ({"minimum_bid_minor": 250_00}, [300_00, 600_00, 1_500_00, 3_000_00]),
        ({"maximum_per_investor_minor": 300_00}, [100_00, 200_00]),
        ({"target_minor": 500_00}, [100_00, 200_00, 500_00]),
    ],
)
def test_amounts_offered_keep_to_the_terms(db: None, now: datetime, terms: dict[str, int], amounts: list[int]) -> None:
    round_ = scheduled_round(at=now, **terms)  # type: ignore[arg-type]
    assert [amount.minor for amount in one_tap_amounts(round_)] == amounts
