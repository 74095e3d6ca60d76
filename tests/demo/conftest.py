"""A story as a run leaves it: a listing funded by two investors and paid out; another one that ended short."""

from datetime import datetime, timedelta

import pytest

from investors.models import Investor
from listings.rounds.models import Bid, Round
from listings.rounds.operations import close_round, place_bid
from listings.rounds.queries import round_of
from loans.models import Loan
from marketplace.demo.offers import Answer, Answers, Offer
from marketplace.demo.script import CASES, Ending, Habit
from marketplace.demo.story import Outcome, Story
from tests import cast
from tests.loans import lend
from tests.rounds import stage


def answers_of(found: Round) -> Answers:
    """What the investors were answered, as the books have it."""
    return Answers(
        [
            Answer(
                Offer(bid.investor_id, str(bid.client_id), bid.amount_minor, bid.allow_partial),
                bid.code or "accepted",
                bid.accepted_minor,
                bid.pk,
                0.01,
            )
            for bid in Bid.objects.filter(round=found)
        ]
    )


def funded_story(loan: Loan, *, habit: Habit = Habit.ON_TIME) -> Story:
    """The story of a loan."""
    found = round_of(loan.listing)
    assert found is not None
    case = next(c for c in CASES if c.ending is Ending.ORDINARY and c.habit is habit)
    return Story(case, loan.listing_id, found.pk, loan.pk, answers_of(found))


@pytest.fixture
def ann(db: None, now: datetime) -> Investor:
    """Has 20,000.00."""
    return cast.investor("Ann", at=now, cash_minor=20_000_00)


@pytest.fixture
def ben(db: None, now: datetime) -> Investor:
    """Has 20,000.00."""
    return cast.investor("Ben", at=now, cash_minor=20_000_00)


@pytest.fixture
def loan(ann: Investor, ben: Investor, now: datetime) -> Loan:
    """Of 10,000.00 for six months, paid out."""
    return lend.running_loan([(ann, 6_000_00), (ben, 4_000_00)], at=now)


@pytest.fixture
def funded(loan: Loan) -> Story:
    """Its story."""
    return funded_story(loan)


@pytest.fixture
def short(ann: Investor, now: datetime) -> Story:
    """A round that ended with 3,000.00 of 10,000.00."""
    found = stage.scheduled_round(at=now)
    place_bid(round_id=found.pk, bid=stage.bid(ann, 3_000_00, at=now), at=now)
    close_round(round_id=found.pk, at=now + timedelta(hours=1))
    case = next(c for c in CASES if c.ending is Ending.FAILS)
    return Story(case, found.listing_id, found.pk, 0, answers_of(found))


@pytest.fixture
def outcome(funded: Story, short: Story) -> Outcome:
    """Both."""
    return Outcome([funded, short])
