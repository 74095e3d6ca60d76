"""The first line of a file against its mapping."""

from collections import Counter
from pathlib import Path

from django.utils.translation import gettext as _

from listings.imports.mapping import Mapping
from listings.imports.reading import Record
from listings.imports.reasons import BadHeader

#: Columns of a rejects file in front of the source's own: such a file, corrected, can be imported as it is.
REJECT_COLUMNS = ("reject_line", "reject_code", "reject_reason")

MOST_NAMED = 8


def fitting_header(record: Record | None, *, mapping: Mapping, path: Path) -> list[str]:
    """
    The names of the columns, trimmed.

    :raises BadHeader: if a column is missing, named twice, unknown to a mapping that refuses those, or unreadable
    """
    if record is None or record.error:
        raise BadHeader(path=path, detail=record.error if record else _("there is none"))
    header = [name.strip().removeprefix("\ufeff") for name in record.fields]
    if any("\x00" in name for name in header):
        raise BadHeader(path=path, detail=_("it contains the character U+0000; the encoding may be another"))
    complaints = (
        (_("missing: %(columns)s"), sorted(mapping.needed_columns - set(header))),
        (_("named twice: %(columns)s"), _twice(header, mapping)),
        (_("unknown: %(columns)s"), _unknown(header, mapping)),
    )
    if details := [text % {"columns": _some(columns)} for text, columns in complaints if columns]:
        raise BadHeader(path=path, detail="; ".join(details))
    return header


def _some(columns: list[str]) -> str:
    """Not all: a file of another source has none that fit and many that do not."""
    left = len(columns) - MOST_NAMED
    named = ", ".join(columns[:MOST_NAMED])
    return named + _(" and %(count)s more") % {"count": left} if left > 0 else named


def _twice(header: list[str], mapping: Mapping) -> list[str]:
    """Only where it matters: of two columns with a name nobody asks for, neither is read."""
    return sorted(name for name, count in Counter(header).items() if count > 1 and name in mapping.columns)


def _unknown(header: list[str], mapping: Mapping) -> list[str]:
    if not mapping.refuses_extra_columns:
        return []
    return sorted(set(header) - mapping.columns - set(REJECT_COLUMNS) - {""})
