"""Where in the state machine a listing stands, as a row of steps."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from listings.models import Listing, Move
from listings.states import FINAL, ListingState

#: The way of a listing that gets everything; the other states leave it somewhere.
PATH = (
    ListingState.SUBMITTED,
    ListingState.INVESTIGATING,
    ListingState.RISK_REVIEW,
    ListingState.COMMITTEE,
    ListingState.APPROVED,
    ListingState.SCHEDULED,
    ListingState.OPEN,
    ListingState.FUNDED,
    ListingState.CONTRACTED,
    ListingState.DISBURSED,
)
#: What each kind of step is called for those who do not see its colour.
SPOKEN = {"done": _("done"), "now": _("here now"), "left": _("left the way here"), "todo": _("to come")}


@dataclass(frozen=True, slots=True)
class Step:
    """One state of the way; `kind` is done, now, left (the way was left here) or todo."""

    label: str
    kind: str

    @property
    def spoken(self) -> str | Promise:
        """The kind in words."""
        return SPOKEN[self.kind]


def steps(listing: Listing, moves: Sequence[Move]) -> list[Step]:
    """The way with the listing on it; `moves` are its moves, oldest first."""
    state = ListingState(listing.state)
    if state in PATH:
        here, kind = PATH.index(state), "done" if state in FINAL else "now"
    else:
        here, kind = _last_on_the_way(moves), "left"
    return [
        Step(str(step.label), "done" if at < here else kind if at == here else "todo") for at, step in enumerate(PATH)
    ]


def _last_on_the_way(moves: Sequence[Move]) -> int:
    passed = [PATH.index(ListingState(m.from_state)) for m in moves if m.from_state in PATH]
    return passed[-1] if passed else -1
