"""A moment as browsers ask for it: a date and a time of day in the site's time zone."""

from datetime import UTC, datetime
from typing import Any

from django import forms
from django.core.validators import MinValueValidator
from django.utils.translation import gettext_lazy as _

#: Nothing of ours is older; earlier years do not survive the change of time zone.
EARLIEST = datetime(2000, 1, 1, tzinfo=UTC)
SHAPE = "%Y-%m-%dT%H:%M"


class MomentField(forms.DateTimeField):
    """Cleans to an aware datetime, or None where it may be empty."""

    widget = forms.DateTimeInput(attrs={"type": "datetime-local"}, format=SHAPE)
    default_error_messages = {"invalid": _("Enter a date and a time, such as 2026-03-02 14:30.")}

    def __init__(self, **options: Any) -> None:
        options.setdefault("validators", [MinValueValidator(EARLIEST, _("That is too long ago."))])
        super().__init__(**options)

    def to_python(self, value: Any) -> datetime | None:
        """Read the moment; what the calendar does not have is refused like any other slip."""
        try:
            return super().to_python(value)
        except OverflowError:
            raise forms.ValidationError(self.error_messages["invalid"], code="invalid") from None
