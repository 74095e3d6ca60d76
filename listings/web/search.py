"""The filters of the listings' page: each value is taken if it makes sense and named if it does not."""

from collections.abc import Callable
from typing import Any

from django import forms
from django.db.models import Case, IntegerField, OuterRef, QuerySet, Subquery, Value, When
from django.utils.translation import gettext_lazy as _

from listings.models import Listing, LoanPurpose
from listings.operations.draft import HIGHEST_RATE_BPS
from listings.rounds.models import TAKES_BIDS, Round
from listings.states import PUBLISHED, ListingState
from marketplace.lib.web.fields import RateField

STATES = [(state.value, state.label) for state in ListingState if state in PUBLISHED]
#: Shortest and longest term of each choice, in months.
TERMS = {"1-6": (1, 6), "7-12": (7, 12), "13-24": (13, 24), "25-36": (25, 36), "37-60": (37, 60)}
TERM_CHOICES = [
    ("1-6", _("Up to 6 months")),
    ("7-12", _("7 to 12 months")),
    ("13-24", _("13 to 24 months")),
    ("25-36", _("25 to 36 months")),
    ("37-60", _("37 to 60 months")),
]
SORT_CHOICES = [
    ("rate", _("Highest rate")),
    ("amount", _("Largest amount")),
    ("term", _("Shortest term")),
    ("closing", _("Closing soonest")),
    ("newest", _("Newest")),
]
Listings = QuerySet[Listing]


def _open_first(found: Listings) -> Listings:
    rank = Case(
        When(state=ListingState.OPEN, then=Value(0)),
        When(state=ListingState.SCHEDULED, then=Value(1)),
        default=Value(2),
        output_field=IntegerField(),
    )
    return found.order_by(rank, "-id")


def _closing_soonest(found: Listings) -> Listings:
    live = Round.objects.filter(listing=OuterRef("pk"), state__in=TAKES_BIDS).values("closes_at")[:1]
    return found.order_by(Subquery(live).asc(nulls_last=True), "-id")


ORDERS: dict[str, Callable[[Listings], Listings]] = {
    "": _open_first,
    "rate": lambda found: found.order_by("-annual_rate_bps", "-id"),
    "amount": lambda found: found.order_by("-principal_minor", "-id"),
    "term": lambda found: found.order_by("term_months", "-id"),
    "closing": _closing_soonest,
    "newest": lambda found: found.order_by("-id"),
}


def _choice(label: object, none: object, choices: list[tuple[str, object]]) -> forms.ChoiceField:
    return forms.ChoiceField(label=label, required=False, choices=[("", none), *choices])  # type: ignore[arg-type]


class ListingSearch(forms.Form):
    """The filters as the address has them."""

    use_required_attribute = False

    state = _choice(_("State"), _("Any"), list(STATES))
    purpose = _choice(_("Purpose"), _("Any"), list(LoanPurpose.choices))
    grade = _choice(_("Grade"), _("Any"), [])
    term = _choice(_("Term"), _("Any"), list(TERM_CHOICES))
    rate_from = RateField(label=_("Rate from, %"), required=False, most_bps=HIGHEST_RATE_BPS)
    rate_to = RateField(label=_("Rate to, %"), required=False, most_bps=HIGHEST_RATE_BPS)
    sort = _choice(_("Sorted by"), _("Open ones first"), list(SORT_CHOICES))

    def __init__(self, data: object, *, listings: Listings) -> None:
        super().__init__(data)  # type: ignore[arg-type]
        self.listings = listings
        grades = listings.exclude(grade="").order_by("grade").values_list("grade", flat=True).distinct()
        self.fields["grade"].choices = [("", _("Any")), *((grade, grade) for grade in grades)]  # type: ignore[attr-defined]

    @property
    def ignored(self) -> list[str]:
        """The labels of the filters whose values made no sense."""
        return [str(self.fields[name].label) for name in self.errors]

    @property
    def is_narrowed(self) -> bool:
        """Say whether a filter holds anything back."""
        return any(value not in ("", None) for name, value in self._usable().items() if name != "sort")

    def found(self) -> Listings:
        """The listings that pass every filter that makes sense, in the order asked for."""
        usable = self._usable()
        found = self.listings
        for column in ("state", "purpose", "grade"):
            if value := usable.get(column):
                found = found.filter(**{column: value})
        if term := usable.get("term"):
            found = found.filter(term_months__range=TERMS[term])
        for name, lookup in (("rate_from", "annual_rate_bps__gte"), ("rate_to", "annual_rate_bps__lte")):
            if (bps := usable.get(name)) is not None:
                found = found.filter(**{lookup: bps})
        return ORDERS[usable.get("sort") or ""](found)

    def _usable(self) -> dict[str, Any]:
        self.is_valid()
        return self.cleaned_data
