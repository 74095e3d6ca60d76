"""The short forms of a borrower."""

from django import forms
from django.utils.translation import gettext_lazy as _

from borrowers.models import BorrowerKind


class OpenBorrowerForm(forms.Form):
    """Who will borrow."""

    legal_name = forms.CharField(
        label=_("Legal name"),
        max_length=120,
        help_text=_("As it stands in your identity document or business licence."),
        widget=forms.TextInput(attrs={"autocomplete": "name"}),
    )
    kind = forms.ChoiceField(label=_("Who is borrowing"), choices=BorrowerKind.choices)


class SignForm(forms.Form):
    """The borrower's word."""

    agrees = forms.BooleanField(
        label=_("I have read these figures and sign the loan contract."),
        error_messages={"required": _("Tick the box to sign.")},
    )
