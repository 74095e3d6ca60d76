"""Settings from the environment that fail loudly."""

import os
from typing import Any
from urllib.parse import unquote, urlsplit

from django.core.exceptions import ImproperlyConfigured


def env_str(name: str, *, default: str | None = None) -> str:
    """
    Read a variable; an empty one counts as missing.

    :raises ImproperlyConfigured: if it is missing and has no default
    """
    value = os.environ.get(name) or default
    if value is None:
        raise ImproperlyConfigured(f"the environment variable {name} must be set (see docs/settings.md)")
    return value


def env_bool(name: str, *, default: bool) -> bool:
    """
    Read 1/0, true/false, yes/no, on/off.

    :raises ImproperlyConfigured: if it is something else
    """
    words = {
        "1": True,
        "true": True,
        "yes": True,
        "on": True,
        "0": False,
        "false": False,
        "no": False,
        "off": False,
    }
    value = os.environ.get(name) or str(default)
    if value.lower() not in words:
        raise ImproperlyConfigured(f"{name} must be 1 or 0, not {value!r}")
    return words[value.lower()]


def env_int(name: str, *, default: int) -> int:
    """
    Read a whole number.

    :raises ImproperlyConfigured: if it is something else
    """
    value = os.environ.get(name) or str(default)
    if not value.isascii() or not value.isdigit():
        raise ImproperlyConfigured(f"{name} must be a whole number, not {value!r}")
    return int(value)


def env_list(name: str, *, default: list[str]) -> list[str]:
    """Read a comma-separated list."""
    value = os.environ.get(name)
    return [part.strip() for part in value.split(",") if part.strip()] if value else default


def postgres(url: str) -> dict[str, Any]:
    """
    Turn postgresql://user:password@host:port/name into Django's setting.

    :raises ImproperlyConfigured: if it is another database or names none
    """
    parts = urlsplit(url)
    if parts.scheme not in ("postgres", "postgresql") or not parts.path.strip("/"):
        raise ImproperlyConfigured("DATABASE_URL must be postgresql://user:password@host:port/name")
    return {
        "ENGINE": "django.db.backends.postgresql",
        "NAME": unquote(parts.path.strip("/")),
        "USER": unquote(parts.username or ""),
        "PASSWORD": unquote(parts.password or ""),
        "HOST": unquote(parts.hostname or ""),
        "PORT": str(parts.port or ""),
    }
