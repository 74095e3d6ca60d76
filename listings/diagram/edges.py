"""The transitions of the machine as the pictures need them."""

from itertools import pairwise
from typing import Any, NamedTuple, cast

from listings.models import Listing
from listings.states import ListingState

#: The way of a listing that gets everything, in two rows.
WAY = (
    (
        ListingState.DRAFT,
        ListingState.SUBMITTED,
        ListingState.INVESTIGATING,
        ListingState.RISK_REVIEW,
        ListingState.COMMITTEE,
        ListingState.APPROVED,
    ),
    (
        ListingState.SCHEDULED,
        ListingState.OPEN,
        ListingState.FUNDED,
        ListingState.CONTRACTED,
        ListingState.DISBURSED,
    ),
)
#: Where it may leave that way.
ASIDE = tuple(state for state in ListingState if not any(state in row for row in WAY))


class Edge(NamedTuple):
    """One arrow: a move from a state to a state, and the role that may do it."""

    move: str
    source: ListingState
    target: ListingState
    who: str

    @property
    def is_on_the_way(self) -> bool:
        """Say whether it leads to the next state of the way."""
        way = [*WAY[0], *WAY[1]]
        return (self.source, self.target) in pairwise(way)


def edges() -> list[Edge]:
    """Every arrow, in the order of the states it leaves; the way itself first."""
    field = cast("Any", Listing._meta.get_field("state"))
    found = [
        Edge(t.name, ListingState(t.source), ListingState(t.target), t.permission.who(t.source))
        for t in field.get_all_transitions(Listing)
    ]
    order = list(ListingState)
    return sorted(found, key=lambda e: (order.index(e.source), not e.is_on_the_way, order.index(e.target)))
