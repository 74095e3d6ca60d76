"""The language of a WebSocket's reader: their switch's cookie, else what their browser asks for."""

from typing import Any

from django.conf import settings
from django.utils.translation import get_supported_language_variant
from django.utils.translation.trans_real import parse_accept_lang_header


def language_of(scope: dict[str, Any]) -> str:
    """A language code that the project speaks."""
    wanted = [scope.get("cookies", {}).get(settings.LANGUAGE_COOKIE_NAME, "")]
    for name, value in scope.get("headers", ()):
        if name == b"accept-language":
            wanted += [code for code, _quality in parse_accept_lang_header(value.decode("latin1"))]
    for code in filter(None, wanted):
        try:
            return get_supported_language_variant(code)
        except LookupError:
            continue
    return settings.LANGUAGE_CODE
