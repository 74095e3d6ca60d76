"""Idempotency: a key means one entry for ever, and a refusal under it stays a refusal."""

from collections.abc import Iterable, Sequence

from django.utils.translation import gettext_lazy as _

from escrow.operations.drafts import EntryDraft, TransferDraft
from escrow.operations.write import StoredEntry, content_of
from marketplace.lib.db import raw_cursor
from marketplace.lib.errors import Refused


class IdempotencyMismatch(Refused):
    """The key was used before with other content; `field` says in what it differs."""

    code = "duplicate_mismatch"
    message = _("This was sent before with another %(field)s.")


class RefusedBefore(Refused):
    """The key was refused before and stays refused."""

    code = "refused_before"
    message = _("This was refused before and stays refused; start again with a new request.")


def posted_before(entries: Sequence[EntryDraft]) -> dict[str, int]:
    """
    Ids of entries already stored under these keys, each proved to have the same content.

    A key that was posted in spite of a refusal (another request came in between) counts as posted.

    :raises IdempotencyMismatch: if a key was used with other content
    :raises RefusedBefore: if a key was refused before
    """
    if not entries:
        return {}
    keys = [entry.idempotency_key for entry in entries]
    with raw_cursor() as cursor:
        cursor.execute("SELECT idempotency_key, id FROM escrow_entry WHERE idempotency_key = ANY(%s)", [keys])
        before: dict[str, int] = dict(cursor.fetchall())
        cursor.execute("SELECT idempotency_key, code FROM escrow_refusal WHERE idempotency_key = ANY(%s)", [keys])
        for key, code in cursor.fetchall():
            if key not in before:
                raise RefusedBefore(key=key, reason=code)
        if not before:
            return before
        stored = content_of(cursor, list(before.values()))
    for entry in entries:
        if (entry_id := before.get(entry.idempotency_key)) is not None:
            _same_content(entry, stored[entry_id])
    return before


def each_key_once(entries: Iterable[EntryDraft]) -> list[EntryDraft]:
    """
    The entries without repetitions of a key.

    :raises IdempotencyMismatch: if a repetition has other content
    """
    first: dict[str, EntryDraft] = {}
    for entry in entries:
        if (known := first.setdefault(entry.idempotency_key, entry)) is not entry:
            _same_content(entry, _content(known))
    return list(first.values())


def _content(entry: EntryDraft) -> StoredEntry:
    return StoredEntry(entry.kind, entry.reference, entry.currency, tuple(sorted(entry.transfers)))


def _same_content(entry: EntryDraft, stored: StoredEntry) -> None:
    asked = _content(entry)
    for field, new, old in zip(asked._fields, asked, stored, strict=True):
        if new != old:
            named = _differing_column(asked.transfers, stored.transfers) if field == "transfers" else field
            raise IdempotencyMismatch(field=named, key=entry.idempotency_key)


def _differing_column(new: tuple[tuple[object, ...], ...], old: tuple[tuple[object, ...], ...]) -> str:
    """The first column of the transfers that differs, or "transfers" if there are more or fewer."""
    if len(new) != len(old):
        return "transfers"
    columns = zip(TransferDraft._fields, zip(*new, strict=True), zip(*old, strict=True), strict=True)
    return next(name for name, asked, stored in columns if asked != stored)
