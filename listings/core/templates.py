"""Text made from cells: "{purpose:words}, no. {number}"."""

from collections.abc import Mapping
from dataclasses import dataclass
from string import Formatter

from listings.core.cells import BadCell

#: What may stand behind the colon: the cell as words ("credit_card" becomes "Credit card").
WORDS = "words"


class BadTemplate(ValueError):
    """A template that uses more than names of columns in braces."""


@dataclass(frozen=True, slots=True)
class Template:
    """Pieces of fixed text, each followed by a column (or by nothing, at the end)."""

    pieces: tuple[tuple[str, str, bool], ...]

    @classmethod
    def parse(cls, text: str) -> "Template":
        """
        Read a template.

        :raises BadTemplate: if braces do not match, or hold anything but `column` or `column:words`
        """
        try:
            parsed = list(Formatter().parse(text))
        except ValueError as error:
            raise BadTemplate(str(error)) from None
        for _fixed, column, style, conversion in parsed:
            if column == "" or conversion or style not in (None, "", WORDS):
                raise BadTemplate(f"only {{column}} or {{column:{WORDS}}} may stand in {text!r}")
        return cls(tuple((fixed, column or "", style == WORDS) for fixed, column, style, _c in parsed))

    @property
    def columns(self) -> frozenset[str]:
        """The columns it needs."""
        return frozenset(column for _fixed, column, _words in self.pieces if column)

    def fill(self, cells: Mapping[str, str]) -> str:
        """
        The text for one row.

        :raises BadCell: `empty` if a cell it needs is empty
        """
        return "".join(fixed + _cell(cells, column, words) for fixed, column, words in self.pieces)


def _cell(cells: Mapping[str, str], column: str, words: bool) -> str:
    if not column:
        return ""
    text = cells[column].strip()
    if not text:
        raise BadCell("empty", column=column)
    return text.replace("_", " ").lower().capitalize() if words else text
