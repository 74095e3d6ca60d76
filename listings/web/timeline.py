"""A listing's moves as a timeline: everything for the borrower, what everybody may know for the others."""

from listings.models import Listing, Move
from listings.queries import history
from listings.states import PUBLISHED, ListingState
from marketplace.lib.web.parts import TimelineEntry
from marketplace.lib.web.states import family_of


def public_timeline(listing: Listing) -> list[TimelineEntry]:
    """The moves between published states, newest first, without who did them and why."""
    return [_entry(move) for move in _newest_first(listing) if ListingState(move.to_state) in PUBLISHED]


def own_timeline(listing: Listing) -> list[TimelineEntry]:
    """Every move, newest first, with the reasons written for the borrower; no names of staff."""
    return [_entry(move, note=move.reason) for move in _newest_first(listing)]


def _newest_first(listing: Listing) -> list[Move]:
    return list(history(listing).reverse())


def _entry(move: Move, *, note: str = "") -> TimelineEntry:
    label = ListingState(move.to_state).label
    return TimelineEntry(title=label, at=move.at, note=note, family=family_of(move.to_state))
