"""What templates find without asking."""

from django.conf import settings
from django.http import HttpRequest
from django.utils.functional import SimpleLazyObject
from django.utils.module_loading import import_string

from marketplace.lib.web.navigation import links_for


def navigation(request: HttpRequest) -> dict[str, object]:
    """The reader's links, worked out only if the template shows them."""
    return {"navigation": SimpleLazyObject(lambda: links_for(request, import_string(settings.NAVIGATION)))}
