"""Tags and filters that every template has without loading them."""

from datetime import date, datetime
from decimal import Decimal
from typing import Any

from django import template
from django.core.paginator import Page
from django.templatetags.static import static
from django.urls import reverse
from django.utils import timezone
from django.utils.dateformat import format as date_format
from django.utils.formats import get_format
from django.utils.html import format_html
from django.utils.safestring import SafeString

from marketplace.lib.formats import NO_FIGURE, format_money, format_rate, format_whole
from marketplace.lib.money import DEFAULT_CURRENCY, Money
from marketplace.lib.web import forms, labels
from marketplace.lib.web.states import family_of

register = template.Library()
register.filter("control", forms.control)
register.filter("is_check", forms.is_check)
register.filter("choices", forms.choices)
register.filter("author", labels.author)
register.filter("cause", labels.cause)


@register.filter
def money(amount: Money | None) -> str:
    """{{ amount|money }}: with currency sign, in the reader's language."""
    return format_money(amount)


@register.filter
def minor_money(amount_minor: int | None, currency: str = DEFAULT_CURRENCY) -> str:
    """{{ amount_minor|minor_money:currency }}: the same for a column in minor units."""
    return format_money(None if amount_minor is None else Money(amount_minor, currency))


@register.filter
def rate(rate_bps: int | Decimal | None) -> str:
    """{{ annual_rate_bps|rate }}: basis points as a percentage."""
    return format_rate(rate_bps)


@register.filter
def whole(number: int | None) -> str:
    """{{ investors|whole }}: a whole number with grouping."""
    return format_whole(number)


@register.filter
def figure(value: object) -> object:
    """{{ value|figure }}: money and moments as they are written; text and whatever else stays as it is."""
    if isinstance(value, Money):
        return format_money(value)
    if isinstance(value, datetime):
        return moment(value)
    return day(value) if isinstance(value, date) else value


@register.filter
def day(value: date | None) -> str:
    """{{ due_date|day }}: a date that machines can read too."""
    return _time(value, get_format("DATE_FORMAT"))


@register.filter
def moment(value: datetime | None) -> str:
    """{{ decided_at|moment }}: a date with its time of day, in the site's time zone."""
    return _time(value and timezone.localtime(value), f"{get_format('DATE_FORMAT')} H:i")


@register.filter
def clock(value: datetime | None) -> str:
    """{{ placed_at|clock }}: the time of day to the second, where the date is known."""
    return _time(value and timezone.localtime(value), "H:i:s")


def _time(value: date | None, shape: str) -> str:
    if value is None:
        return NO_FIGURE
    return format_html('<time datetime="{}">{}</time>', value.isoformat(), date_format(value, shape))


@register.simple_tag
def icon(name: str) -> SafeString:
    """{% icon "wallet" %}: a decoration; the words beside it carry the meaning."""
    address = f"{static('loanbridge/icons.svg')}#{name}"
    return format_html('<svg class="icon" aria-hidden="true" focusable="false"><use href="{}"></use></svg>', address)


@register.simple_tag
def state_badge(thing: Any) -> SafeString:
    """{% state_badge listing %}: the state in words, coloured by its family (see `states`)."""
    field = "state" if hasattr(thing, "state") else "status"
    value = str(getattr(thing, field))
    words = getattr(thing, f"get_{field}_display", lambda: value)()
    return badge(words, getattr(thing, "state_family", None) or family_of(value))


@register.simple_tag
def badge(words: str, family: str = "neutral") -> SafeString:
    """{% badge _("New") "live" %}: words in the colours of a family."""
    return format_html('<span class="lb-state lb-state-{}">{}</span>', family, words)


@register.simple_tag
def crumb(label: str, url_name: str, *args: object, **kwargs: object) -> SafeString:
    """{% crumb _("Listings") "listing_list" %}: one step of the way back."""
    href = reverse(url_name, args=args, kwargs=kwargs)
    return format_html('<li class="breadcrumb-item"><a href="{}">{}</a></li>', href, label)


@register.inclusion_tag("components/pagination.html", takes_context=True)
def pagination(context: template.Context, page: Page[Any]) -> dict[str, Any]:
    """{% pagination page %}: links to the other pages, keeping filters and sorting."""
    numbers = page.paginator.get_elided_page_range(page.number, on_each_side=1, on_ends=1)
    return {"page": page, "numbers": list(numbers), "query": context["request"].GET}
