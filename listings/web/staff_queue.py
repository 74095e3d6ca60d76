"""What the work queue shows: rows with their age, narrowed by what was typed."""

import re

from django import forms
from django.db.models import Max, Q, QuerySet
from django.utils.translation import gettext_lazy as _

from listings.models import Listing
from listings.queries import visible_to, work_queue
from listings.states import ListingState
from marketplace.lib.actor import Actor

MINE, ALL = "mine", "all"
#: Roles whose turn comes at some state; the others start with all listings.
ROLES_WITH_A_QUEUE = frozenset({"loan_officer", "risk_officer", "committee_member", "operations", "finance"})
REFERENCE = re.compile(r"(?:LB-?)?0*(\d{1,12})", re.IGNORECASE)
STATES = [(state.value, state.label) for state in ListingState if state != ListingState.DRAFT]


class QueueSearch(forms.Form):
    """The search box and the state as the address has them; what makes no sense is left out and said."""

    use_required_attribute = False

    q = forms.CharField(label=_("Number, title or borrower"), required=False, max_length=80)
    state = forms.ChoiceField(label=_("State"), required=False, choices=[("", _("Any")), *STATES])

    @property
    def is_narrowed(self) -> bool:
        """Say whether something is held back."""
        self.is_valid()
        return any(self.cleaned_data.values())

    def narrow(self, listings: QuerySet[Listing]) -> QuerySet[Listing]:
        """The listings that match."""
        self.is_valid()
        if state := self.cleaned_data.get("state"):
            listings = listings.filter(state=state)
        if words := self.cleaned_data.get("q"):
            listings = listings.filter(_matching(words))
        return listings


def queue(actor: Actor, *, show: str, search: QueueSearch) -> QuerySet[Listing]:
    """
    Listings with `waiting_since`: those that wait for the actor, longest first, or all they may see, newest first.

    `show` is `MINE` or `ALL`.
    """
    listings = search.narrow(work_queue(actor) if show == MINE else visible_to(actor))
    order = ("waiting_since", "pk") if show == MINE else ("-pk",)
    return listings.annotate(waiting_since=Max("moves__at")).order_by(*order)


def shown_first(actor: Actor) -> str:
    """The tab an actor starts with."""
    return MINE if actor.has(*ROLES_WITH_A_QUEUE) else ALL


def _matching(words: str) -> Q:
    found = Q(title__icontains=words) | Q(borrower__legal_name__icontains=words)
    if number := REFERENCE.fullmatch(words.strip()):
        found |= Q(pk=int(number[1]))
    return found
