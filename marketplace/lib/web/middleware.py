"""What every response passes through."""

from collections.abc import Callable

from csp.constants import UNSAFE_EVAL, UNSAFE_INLINE
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import NoReverseMatch, reverse
from django.views.defaults import page_not_found

from marketplace.lib.errors import NotFound, Refused
from marketplace.lib.web.messages import back_address, fragment

GetResponse = Callable[[HttpRequest], HttpResponse]

#: The admin's own pages compute in attributes and carry style elements.
ADMIN_ALLOWANCES = {"script-src": [UNSAFE_EVAL], "style-src": [UNSAFE_INLINE]}

SAFE_METHODS = ("GET", "HEAD")


class AdminContentSecurityPolicy:
    """Relaxes the policy for the admin, and there only for people who may open it."""

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        if _is_admin_page(request):
            response._csp_update = ADMIN_ALLOWANCES  # type: ignore[attr-defined]
        return response


def _is_admin_page(request: HttpRequest) -> bool:
    try:
        below_admin = request.path.startswith(reverse("admin:index"))
    except NoReverseMatch:
        return False
    return below_admin and request.user.is_authenticated and request.user.is_staff


class RefusalsBecomePages:
    """Turns a refusal that a view did not answer into a page, or for htmx into a message on the page."""

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_exception(self, request: HttpRequest, exception: Exception) -> HttpResponse | None:
        """Answer a refusal with its own status; leave everything else to Django."""
        if not isinstance(exception, Refused):
            return None
        if request.headers.get("HX-Request") == "true":
            return fragment(request, exception.text, status=exception.http_status)
        if isinstance(exception, NotFound) and request.method in SAFE_METHODS:
            return page_not_found(request, exception)
        context = {"refusal": exception, "back": back_address(request)}
        return render(request, "errors/refused.html", context, status=exception.http_status)
