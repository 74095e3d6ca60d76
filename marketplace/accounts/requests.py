"""The request as our middleware leaves it, for the types of pages."""

from django.http import HttpRequest
from django_htmx.middleware import HtmxDetails

from marketplace.accounts.models import User
from marketplace.lib.actor import Actor


class PageRequest(HttpRequest):
    """Any request: `actor` has no roles for visitors."""

    actor: Actor
    htmx: HtmxDetails


class UserRequest(PageRequest):
    """A request behind `@signed_in` or `@allowed`."""

    user: User
