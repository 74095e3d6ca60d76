"""The loan book narrowed by what the address says, and its rows."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from django import forms
from django.db.models import Q, QuerySet
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from loans.core.classify import DEFAULT_THRESHOLDS
from loans.models import Loan, LoanState
from loans.queries import book
from loans.web.loan_view import class_words
from marketplace.lib.money import Money

REFERENCE = re.compile(r"(?:LN-?)?0*(\d{1,12})", re.IGNORECASE)
ON_TIME = "on_time"
LATENESS = [
    ("", _("Any")),
    (ON_TIME, _("On time")),
    ("1", _("1 day or more")),
    (str(DEFAULT_THRESHOLDS.special_mention), _("31 days or more: special mention")),
    (str(DEFAULT_THRESHOLDS.substandard), _("91 days or more: substandard")),
    (str(DEFAULT_THRESHOLDS.doubtful), _("181 days or more: doubtful")),
    (str(DEFAULT_THRESHOLDS.loss), _("361 days or more: loss")),
]


class BookSearch(forms.Form):
    """The filters as the address has them; what makes no sense is left out and said beside its box."""

    use_required_attribute = False

    q = forms.CharField(label=_("Number, title or borrower"), required=False, max_length=80)
    state = forms.ChoiceField(label=_("State"), required=False, choices=[("", _("Any")), *LoanState.choices])
    past_due = forms.ChoiceField(label=_("Days past due"), required=False, choices=LATENESS)

    @property
    def is_narrowed(self) -> bool:
        """Say whether something is held back."""
        self.is_valid()
        return any(self.cleaned_data.values())

    def found(self, *, day: date) -> QuerySet[Loan, Any]:
        """The loans that match on a day: the latest first, or the latest of those that are late."""
        self.is_valid()
        loans = book()
        if state := self.cleaned_data.get("state"):
            loans = loans.filter(state=state)
        if words := self.cleaned_data.get("q"):
            loans = loans.filter(_matching(words))
        past_due = self.cleaned_data.get("past_due")
        if past_due == ON_TIME:
            loans = loans.filter(Q(unpaid_since__gte=day) | Q(unpaid_since=None))
        elif past_due:
            return loans.filter(unpaid_since__lte=day - timedelta(days=int(past_due))).order_by("unpaid_since", "pk")
        return loans.order_by("-pk")


@dataclass(frozen=True, slots=True)
class BookRow:
    """A loan as the book shows it on a day."""

    loan: Loan
    outstanding: Money
    #: When the oldest unpaid instalment is or was due.
    unpaid_since: date | None
    days_past_due: int

    @property
    def class_words(self) -> tuple[str | Promise, str]:
        """The class in words, and its colours."""
        return class_words(self.days_past_due)


def book_rows(loans: Iterable[Any], *, day: date) -> list[BookRow]:
    """Rows of `loans.queries.book` on a day."""
    return [
        BookRow(
            loan=loan,
            outstanding=Money(loan.outstanding_minor, loan.currency),
            unpaid_since=loan.unpaid_since,
            days_past_due=max(0, (day - loan.unpaid_since).days) if loan.unpaid_since else 0,
        )
        for loan in loans
    ]


def _matching(words: str) -> Q:
    found = Q(listing__title__icontains=words) | Q(borrower__legal_name__icontains=words)
    if number := REFERENCE.fullmatch(words.strip()):
        found |= Q(pk=int(number[1]))
    return found
