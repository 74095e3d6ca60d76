"""Money, rates and whole numbers as the reader's language writes them."""

from decimal import Decimal

from babel import Locale
from babel.numbers import format_currency, format_decimal, format_percent
from django.utils.translation import get_language, to_locale

from marketplace.lib.money import Money

#: Shown where there is no figure.
NO_FIGURE = "—"


def active_locale() -> Locale:
    """The locale of the language that is active in this thread."""
    return Locale.parse(to_locale(get_language() or "en"))


def format_money(money: Money | None) -> str:
    """An amount with its currency sign and all the decimals of the currency; a dash for None."""
    if money is None:
        return NO_FIGURE
    return format_currency(money.decimal, money.currency, locale=active_locale())


def format_rate(rate_bps: int | Decimal | None) -> str:
    """Basis points as a percentage with two decimals: 1250 becomes 12.50%; a dash for None."""
    if rate_bps is None:
        return NO_FIGURE
    return format_percent(Decimal(rate_bps) / 10_000, format="#,##0.00%", locale=active_locale())


def format_whole(number: int | None) -> str:
    """A whole number with the language's grouping; a dash for None."""
    if number is None:
        return NO_FIGURE
    return format_decimal(number, locale=active_locale())
