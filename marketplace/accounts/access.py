"""How a page says who may open it. Every view carries one of these marks; an architecture test looks for it."""

from collections.abc import Callable
from functools import wraps
from typing import TypeVar, cast

from django.contrib.auth.views import redirect_to_login
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponseBase

from marketplace.accounts.permissions import Capability

View = TypeVar("View", bound=Callable[..., HttpResponseBase])


def public(view: View) -> View:
    """Mark a view that anybody may open."""
    view.access = "public"  # type: ignore[attr-defined]
    return view


def signed_in(view: View) -> View:
    """Send visitors to the sign-in page."""
    return _guard(view, access="signed_in", capabilities=())


def allowed(*capabilities: Capability) -> Callable[[View], View]:
    """Open a view to people with one of the capabilities; others get 403, visitors the sign-in page."""
    return lambda view: _guard(view, access="allowed", capabilities=capabilities)


def _guard(view: View, *, access: str, capabilities: tuple[Capability, ...]) -> View:
    @wraps(view)
    def guarded(request: HttpRequest, *args: object, **kwargs: object) -> HttpResponseBase:
        if not request.user.is_authenticated:
            return redirect_to_login(request.get_full_path())
        if capabilities and not any(request.user.may(capability) for capability in capabilities):
            raise PermissionDenied
        return view(request, *args, **kwargs)

    guarded.access = access  # type: ignore[attr-defined]
    guarded.capabilities = capabilities  # type: ignore[attr-defined]
    return cast(View, guarded)
