"""Checks that hold when all is well, and fail when something is planted."""

from collections.abc import Iterable
from datetime import datetime, timedelta

import pytest
from django.db import connection

from investors.models import Investor
from listings.models import Listing, Move
from listings.rounds.models import Bid, Round
from listings.rounds.operations import place_bid
from listings.states import ListingState
from loans.models import Loan
from marketplace.demo.checks import Check
from marketplace.demo.checks.listings import listing_checks
from marketplace.demo.checks.loans import loan_checks
from marketplace.demo.checks.money import expected_cash, money_checks
from marketplace.demo.checks.rounds import round_checks
from marketplace.demo.story import Outcome, Story
from marketplace.lib.outbox.models import Event, EventState
from tests.rounds import stage


@pytest.fixture(autouse=True)
def _impatient(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("marketplace.demo.checks.money.PATIENCE", 0.0)


@pytest.fixture
def delivered(outcome: Outcome) -> None:
    """The worker has been there."""
    Event.objects.update(state=EventState.DELIVERED)


def failed(checks: Iterable[Check]) -> list[str]:
    """The promises that did not hold."""
    return [check.promise for check in checks if not check.held]


def change(table: str, statement: str) -> None:
    """Damage a row as only somebody with the owner's rights could."""
    with connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
        cursor.execute(f"ALTER TABLE {table} DISABLE TRIGGER USER")
        cursor.execute(statement)
        cursor.execute(f"ALTER TABLE {table} ENABLE TRIGGER USER")


def test_the_rounds_of_a_good_run_hold(outcome: Outcome) -> None:
    assert failed(round_checks(outcome)) == []


@pytest.mark.usefixtures("delivered")
def test_the_money_of_a_good_run_is_there(outcome: Outcome) -> None:
    assert failed(money_checks(outcome)) == []


def test_a_listing_in_another_state_is_seen(outcome: Outcome) -> None:
    assert failed(listing_checks(outcome)) == []
    Listing.objects.filter(pk=outcome.stories[1].listing_id).update(state=ListingState.OPEN)
    assert failed(listing_checks(outcome)) == [
        "every listing ended as planned",
        "every history is a chain of moves by named people",
    ]


def test_a_gap_in_a_history_is_seen(outcome: Outcome, now: datetime) -> None:
    listing = outcome.stories[0].listing
    Move.objects.create(listing=listing, name="x", from_state="open", to_state=listing.state, by_label="nobody", at=now)
    assert failed(listing_checks(outcome)) == ["every history is a chain of moves by named people"]


def test_an_answer_that_is_not_in_the_books_is_seen(outcome: Outcome, funded: Story) -> None:
    first = funded.answers.all[0]
    funded.answers.all[0] = first._replace(accepted_minor=first.accepted_minor - 1)
    assert failed(round_checks(outcome)) == ["the books say what the investors were answered"]


def test_a_bid_that_nobody_was_told_of_is_seen(outcome: Outcome, funded: Story) -> None:
    funded.answers.all.pop()
    assert failed(round_checks(outcome)) == ["the books say what the investors were answered"]


def test_two_answers_to_one_bid_are_seen(outcome: Outcome, funded: Story) -> None:
    funded.answers.all.append(funded.answers.all[0]._replace(code="sold_out", accepted_minor=0))
    assert failed(round_checks(outcome)) == ["no bid got two different answers"]


def test_a_malformed_message_that_passed_is_seen(outcome: Outcome, funded: Story) -> None:
    funded.answers.malformed_sent = 1
    assert failed(round_checks(outcome)) == ["every malformed message was refused as that"]


def test_a_changed_amount_that_passed_is_seen(outcome: Outcome, funded: Story) -> None:
    funded.answers.mismatches = 1
    assert failed(round_checks(outcome)) == ["the same id with another amount is an error"]


def test_a_round_that_is_not_exactly_full_is_seen(outcome: Outcome, funded: Story) -> None:
    Round.objects.filter(pk=funded.round_id).update(funded_minor=9_999_99)
    assert failed(round_checks(outcome)) == ["accepted bids sum to each target, no round is oversold"]


def test_a_round_that_closed_late_is_seen(outcome: Outcome, short: Story) -> None:
    late = short.round.closes_at + timedelta(minutes=5)
    Round.objects.filter(pk=short.round_id).update(closed_at=late)
    assert failed(round_checks(outcome)) == ["the worker closed it on time"]


def test_a_round_that_still_runs_keeps_money(outcome: Outcome, short: Story, ben: Investor, now: datetime) -> None:
    again = stage.scheduled_round(at=now)
    place_bid(round_id=again.pk, bid=stage.bid(ben, 1_000_00, at=now), at=now)
    short.round_id = again.pk
    assert failed(round_checks(Outcome([short]))) == [
        "no round's escrow keeps anything",
        "the books say what the investors were answered",
        "the short round failed",
        "the worker closed it on time",
        "everybody in it got their money back",
    ]


@pytest.mark.usefixtures("delivered")
def test_a_bid_changed_afterwards_is_seen_in_wallet_and_books(outcome: Outcome, ann: Investor) -> None:
    before = expected_cash()[ann.pk]
    bid = Bid.objects.filter(investor=ann, round_id=outcome.stories[0].round_id).get()
    change("rounds_bid", f"UPDATE rounds_bid SET accepted_minor = accepted_minor - 100 WHERE id = {bid.pk}")
    assert expected_cash()[ann.pk] == before + 100
    wrong = failed(money_checks(outcome))
    assert "every wallet is deposits − invested + returned" in wrong
    assert "verify_books" in wrong
    assert "verify_ledger" not in wrong


@pytest.mark.usefixtures("delivered")
def test_a_wallet_changed_afterwards_is_seen(outcome: Outcome) -> None:
    change("escrow_balance", "UPDATE escrow_balance SET credits_posted_minor = credits_posted_minor + 1")
    wrong = failed(money_checks(outcome))
    assert {"every wallet is deposits − invested + returned", "verify_ledger"} <= set(wrong)
    assert "client money held = client money owed" in wrong


@pytest.mark.usefixtures("delivered")
@pytest.mark.parametrize("state", [EventState.PENDING, EventState.DEAD])
def test_an_event_that_did_not_arrive_is_seen(outcome: Outcome, state: EventState) -> None:
    Event.objects.filter(pk=Event.objects.order_by("pk").values_list("pk", flat=True)[0]).update(state=state)
    assert failed(money_checks(outcome)) == ["every event was delivered"]


def test_a_loan_nobody_repays_is_behind(outcome: Outcome, loan: Loan) -> None:
    assert failed(loan_checks(outcome)) == ["after six months nobody is behind"]


def test_a_listing_without_its_loan_is_seen(outcome: Outcome, funded: Story) -> None:
    funded.loan_id = 0
    assert failed(loan_checks(outcome)) == ["every funded listing became a loan"]
