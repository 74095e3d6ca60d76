"""The links at the top of every page. The table itself is wiring: `settings.NAVIGATION` names it."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass

from django.http import HttpRequest
from django.urls import NoReverseMatch, reverse
from django.utils.functional import Promise


@dataclass(frozen=True, slots=True)
class NavItem:
    """
    One link: what it says, the name of its address, its icon, and who sees it.

    Predicates look at the request; whether the page itself opens is decided by the page.
    """

    label: str | Promise
    url_name: str
    icon: str
    visible: Callable[[HttpRequest], bool]


@dataclass(frozen=True, slots=True)
class NavLink:
    """A link as the page shows it; `current` is the value of aria-current, or empty."""

    label: str
    href: str
    icon: str
    current: str


def links_for(request: HttpRequest, items: Iterable[NavItem]) -> list[NavLink]:
    """The links that this person sees, in the order of the table."""
    shown = [(item, href) for item in items if (href := address_of(item)) and item.visible(request)]
    nearest = _nearest(request.path, [href for _, href in shown])
    return [NavLink(str(item.label), href, item.icon, _current(request.path, href, nearest)) for item, href in shown]


def address_of(item: NavItem) -> str:
    """Where the link leads; empty while no page has that name."""
    try:
        return reverse(item.url_name)
    except NoReverseMatch:
        return ""


def _nearest(path: str, hrefs: list[str]) -> str:
    # The longest address that the page lies under, so that /escrow/journal/ does not also light up /escrow/.
    under = [href for href in hrefs if href != "/" and path.startswith(href)]
    return max(under, key=len, default="")


def _current(path: str, href: str, nearest: str) -> str:
    if path == href:
        return "page"
    return "true" if href == nearest else ""
