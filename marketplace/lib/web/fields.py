"""Form fields for money and rates: what people type in, exact units out."""

import re
import unicodedata
from decimal import Decimal
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from marketplace.lib.formats import format_money, format_rate
from marketplace.lib.money import DEFAULT_CURRENCY, EXPONENTS, LARGEST_MINOR, Money

#: Digits, grouped or not, with or without decimals. Stricter than Decimal, which also takes "1e5" and "1_0".
NUMBER = re.compile(r"[+-]?(\d+|\d{1,3}(,\d{3})+)(\.\d+)?")
#: Longer input cannot be an amount we hold.
LONGEST = 24


class DecimalTextField(forms.CharField):
    """A text box for a decimal number: a number box would drop what it does not understand without a word."""

    default_error_messages = {
        "invalid": _("Enter a number, such as 1,000.50."),
        "decimals": _("At most %(places)s decimals."),
        "low": _("At least %(limit)s."),
        "high": _("At most %(limit)s."),
    }

    def __init__(self, **options: Any) -> None:
        super().__init__(**options)
        self.widget.attrs.update(inputmode="decimal", autocomplete="off")

    def read(self, text: str, *, places: int) -> int | None:
        """
        The number times ten to the power of `places`; None for an empty box.

        :raises ValidationError: if it is no number, has more decimals or does not fit a BIGINT
        """
        plain = unicodedata.normalize("NFKC", text).replace(" ", "")
        if not plain:
            return None
        if len(plain) > LONGEST or not NUMBER.fullmatch(plain):
            raise self.error("invalid")
        scaled = Decimal(plain.replace(",", "")).scaleb(places)
        if scaled != scaled.to_integral_value():
            raise self.error("decimals", places=places)
        if abs(scaled) > LARGEST_MINOR:
            raise self.error("invalid")
        return int(scaled)

    def error(self, code: str, **params: object) -> ValidationError:
        """The field's own sentence for a code."""
        return ValidationError(self.error_messages[code], code=code, params=params)


class MoneyField(DecimalTextField):
    """An amount in major units; cleans to `Money`, or None where it may be empty. Limits in minor units."""

    def __init__(
        self,
        *,
        currency: str = DEFAULT_CURRENCY,
        least_minor: int = 1,
        most_minor: int = LARGEST_MINOR,
        **options: Any,
    ) -> None:
        super().__init__(**options)
        self.currency, self.least_minor, self.most_minor = currency, least_minor, most_minor

    def clean(self, value: Any) -> Money | None:
        """Read the amount and hold it against the limits."""
        minor = self.read(super().clean(value), places=EXPONENTS[self.currency])
        if minor is None:
            return None
        if minor < self.least_minor:
            raise self.error("low", limit=format_money(Money(self.least_minor, self.currency)))
        if minor > self.most_minor:
            raise self.error("high", limit=format_money(Money(self.most_minor, self.currency)))
        return Money(minor, self.currency)

    def prepare_value(self, value: Any) -> Any:
        """Show stored money as people write it."""
        return f"{value.decimal:f}" if isinstance(value, Money) else value


class RateField(DecimalTextField):
    """A percentage; cleans to basis points, or None where it may be empty. Limits in basis points."""

    def __init__(self, *, least_bps: int = 0, most_bps: int = 10_000, **options: Any) -> None:
        super().__init__(**options)
        self.least_bps, self.most_bps = least_bps, most_bps

    def clean(self, value: Any) -> int | None:
        """Read the percentage, with or without its sign, and hold it against the limits."""
        bps = self.read(super().clean(value).rstrip("%％ "), places=2)
        if bps is None:
            return None
        if bps < self.least_bps:
            raise self.error("low", limit=format_rate(self.least_bps))
        if bps > self.most_bps:
            raise self.error("high", limit=format_rate(self.most_bps))
        return bps

    def prepare_value(self, value: Any) -> Any:
        """Show stored basis points as a percentage without its sign."""
        return f"{Decimal(value).scaleb(-2):f}" if isinstance(value, int) else value
