"""What a move of a listing will do, in figures, before the button; and the checks that a page makes before that."""

from dataclasses import dataclass

from django.http import Http404
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from listings.models import Listing
from listings.operations import MoveNotPossible, check_move
from listings.queries import history
from listings.rounds.queries import allotments, round_of
from listings.states import SENTENCES, ListingState
from listings.web.staff_file import ENDS_IT, label_of
from loans.queries import preview_pay_out
from marketplace.lib.actor import Actor
from marketplace.lib.business_day import business_day
from marketplace.lib.money import Money

Fact = tuple[str | Promise, object]


class PageIsStale(MoveNotPossible):
    """The listing has moved since the page was opened."""

    code = "page_is_stale"
    message = _("The listing has moved on to “%(state)s” since you opened the page. Read it again before you decide.")


@dataclass(frozen=True, slots=True)
class OfferedMove:
    """A move that the reader may do, as its confirming page names it."""

    name: str
    label: str
    target: ListingState

    @property
    def ends_it(self) -> bool:
        """Say whether there is no way back."""
        return self.name in ENDS_IT


def offered_move(listing: Listing, name: str, *, actor: Actor) -> OfferedMove:
    """
    The move, if the reader may do it now.

    :raises Http404: if the machine has no such move
    :raises MoveNotPossible: if the state does not allow it
    :raises NotAllowed: if the reader's role does not include it
    """
    known = {move.name: move for move in listing.get_all_state_transitions()}  # type: ignore[attr-defined]
    if name not in known:
        raise Http404
    check_move(listing, name, by=actor)
    return OfferedMove(name, label_of(name, known[name].custom["label"]), ListingState(known[name].target))


def check_not_stale(listing: Listing, seen: int) -> None:
    """
    Hold the last move that the reader saw against the last there is.

    :raises PageIsStale: if there is a later one
    """
    if seen != last_move_id(listing):
        raise PageIsStale(state=str(listing.get_state_display()))


def last_move_id(listing: Listing) -> int:
    """The number of the last move; 0 before the first."""
    return history(listing).values_list("pk", flat=True).last() or 0


def facts_of_move(listing: Listing, move: OfferedMove) -> list[Fact]:
    """Who and what it is about, and the state before and after."""
    return [
        *_about(listing),
        (_("State now"), listing.get_state_display()),
        (_("State afterwards"), format_lazy("{} · {}", move.target.label, SENTENCES[move.target])),
    ]


def facts_of_cancelling(listing: Listing) -> list[Fact]:
    """As for any move, and the money that goes home."""
    move = OfferedMove("cancel", "", ListingState.CANCELLED)
    found = round_of(listing)
    home: list[Fact] = []
    if found and found.funded_minor:
        home = [
            (_("Goes back to investors"), found.funded),
            (_("Investors"), len(allotments(found.pk))),
        ]
    return [*facts_of_move(listing, move), *home]


def facts_of_pay_out(listing: Listing) -> list[Fact]:
    """
    What goes where, and the plan that starts: the figures that the verb would book.

    :raises NothingToPayOut, NotComputable: as the verb
    """
    plan = preview_pay_out(listing, day=business_day(timezone.now()))
    first = plan.instalments[0]
    return [
        *_about(listing),
        (_("Brought together"), plan.loan.principal),
        (_("Investors"), len(plan.holders)),
        (_("Origination fee"), Money(plan.parts.origination_fee_minor, listing.currency)),
        (_("To the risk reserve"), Money(plan.parts.reserve_contribution_minor, listing.currency)),
        (_("To the borrower"), plan.loan.net_paid_out),
        (_("Instalments"), len(plan.instalments)),
        (_("First instalment"), Money(first.total_minor, listing.currency)),
        (_("First due"), first.due_on),
    ]


def _about(listing: Listing) -> list[Fact]:
    return [
        (_("Listing"), str(listing)),
        (_("Borrower"), str(listing.borrower)),
        (_("Amount asked for"), listing.principal),
    ]
