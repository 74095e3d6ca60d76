"""What is wrong with the catalogue, one sentence each."""

import re
from collections.abc import Iterator
from pathlib import Path

from babel.messages.catalog import Message

from marketplace.lib.translations.catalogue import find, is_translated, read
from marketplace.lib.translations.extraction import used_messages

PLACEHOLDER = re.compile(r"%\(\w+\)[a-z]|%[sd]|\{\w*\}")


def problems(root: Path) -> list[str]:
    """Name every used string that is missing, untranslated or doubtful, or has other placeholders."""
    known = read(root)
    return [
        f"{problem}: {message.id!r} ({', '.join(file for file, _line in message.locations)})"
        for message in used_messages(root)
        if message.id and (problem := _problem(message, find(known, message)))
    ]


def _problem(message: Message, entry: Message | None) -> str:
    if entry is None:
        return "missing"
    if entry.fuzzy:
        return "fuzzy"
    if not is_translated(entry):
        return "untranslated"
    # The singular may leave out the number; the translation follows the last form, which has them all.
    wanted = _placeholders(_forms(message.id)[-1])
    if any(_placeholders(form) != wanted for form in _forms(entry.string)):
        return "other placeholders"
    return ""


def _forms(text: str | tuple[str, ...] | list[str] | None) -> list[str]:
    return [text] if isinstance(text, str) else list(text or ())


def _placeholders(text: str) -> list[str]:
    return sorted(_found(text.replace("%%", "")))


def _found(text: str) -> Iterator[str]:
    return (match.group() for match in PLACEHOLDER.finditer(text))
