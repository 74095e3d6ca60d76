"""A listing with its latest round, as lists show them."""

from collections.abc import Iterable
from dataclasses import dataclass

from listings.models import Listing
from listings.queries import published
from listings.rounds.models import Round, RoundState
from listings.states import ListingState


@dataclass(frozen=True, slots=True)
class ListingCard:
    """A listing and the round that is running, planned or was its last; None before there is one."""

    listing: Listing
    round: Round | None

    @property
    def funded_percent(self) -> int:
        """Whole per cent of the target, rounded down: 100 only when it is full."""
        return self.round.funded_minor * 100 // self.round.target_minor if self.round else 0


def cards(listings: Iterable[Listing]) -> list[ListingCard]:
    """Pair listings with their latest rounds, in two queries for any number of them."""
    shown = list(listings)
    rounds = Round.objects.filter(listing__in=shown).order_by("listing_id", "-id").distinct("listing_id")
    latest = {round_.listing_id: round_ for round_ in rounds}
    return [ListingCard(listing, latest.get(listing.pk)) for listing in shown]


def open_now(*, count: int) -> list[ListingCard]:
    """Listings that take bids, those closing soonest first."""
    open_rounds = published().filter(state=ListingState.OPEN, rounds__state=RoundState.OPEN)
    return cards(open_rounds.order_by("rounds__closes_at", "pk")[:count])


def opening_soon(*, count: int) -> list[ListingCard]:
    """Listings whose round has a time, the next one first."""
    planned = published().filter(state=ListingState.SCHEDULED, rounds__state=RoundState.SCHEDULED)
    return cards(planned.order_by("rounds__opens_at", "pk")[:count])
