"""Every WebSocket address, behind origin check and sign-in."""

from collections.abc import Awaitable, Callable
from typing import Any, cast

from channels.auth import AuthMiddlewareStack
from channels.routing import URLRouter
from channels.security.websocket import AllowedHostsOriginValidator, OriginValidator
from django.conf import settings
from django.urls import path

from listings.rounds.web.socket import room

Application = Callable[..., Awaitable[None]]


def remember_raw_send(application: Application) -> Application:
    """Keep the server's own `send` in the scope, before middleware wraps it (see listings.rounds.web.wire)."""

    async def wrapped(scope: dict[str, Any], receive: Any, send: Any) -> None:
        await application({**scope, "loanbridge.raw_send": send}, receive, send)

    return wrapped


def check_origin(application: Application) -> Application:
    """Allow pages of our own hosts, or of the origins named in the settings."""
    if settings.CSRF_TRUSTED_ORIGINS:
        return OriginValidator(application, settings.CSRF_TRUSTED_ORIGINS)  # type: ignore[no-any-return]
    return AllowedHostsOriginValidator(application)  # type: ignore[no-any-return]


websocket = remember_raw_send(
    check_origin(AuthMiddlewareStack(URLRouter([path("ws/rounds/<int:round_id>/", cast(Any, room))])))
)
