"""Why a row or a whole file is refused: codes and sentences (docs/import.md has a heading for each row code)."""

from dataclasses import dataclass, field
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from marketplace.lib.errors import Refused

#: The sentence of each row code.
SENTENCES: dict[str, str | Promise] = {
    "not_csv": _("The line cannot be read as CSV: %(detail)s."),
    "wrong_number_of_fields": _("The row has %(found)s fields where the header has %(expected)s."),
    "unprintable": _("%(column)s contains the character %(character)s, which no text may contain."),
    "empty": _("%(column)s is empty."),
    "too_long": _("%(column)s has %(length)s characters; %(longest)s are the most."),
    "not_a_number": _("%(column)s is not a number: “%(text)s”."),
    "too_precise": _("%(column)s has more than %(decimals)s decimals: “%(text)s”."),
    "too_large": _("%(column)s is too large: “%(text)s”."),
    "unknown_value": _("%(column)s has a value that the mapping does not know: “%(text)s”."),
    "not_a_grade": _("%(column)s is not a grade (a letter, perhaps with a digit): “%(text)s”."),
    "not_a_reference": _("%(column)s cannot be used as a reference: “%(text)s”."),
    "out_of_bounds": _("%(column)s is “%(text)s”; %(field)s %(reason)s."),
    "duplicate": _("%(reference)s is already in line %(line)s of this file."),
    "borrower_differs": _("The borrower %(reference)s has another name or kind in %(where)s."),
    "other_currency": _("The borrower %(reference)s has a wallet in %(currency)s."),
    "changed": _("%(reference)s came in before with other values (%(fields)s); it stays as it is."),
}


@dataclass(frozen=True, slots=True)
class Problem:
    """One reason why a row is refused."""

    code: str
    params: dict[str, Any] = field(default_factory=dict)

    @property
    def text(self) -> str:
        """The sentence for the reader."""
        return str(SENTENCES[self.code]) % self.params


class NoSuchFile(Refused):
    """There is no file under this name."""

    code = "no_such_file"
    message = _("There is no file %(path)s.")


class NotAFile(Refused):
    """A folder, a device or a pipe; the file is read twice, so it must be a plain one."""

    code = "not_a_file"
    message = _("%(path)s is not a plain file.")


class Unreadable(Refused):
    """The operating system does not let us read it."""

    code = "unreadable"
    message = _("%(path)s cannot be read: %(detail)s.")


class EmptyFile(Refused):
    """There is not even a header."""

    code = "empty_file"
    message = _("%(path)s is empty.")


class UnknownEncoding(Refused):
    """Python knows no text encoding of this name."""

    code = "unknown_encoding"
    message = _("There is no text encoding named %(encoding)s.")


class WrongEncoding(Refused):
    """The bytes are not text in this encoding; nothing was brought in."""

    code = "wrong_encoding"
    message = _(
        "%(path)s is not %(encoding)s text: line %(line)s, byte %(byte)s of the file (%(found)s). "
        "Nothing was brought in. Say what it is with --encoding, such as gb18030 or cp1252."
    )


class BadHeader(Refused):
    """The first line is not the header that the mapping describes."""

    code = "bad_header"
    message = _("The header of %(path)s does not fit the mapping (--mapping): %(detail)s.")


class RejectsUnwritable(Refused):
    """The file for refused rows cannot be made, or something else would be lost by it."""

    code = "rejects_unwritable"
    message = _("Refused rows cannot be written to %(path)s: %(detail)s. Give another place with --rejects.")
