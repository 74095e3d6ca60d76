"""The offers of ordinary rounds."""

from random import Random

import pytest

from investors.models import Investor
from listings.rounds.models import Round
from marketplace.demo.funding import LARGEST_STEPS, STEP_MINOR, offers_for
from marketplace.demo.wallets import POOR_EVERY, is_poor

PEOPLE = [Investor(pk=number + 1) for number in range(2 * POOR_EVERY)]
WANTED = Round(target_minor=20_000_00)


@pytest.mark.parametrize("seed", range(50))
def test_people_with_money_cover_the_target_whatever_the_seed(seed: int) -> None:
    offers = offers_for(WANTED, PEOPLE, Random(seed), percent=115)
    covered = sum(offer.amount_minor for offer in offers if not is_poor(offer.investor_id - 1))
    assert covered >= WANTED.target_minor * 115 // 100
    assert all(0 < o.amount_minor <= LARGEST_STEPS * STEP_MINOR for o in offers)
    assert all(o.amount_minor % STEP_MINOR == 0 for o in offers)
    assert len({offer.client_id for offer in offers}) == len(offers)


@pytest.mark.parametrize("seed", range(50))
def test_a_round_that_is_to_end_short_does(seed: int) -> None:
    offers = offers_for(WANTED, PEOPLE, Random(seed), percent=40)
    assert sum(offer.amount_minor for offer in offers if not is_poor(offer.investor_id - 1)) < WANTED.target_minor


def test_the_same_seed_offers_the_same() -> None:
    first, again = (offers_for(WANTED, PEOPLE, Random(7), percent=115) for _ in range(2))
    assert [o[::2] for o in first] == [o[::2] for o in again]
