"""Whether every listing ended as the script has it."""

from collections.abc import Iterator
from itertools import pairwise

from listings.queries import history
from listings.rounds.models import Round
from listings.states import ListingState
from marketplace.demo.checks.check import Check
from marketplace.demo.script import Ending
from marketplace.demo.story import Outcome, Story

STATE_OF = {
    Ending.ORDINARY: ListingState.DISBURSED,
    Ending.FLASH: ListingState.DISBURSED,
    Ending.FAILS: ListingState.FAILED,
    Ending.REJECTED: ListingState.REJECTED,
}


def listing_checks(outcome: Outcome) -> Iterator[Check]:
    """States, histories, and what a rejection leaves."""
    stories = outcome.stories
    wrong = [_state(story) for story in stories if story.listing.state != STATE_OF[story.case.ending]]
    yield Check.nothing_wrong("every listing ended as planned", wrong, detail=f"{len(stories)} listings")
    broken = [story.listing.reference for story in stories if not _is_a_chain(story)]
    yield Check.nothing_wrong("every history is a chain of moves by named people", broken)
    rejected = [story.listing_id for story in outcome.ending(Ending.REJECTED)]
    rounds = [f"round {found.pk}" for found in Round.objects.filter(listing__in=rejected)]
    yield Check.nothing_wrong("a rejected listing never had a round", rounds)
    silent = [story.listing.reference for story in outcome.ending(Ending.REJECTED) if not _reason(story)]
    yield Check.nothing_wrong("a rejection says why", silent)


def _state(story: Story) -> str:
    listing = story.listing
    return f"{listing.reference} is {listing.state}"


def _is_a_chain(story: Story) -> bool:
    moves = list(history(story.listing))
    follows = all(before.to_state == after.from_state for before, after in pairwise(moves))
    return bool(moves) and follows and moves[-1].to_state == story.listing.state and all(m.by_label for m in moves)


def _reason(story: Story) -> str:
    last = history(story.listing).last()
    return last.reason if last else ""
