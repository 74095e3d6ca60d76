"""The rounds of the scenario: set by operations, funded by investors, ended by the clock."""

from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta
from random import Random
from time import monotonic, sleep

from django.utils import timezone

from investors.models import Investor
from listings.rounds.models import TAKES_BIDS
from listings.rounds.queries import round_of
from listings.web.staff_forms import FLASH, ORDINARY
from marketplace.demo.browser import PageRefused
from marketplace.demo.flash import flash_round
from marketplace.demo.funding import OVER_OFFERED_PERCENT, fund, offers_for
from marketplace.demo.people import People
from marketplace.demo.progress import Steps
from marketplace.demo.room import Room
from marketplace.demo.script import Ending
from marketplace.demo.story import Outcome, Story

IN_THE_FLASH_ROUND = 300
#: Together well above the target, so that the round fills whoever bids.
MOST_YUAN_IN_THE_FLASH_ROUND = 2_500
#: What the listing that ends short gets of its target.
SHORT_PERCENT = 40
#: Between setting a round's time and its opening.
NOTICE, FLASH_NOTICE = timedelta(seconds=3), timedelta(seconds=8)
LASTS, SHORT_LASTS = timedelta(days=3), timedelta(seconds=15)
#: How often operations try again when filling in the form took longer than the notice they gave.
ATTEMPTS = 4
#: Seconds to wait for the worker to close what is over.
PATIENCE = 60.0


class Rounds:
    """Everybody who takes part in rounds."""

    def __init__(
        self, site: str, investors: Sequence[Investor], people: People, *, sessions: Mapping[int, str], seed: int
    ) -> None:
        self._site = site
        self._investors = investors
        self._people = people
        self._sessions = sessions
        self._seed = seed
        self._random = Random(seed)

    def play(self, outcome: Outcome, steps: Steps) -> None:
        """Fund what is to be funded; the short round is left to end by itself."""
        ordinary, short = outcome.ending(Ending.ORDINARY), outcome.ending(Ending.FAILS)
        opened = steps.step("Rounds are scheduled", total=len(ordinary) + len(short))
        # The short one comes last and is bid on first: its seconds run.
        for story in (*ordinary, *short):
            self._schedule(story, notice=NOTICE, lasts=SHORT_LASTS if story in short else LASTS)
            opened()
        done = steps.step("Ordinary rounds over HTTP and WebSocket", total=len(ordinary) + len(short))
        for story in (*short, *ordinary):
            self._fund(story, percent=SHORT_PERCENT if story in short else OVER_OFFERED_PERCENT)
            done()
        for story in outcome.ending(Ending.FLASH):
            self._flash(story, steps)

    def wait_for_the_end(self, stories: Sequence[Story]) -> None:
        """Wait until the worker has closed these rounds; the checks will tell if it never does."""
        deadline = monotonic() + PATIENCE
        while any(story.round.state in TAKES_BIDS for story in stories) and monotonic() < deadline:
            sleep(0.2)

    def _schedule(
        self, story: Story, *, notice: timedelta, lasts: timedelta, kind: str = ORDINARY, most_yuan: int | None = None
    ) -> None:
        for left in reversed(range(ATTEMPTS)):
            opens_at = _whole_second(timezone.now() + notice)
            try:
                self._people.schedule(
                    story.listing_id, opens_at=opens_at, closes_at=opens_at + lasts, kind=kind, most_yuan=most_yuan
                )
                break
            except PageRefused:
                if not left:
                    raise
                notice *= 3
        found = round_of(story.listing)
        assert found is not None, "the round was scheduled just now"
        story.round_id = found.pk

    def _fund(self, story: Story, *, percent: int) -> None:
        found = story.round
        offers = offers_for(found, self._investors, self._random, percent=percent)
        _wait_until(found.opens_at)
        story.answers = fund(self._site, found, offers, sessions=self._sessions)

    def _flash(self, story: Story, steps: Steps) -> None:
        self._schedule(story, notice=FLASH_NOTICE, lasts=LASTS, kind=FLASH, most_yuan=MOST_YUAN_IN_THE_FLASH_ROUND)
        bidders = self._investors[:IN_THE_FLASH_ROUND]
        story.answers = flash_round(
            Room(self._site, story.round_id),
            bidders,
            sessions=self._sessions,
            opens_at=story.round.opens_at,
            seed=self._seed,
            on_seat=steps.step("Investors enter the flash room", total=len(bidders)),
            on_done=steps.step("Flash round", total=len(bidders)),
        )


def _whole_second(moment: datetime) -> datetime:
    """Forms know no fractions."""
    return moment.replace(microsecond=0) + timedelta(seconds=1)


def _wait_until(moment: datetime) -> None:
    sleep(max(0.0, (moment - timezone.now()).total_seconds()))
