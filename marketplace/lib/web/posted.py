"""What a browser posts: forms only, the fields they have and no others, and the step in which they are confirmed."""

from typing import Any

from django import forms
from django.http import HttpRequest, QueryDict
from django.utils.translation import gettext_lazy as _

from marketplace.lib.errors import Refused

FORM_TYPES = frozenset({"application/x-www-form-urlencoded", "multipart/form-data"})
#: Sent along by our pages beside the fields of a form.
CONFIRMED = "confirmed"
BESIDE_THE_FIELDS = frozenset({"csrfmiddlewaretoken", CONFIRMED})


class NotAForm(Refused):
    """Something else than a form was posted to a page."""

    code = "not_a_form"
    message = _("Please send this as a form; “%(content_type)s” is not understood here.")
    http_status = 415


class StrictForm(forms.Form):
    """A form that names the fields it does not know: a misspelt one must not be dropped without a word."""

    def clean(self) -> dict[str, Any]:
        """Refuse unknown fields, and say aloud what is wrong with hidden ones."""
        cleaned = super().clean() or self.cleaned_data
        known = {self.add_prefix(name) for name in self.fields} | BESIDE_THE_FIELDS
        if unknown := sorted(set(self.data) - known):
            raise forms.ValidationError(_("Unknown fields: %(names)s."), "unknown", {"names": ", ".join(unknown)})
        if any(field.errors for field in self.hidden_fields()):
            raise forms.ValidationError(_("A part that belongs to this page is missing; open the page again."), "part")
        return cleaned

    @property
    def as_sent(self) -> list[tuple[str, str]]:
        """(name, value) of what was filled in, and the mark of confirmation: hidden fields of a confirming form."""
        names = (self.add_prefix(name) for name in self.fields)
        filled = [(name, value) for name in names if (value := self.data.get(name))]
        return [*filled, (CONFIRMED, "yes")]


def posted(request: HttpRequest) -> QueryDict:
    """
    The fields of the posted form.

    :raises NotAForm: if the body is something else
    """
    if request.content_type not in FORM_TYPES:
        raise NotAForm(content_type=request.content_type)
    return request.POST


def is_confirmed(request: HttpRequest) -> bool:
    """Say whether the reader has seen what will happen and pressed the button below it."""
    return request.POST.get(CONFIRMED) == "yes"
