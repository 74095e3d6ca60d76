"""The forms of staff about a listing."""

from datetime import datetime
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from listings.operations.move import NEED_A_REASON, ReasonMissing
from listings.rounds.operations import RoundTerms
from marketplace.lib.errors import InvalidInput
from marketplace.lib.money import Money
from marketplace.lib.web.fields import MoneyField
from marketplace.lib.web.moments import MomentField
from marketplace.lib.web.posted import StrictForm

ORDINARY, FLASH = "ordinary", "flash"
KINDS = [(ORDINARY, _("Ordinary round, open for days")), (FLASH, _("Flash round, live for minutes"))]
#: The verb's words for what it refuses, and the field of ours where the reader sees it.
FIELD_OF = {
    "minimum_bid_minor": "smallest_bid",
    "step_minor": "step",
    "maximum_per_investor_minor": "most_per_investor",
}


class OpinionForm(StrictForm):
    """Why a move is made, and the last move the reader had seen when they decided."""

    opinion = forms.CharField(
        label=_("Opinion"),
        max_length=1000,
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text=_("The borrower and your colleagues can read it; it cannot be changed afterwards."),
    )
    seen = forms.IntegerField(widget=forms.HiddenInput, min_value=0)

    def __init__(self, *args: Any, move: str = "", **options: Any) -> None:
        super().__init__(*args, **options)
        opinion = self.fields["opinion"]
        opinion.required = move in NEED_A_REASON
        opinion.error_messages["required"] = ReasonMissing.message


class RoundForm(StrictForm):
    """When and how a round takes bids."""

    kind = forms.ChoiceField(label=_("Kind"), choices=KINDS, widget=forms.RadioSelect)
    opens_at = MomentField(label=_("Opens"))
    closes_at = MomentField(label=_("Closes"))
    smallest_bid = MoneyField(label=_("Smallest bid"))
    step = MoneyField(label=_("Step"), help_text=_("Bids are a multiple of it; it divides the amount."))
    most_per_investor = MoneyField(label=_("Most per investor"), required=False)

    def __init__(self, *args: Any, currency: str, **options: Any) -> None:
        super().__init__(*args, **options)
        for name in ("smallest_bid", "step", "most_per_investor"):
            self.fields[name].currency = currency  # type: ignore[attr-defined]

    def refuse(self, refusal: InvalidInput) -> None:
        """Show what the verb refuses beside its box."""
        field = FIELD_OF.get(refusal.params["field"], refusal.params["field"])
        self.add_error(field if field in self.fields else None, refusal.params["reason"])

    @property
    def terms(self) -> RoundTerms:
        """The terms as the verb takes them."""
        most: Money | None = self.cleaned_data["most_per_investor"]
        opens_at: datetime = self.cleaned_data["opens_at"]
        return RoundTerms(
            opens_at=opens_at,
            closes_at=self.cleaned_data["closes_at"],
            is_flash=self.cleaned_data["kind"] == FLASH,
            minimum_bid_minor=self.cleaned_data["smallest_bid"].minor,
            step_minor=self.cleaned_data["step"].minor,
            maximum_per_investor_minor=most.minor if most else None,
        )


class PayOutForm(StrictForm):
    """A pay-out has nothing to fill in; the key makes it happen once."""

    key = forms.UUIDField(widget=forms.HiddenInput)
