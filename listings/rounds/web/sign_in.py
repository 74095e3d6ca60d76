"""Whether a reader is still who they were when they came in: a socket outlives a sign-out and a changed password."""

from importlib import import_module
from time import monotonic
from typing import Any

from channels.auth import get_user
from django.conf import settings
from django.db import InterfaceError, OperationalError


class SignIn:
    """The sign-in a socket came with, asked about again every `SIGN_IN_CHECK_SECONDS`."""

    __slots__ = ("_checked_at", "_session_key", "_user_id")

    def __init__(self, scope: dict[str, Any]) -> None:
        self._session_key = scope["session"].session_key
        self._user_id = scope["user"].pk
        self._checked_at = monotonic()

    @property
    def is_due(self) -> bool:
        """Say whether it was last looked at too long ago."""
        return monotonic() - self._checked_at >= settings.SIGN_IN_CHECK_SECONDS

    async def still_holds(self) -> bool:
        """Look at the session anew; while the database is away nobody is sent out (and nothing can be bid)."""
        store = import_module(settings.SESSION_ENGINE).SessionStore(self._session_key)
        try:
            user = await get_user({"session": store})
        except (OperationalError, InterfaceError):
            return True
        self._checked_at = monotonic()
        return bool(user.pk == self._user_id)
