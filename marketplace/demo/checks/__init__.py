"""Every promise of the demo as a named check."""

from collections.abc import Callable, Iterator
from itertools import chain

from marketplace.demo.checks.check import Check
from marketplace.demo.checks.listings import listing_checks
from marketplace.demo.checks.loans import loan_checks
from marketplace.demo.checks.money import money_checks
from marketplace.demo.checks.rounds import round_checks
from marketplace.demo.story import Outcome

__all__ = ["Check", "all_checks"]

PARTS: tuple[Callable[[Outcome], Iterator[Check]], ...] = (listing_checks, round_checks, loan_checks, money_checks)


def all_checks(outcome: Outcome) -> list[Check]:
    """Hold what happened against everything that was promised."""
    return list(chain.from_iterable(part(outcome) for part in PARTS))
