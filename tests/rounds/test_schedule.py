"""Giving an approved listing its round."""

from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any

import pytest

from escrow import chart
from escrow.models import Account
from listings.models import Listing
from listings.operations import MoveNotPossible
from listings.rounds.models import Round, RoundState
from listings.rounds.operations import RoundTerms, schedule_round
from marketplace.accounts.roles import Role
from marketplace.lib.errors import InvalidInput, NotAllowed, NotFound
from marketplace.lib.outbox.models import Event
from tests import cast
from tests.rounds.stage import TARGET_MINOR, approved_listing

HOUR = timedelta(hours=1)


@pytest.fixture
def listing(db: None, now: datetime) -> Listing:
    return approved_listing(at=now, accepts_from_minor=6_000_00)


@pytest.fixture
def terms(now: datetime) -> RoundTerms:
    return RoundTerms(opens_at=now + HOUR, closes_at=now + 2 * HOUR, is_flash=True)


def test_a_round_takes_its_terms_from_the_listing(listing: Listing, terms: RoundTerms, now: datetime) -> None:
    round_ = schedule_round(listing_id=listing.pk, terms=terms, by=cast.staff(Role.OPERATIONS), at=now)
    assert (round_.state, round_.target_minor, round_.accepts_from_minor) == (
        RoundState.SCHEDULED, TARGET_MINOR, 6_000_00,
    )  # fmt: skip
    assert (round_.annual_rate_bps, round_.currency, round_.funded_minor) == (850, "CNY", 0)
    listing.refresh_from_db()
    assert listing.state == "scheduled"
    account = Account.objects.get(code=chart.round_escrow(round_.pk))
    assert (account.kind, account.owner_type, account.owner_id) == (chart.Kind.ROUND_ESCROW, "round", round_.pk)
    assert Event.objects.filter(name="round.scheduled", payload={"round_id": round_.pk}).count() == 1


@pytest.mark.parametrize(
    ("change", "field"),
    [
        ({"opens_at": -HOUR}, "opens_at"),
        ({"closes_at": HOUR}, "closes_at"),
        ({"kind": "lottery"}, "kind"),
        ({"minimum_bid_minor": 0}, "minimum_bid_minor"),
        ({"minimum_bid_minor": TARGET_MINOR + 1}, "minimum_bid_minor"),
        ({"step_minor": 0}, "step_minor"),
        ({"step_minor": -100_00}, "step_minor"),
        ({"step_minor": 300_00}, "step_minor"),
        ({"maximum_per_investor_minor": 99_99}, "maximum_per_investor_minor"),
    ],
)
def test_terms_that_do_not_fit_are_refused(
    listing: Listing, terms: RoundTerms, now: datetime, change: dict[str, Any], field: str
) -> None:
    changed: dict[str, Any] = {
        name: now + value if isinstance(value, timedelta) else value for name, value in change.items()
    }
    with pytest.raises(InvalidInput) as refused:
        schedule_round(listing_id=listing.pk, terms=replace(terms, **changed), by=cast.staff(Role.OPERATIONS), at=now)
    assert refused.value.params["field"] == field
    listing.refresh_from_db()
    assert (listing.state, Round.objects.count()) == ("approved", 0)


def test_a_round_may_open_at_once(listing: Listing, terms: RoundTerms, now: datetime) -> None:
    at_once = replace(terms, opens_at=now)
    assert schedule_round(listing_id=listing.pk, terms=at_once, by=cast.staff(Role.OPERATIONS), at=now).opens_at == now


def test_only_operations_schedule(listing: Listing, terms: RoundTerms, now: datetime) -> None:
    for role in set(Role) - {Role.OPERATIONS}:
        with pytest.raises(NotAllowed):
            schedule_round(listing_id=listing.pk, terms=terms, by=cast.staff(role), at=now)
    assert Round.objects.count() == 0


def test_a_double_click_makes_one_round(listing: Listing, terms: RoundTerms, now: datetime) -> None:
    staff = cast.staff(Role.OPERATIONS)
    schedule_round(listing_id=listing.pk, terms=terms, by=staff, at=now)
    with pytest.raises(MoveNotPossible):
        schedule_round(listing_id=listing.pk, terms=terms, by=staff, at=now)
    assert Round.objects.count() == 1


def test_a_listing_that_is_not_there(db: None, terms: RoundTerms, now: datetime) -> None:
    with pytest.raises(NotFound):
        schedule_round(listing_id=0, terms=terms, by=cast.staff(Role.OPERATIONS), at=now)


def test_no_round_in_a_currency_that_nobody_could_bid_in(listing: Listing, terms: RoundTerms, now: datetime) -> None:
    """Else the ledger would refuse every bid, and in the end the pay-out."""
    Listing.objects.filter(pk=listing.pk).update(currency="USD")
    with pytest.raises(InvalidInput) as refused:
        schedule_round(listing_id=listing.pk, terms=terms, by=cast.staff(Role.OPERATIONS), at=now)
    assert refused.value.params["field"] == "currency"
    listing.refresh_from_db()
    assert (listing.state, Round.objects.count()) == ("approved", 0)
