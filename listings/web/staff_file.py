"""A listing's file as staff see it: everything known, and what the reader may do next."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from django.db.models import QuerySet
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from listings.models import Listing, Move
from listings.operations import PLAIN_MOVES
from listings.queries import history, moves_open_to, visible_to
from listings.states import ListingState
from listings.web.machine import Step, steps
from listings.web.overview import ListingOverview, listing_overview
from marketplace.lib.actor import Actor
from marketplace.lib.web.parts import TimelineEntry
from marketplace.lib.web.states import family_of

#: Moves with a page of their own: they ask for more than an opinion, or move money.
PAGES = {"schedule": "listing_schedule", "cancel": "listing_cancel", "disburse": "listing_pay_out"}
ENDS_IT = frozenset({"reject", "cancel"})
#: Where the machine's own word would be read as leaving the page.
LABELS = {"cancel": _("Cancel the listing")}
OTHERS_SHOWN = 5


@dataclass(frozen=True, slots=True)
class OpenMove:
    """A move the reader may do now, and the address of its page."""

    name: str
    label: str
    href: str

    @property
    def takes_an_opinion(self) -> bool:
        """Say whether it is done with an opinion alone."""
        return self.name in PLAIN_MOVES

    @property
    def ends_it(self) -> bool:
        """Say whether there is no way back."""
        return self.name in ENDS_IT


@dataclass(frozen=True, slots=True)
class ListingFile:
    """What the file shows: the listing's page with everybody's names and opinions, and what belongs to staff."""

    view: ListingOverview
    steps: list[Step]
    last_move_id: int
    moves: list[OpenMove]
    others: QuerySet[Listing]

    @property
    def opinions(self) -> list[OpenMove]:
        """The moves that are done with an opinion alone."""
        return [move for move in self.moves if move.takes_an_opinion]

    @property
    def pages(self) -> list[OpenMove]:
        """The moves with a page of their own."""
        return [move for move in self.moves if not move.takes_an_opinion]


def listing_file_of(listing: Listing, *, actor: Actor, day: date) -> ListingFile:
    """Everything about a listing; the repayment plan starts on `day` until the loan is really paid out."""
    moves = list(history(listing))
    timeline = [_entry(move) for move in reversed(moves)]
    others = visible_to(actor).filter(borrower=listing.borrower).exclude(pk=listing.pk)
    return ListingFile(
        view=listing_overview(listing, actor=actor, day=day, timeline=timeline),
        steps=steps(listing, moves),
        last_move_id=last_move_id(moves),
        moves=[_open(listing, name, label) for name, label in moves_open_to(listing, actor)],
        others=others.order_by("-pk")[:OTHERS_SHOWN],
    )


def last_move_id(moves: Sequence[Move]) -> int:
    """The number by which a page knows whether the listing has moved since; 0 before the first move."""
    return moves[-1].pk if moves else 0


def label_of(name: str, label: object) -> str:
    """The words on the button of a move."""
    return str(LABELS.get(name, label))


def _open(listing: Listing, name: str, label: str) -> OpenMove:
    if name in PAGES:
        return OpenMove(name, label_of(name, label), reverse(PAGES[name], args=[listing.pk]))
    return OpenMove(name, label, reverse("listing_move", args=[listing.pk, name]))


def _entry(move: Move) -> TimelineEntry:
    return TimelineEntry(
        title=ListingState(move.to_state).label,
        at=move.at,
        by=move.by_label,
        note=move.reason,
        family=family_of(move.to_state),
    )
