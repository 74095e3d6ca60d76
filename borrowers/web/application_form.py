"""The application for a loan as a borrower fills it in, and its part that decides the cost."""

from typing import Any

from django import forms
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from listings.models import Listing, LoanPurpose, RepaymentMethod
from listings.operations import ListingTerms
from listings.operations.draft import (
    HIGHEST_RATE_BPS,
    LARGEST_PRINCIPAL_MINOR,
    LONGEST_TERM_MONTHS,
    SMALLEST_PRINCIPAL_MINOR,
)
from marketplace.lib.money import Money
from marketplace.lib.web.fields import MoneyField, RateField

#: Which box shows a refusal of which term.
FIELD_OF_TERM = {
    "principal_minor": "principal",
    "annual_rate_bps": "annual_rate",
    "accepts_from_minor": "accepts_from",
    "title": "title",
    "term_months": "term_months",
}


class CostForm(forms.Form):
    """The part of an application that decides what it costs."""

    principal = MoneyField(label=_("Amount"), least_minor=SMALLEST_PRINCIPAL_MINOR, most_minor=LARGEST_PRINCIPAL_MINOR)
    annual_rate = RateField(
        label=_("Annual rate, %"),
        least_bps=1,
        most_bps=HIGHEST_RATE_BPS,
        help_text=_("What you pay investors a year. A higher rate finds money sooner."),
    )
    term_months = forms.IntegerField(
        label=_("Term in months"), min_value=1, max_value=LONGEST_TERM_MONTHS, localize=False
    )
    method = forms.ChoiceField(label=_("Repayment"), choices=RepaymentMethod.choices)

    def listing(self) -> Listing:
        """The listing these terms would make, not saved; the form must be valid."""
        data = self.cleaned_data
        return Listing(
            principal_minor=data["principal"].minor,
            currency=data["principal"].currency,
            annual_rate_bps=data["annual_rate"],
            term_months=data["term_months"],
            method=data["method"],
        )


class ApplicationForm(CostForm):
    """A whole application. Bounds are those of `create_draft`, said beside the box."""

    title = forms.CharField(label=_("Title"), max_length=100, help_text=_("One line that investors see in the list."))
    purpose = forms.ChoiceField(label=_("Purpose"), choices=LoanPurpose.choices)
    story = forms.CharField(
        label=_("What the money is for"),
        max_length=4000,
        required=False,
        widget=forms.Textarea(attrs={"rows": 6}),
        help_text=_("Investors read this. Leave out names, telephone and account numbers."),
    )
    accepts_part = forms.BooleanField(label=_("I would also take less, if the round ends short"), required=False)
    accepts_from = MoneyField(
        label=_("But at least"), required=False, help_text=_("Below this everybody gets their money back.")
    )

    field_order = ["title", "purpose", "story", "principal", "accepts_part", "accepts_from"]

    def clean(self) -> dict[str, Any]:
        """Hold the least amount against the amount."""
        data = super().clean() or {}
        principal, least = data.get("principal"), data.get("accepts_from")
        if data.get("accepts_part"):
            if least is None and "accepts_from" not in self.errors:
                self.add_error("accepts_from", _("Say how little would still do."))
            elif least and principal and least > principal:
                self.add_error("accepts_from", _("This is more than the amount you ask for."))
        return data

    def terms(self) -> ListingTerms:
        """The application as the verbs take it; the form must be valid."""
        data = self.cleaned_data
        least: Money | None = data["accepts_from"] if data["accepts_part"] else None
        return ListingTerms(
            title=data["title"],
            purpose=data["purpose"],
            story=data["story"],
            principal_minor=data["principal"].minor,
            annual_rate_bps=data["annual_rate"],
            term_months=data["term_months"],
            method=data["method"],
            accepts_from_minor=None if least is None else least.minor,
        )

    def refuse(self, field: str, reason: str | Promise) -> None:
        """Show a refused term beside its box."""
        self.add_error(FIELD_OF_TERM.get(field), reason)  # type: ignore[arg-type]


def application_of(listing: Listing) -> dict[str, Any]:
    """A saved listing as the form's initial values."""
    in_part = listing.accepts_from_minor < listing.principal_minor
    return {
        "title": listing.title,
        "purpose": listing.purpose,
        "story": listing.story,
        "principal": listing.principal,
        "annual_rate": listing.annual_rate_bps,
        "term_months": listing.term_months,
        "method": listing.method,
        "accepts_part": in_part,
        "accepts_from": Money(listing.accepts_from_minor, listing.currency) if in_part else None,
    }
