"""Every WebSocket address, behind origin check and sign-in."""

from collections.abc import Awaitable, Callable
from typing import Any, cast
from urllib.parse import urlsplit

from channels.auth import AuthMiddlewareStack
from channels.routing import URLRouter
from channels.security.websocket import AllowedHostsOriginValidator, OriginValidator
from django.conf import settings
from django.urls import path, re_path

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
        return _quietly(OriginValidator(application, settings.CSRF_TRUSTED_ORIGINS))
    return _quietly(AllowedHostsOriginValidator(application))


def _quietly(validator: OriginValidator) -> Application:
    """Turn others away ourselves: Channels would start a consumer for each, which listens at Redis."""

    async def checked(scope: dict[str, Any], receive: Any, send: Any) -> None:
        is_ours = _is_ours(validator, dict(scope["headers"]).get(b"origin", b""))
        await (validator.application if is_ours else turn_away)(scope, receive, send)

    return checked


def _is_ours(validator: OriginValidator, origin: bytes) -> bool:
    try:
        return bool(origin) and bool(validator.valid_origin(urlsplit(origin.decode("latin1"))))
    except ValueError:  # brackets or a port that make no address
        return False


async def turn_away(_scope: dict[str, Any], receive: Any, send: Any) -> None:
    """Refuse the handshake."""
    await receive()
    await send({"type": "websocket.close"})


websocket = remember_raw_send(
    check_origin(
        AuthMiddlewareStack(
            URLRouter([path("ws/rounds/<int:round_id>/", cast(Any, room)), re_path("", cast(Any, turn_away))])
        )
    )
)
