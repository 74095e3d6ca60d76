"""What a borrower fills in to pay."""

from typing import Any

from django import forms
from django.utils.formats import date_format
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from loans.queries import Standing
from marketplace.lib.formats import format_money
from marketplace.lib.money import Money
from marketplace.lib.web.fields import MoneyField
from marketplace.lib.web.posted import StrictForm

OWED, NEXT, OTHER = "owed", "next", "other"


class PayForm(StrictForm):
    """How much to pay: what is owed, the next instalment too, or an amount. The key makes a double click pay once."""

    choice = forms.ChoiceField(label=_("How much"), widget=forms.RadioSelect)
    amount = MoneyField(label=_("The other amount"), required=False)
    key = forms.UUIDField(widget=forms.HiddenInput)

    def __init__(self, *args: Any, standing: Standing, confirmed: bool = False, **options: Any) -> None:
        super().__init__(*args, **options)
        self.standing = standing
        choices = _choices(standing)
        self.fields["choice"].choices = choices  # type: ignore[attr-defined]
        self.fields["choice"].initial = choices[0][0]
        amount = self.fields["amount"]
        assert isinstance(amount, MoneyField)
        amount.currency = standing.loan.currency
        most = Money(standing.most_payable_minor, standing.loan.currency)
        amount.help_text = _("At most %s today; to repay everything, settle early.") % format_money(most)
        if not confirmed:
            # A confirmed amount is the verb's to judge: a second click comes after the first has changed what is owed.
            amount.most_minor = most.minor

    def clean(self) -> dict[str, Any]:
        """Another amount needs one."""
        cleaned = super().clean()
        if cleaned.get("choice") == OTHER and not cleaned.get("amount") and "amount" not in self.errors:
            self.add_error("amount", _("Enter an amount."))
        return cleaned

    @property
    def money(self) -> Money:
        """What is to be paid."""
        position, currency = self.standing.position, self.standing.loan.currency
        match self.cleaned_data["choice"]:
            case "owed":
                return Money(position.owed_minor, currency)
            case "next":
                return Money(self.standing.most_payable_minor, currency)
            case _other:
                amount: Money = self.cleaned_data["amount"]
                return amount


class SettleForm(StrictForm):
    """The total agreed to; the key makes a double click settle once."""

    total_minor = forms.IntegerField(widget=forms.HiddenInput, min_value=1)
    key = forms.UUIDField(widget=forms.HiddenInput)


def _choices(standing: Standing) -> list[tuple[str, str | Promise]]:
    position, currency = standing.position, standing.loan.currency
    choices: list[tuple[str, str | Promise]] = []
    if position.owed_minor:
        owed = format_money(Money(position.owed_minor, currency))
        choices.append((OWED, _("What is owed today: %s") % owed))
    if position.next_due_on:
        figures = {
            "amount": format_money(Money(standing.most_payable_minor, currency)),
            "day": date_format(position.next_due_on),
        }
        words = (
            _("What is owed and the instalment due on %(day)s: %(amount)s")
            if position.owed_minor
            else _("The next instalment, due on %(day)s: %(amount)s")
        )
        choices.append((NEXT, words % figures))
    return [*choices, (OTHER, _("Another amount"))]
