"""What finance fills in, and the filters of its pages."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from escrow.chart import ALLOWED, BANK_ESCROW, Kind, Purpose, borrower_cash, investor_cash
from escrow.models import Account
from escrow.queries import UnknownAccount, get_account
from escrow.web.kinds import ENTRY_KINDS
from marketplace.lib.payment_reference import Party, ReferenceUnreadable, read_reference
from marketplace.lib.web.fields import MoneyField
from marketplace.lib.web.moments import MomentField
from marketplace.lib.web.posted import StrictForm

#: Kinds of accounts that money from the bank may go to.
TAKES_RECEIPTS = frozenset(credit for debit, credit in ALLOWED[Purpose.BANK_DEPOSIT] if debit == Kind.BANK)
#: More than one receipt can be; it keeps sums far from the end of a BIGINT.
LARGEST_RECEIPT_MINOR = 10_000_000_000_00
#: What an entry's reference leaves after "bank:".
LONGEST_BANK_REFERENCE = 59


class MomentForm(forms.Form):
    """A past moment to look at; empty means now."""

    use_required_attribute = False
    at = MomentField(label=_("As it was at"), required=False)


class JournalFilter(forms.Form):
    """The journal's filters; a value that makes no sense is left out and said beside its box."""

    use_required_attribute = False

    reference = forms.CharField(label=_("Reference begins with"), required=False, max_length=64)
    account = forms.CharField(label=_("Account"), required=False, max_length=64)
    kind = forms.ChoiceField(label=_("Kind"), required=False, choices=[("", _("Any")), *ENTRY_KINDS.items()])
    since = forms.DateField(
        label=_("Value date from"), required=False, widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
    )
    until = forms.DateField(
        label=_("Value date to"), required=False, widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
    )

    def clean_account(self) -> str:
        """An account there is."""
        code: str = self.cleaned_data["account"]
        return _known(code).code if code else ""

    def usable(self) -> dict[str, Any]:
        """The values that make sense."""
        self.is_valid()
        return {name: value for name, value in self.cleaned_data.items() if value}


class AccountSearch(forms.Form):
    """The search for accounts."""

    use_required_attribute = False

    q = forms.CharField(label=_("Code or payment reference"), required=False, max_length=64)
    kind = forms.ChoiceField(label=_("Kind"), required=False, choices=[("", _("Any")), *Kind.choices])


class ReceiptForm(StrictForm):
    """Money seen on the bank's statement."""

    account = forms.CharField(
        label=_("Account or payment reference"),
        max_length=64,
        widget=forms.TextInput(attrs={"list": "account-options", "autocomplete": "off", "spellcheck": "false"}),
        help_text=_("The reference that the client wrote on the transfer, or the account's code."),
    )
    amount = MoneyField(label=_("Amount"), most_minor=LARGEST_RECEIPT_MINOR)
    bank_reference = forms.CharField(
        label=_("The bank's reference"),
        max_length=LONGEST_BANK_REFERENCE,
        help_text=_("The number of the booking on the bank's statement."),
    )
    key = forms.UUIDField(widget=forms.HiddenInput)

    def clean_account(self) -> Account:
        """A wallet, or the account for money nobody is matched to, in the bank account's currency."""
        account = _known(code_of(self.cleaned_data["account"]))
        if account.kind not in TAKES_RECEIPTS:
            raise forms.ValidationError(_("Money from the bank cannot go to this account."), "kind")
        if account.currency != get_account(BANK_ESCROW).currency:
            raise forms.ValidationError(_("This account is in another currency than the bank account."), "currency")
        return account


def code_of(text: str) -> str:
    """The code that a payment reference stands for; any other text as it is."""
    try:
        party, number = read_reference(text)
    except ReferenceUnreadable:
        return text
    return investor_cash(number) if party == Party.INVESTOR else borrower_cash(number)


def _known(code: str) -> Account:
    try:
        return get_account(code)
    except UnknownAccount as unknown:
        raise forms.ValidationError(unknown.text, unknown.code) from None
