"""Records into rows that may come in, or the reasons why not."""

from dataclasses import fields
from typing import Any

from listings.core.cells import UNPRINTABLE, BadCell
from listings.imports.convert import value_of
from listings.imports.mapping import Mapping, Source
from listings.imports.reading import Record
from listings.imports.reasons import Problem
from listings.imports.targets import TARGETS
from listings.operations import BookRow, ListingTerms
from listings.operations.draft import checked
from marketplace.lib.errors import InvalidInput

#: How much of a cell a reason quotes.
QUOTED_CHARACTERS = 40
TERMS = {spec.name for spec in fields(ListingTerms)} & TARGETS.keys()


class RowChecker:
    """Checks the records of one file: each by itself, and against those accepted before it."""

    def __init__(self, *, mapping: Mapping, header: list[str], currency: str) -> None:
        self._mapping = mapping
        self._header = header
        self._currency = currency
        self._seen: dict[str, int] = {}
        self._borrowers: dict[str, tuple[str, str, int]] = {}

    def check(self, record: Record) -> BookRow | list[Problem]:
        """The row, or every reason that can be given."""
        if problem := self._shape(record):
            return [problem]
        texts = {name: text for name, text in zip(self._header, record.fields, strict=True) if name}
        problems: list[Problem] = []
        values: dict[str, Any] = {}
        for target, source in self._mapping.sources.items():
            try:
                values[target] = value_of(TARGETS[target], source, texts, currency=self._currency)
            except BadCell as bad:
                problems.append(_explained(bad, source, texts))
        if problems:
            return problems
        row = self._row(record.line, values)
        return self._bounds(row, texts) or self._clashes(row) or self._accept(row)

    def _shape(self, record: Record) -> Problem | None:
        if record.error:
            return Problem("not_csv", {"detail": record.error})
        found, expected = len(record.fields), len(self._header)
        if found != expected:
            return Problem("wrong_number_of_fields", {"found": found, "expected": expected})
        for column, text in zip(self._header, record.fields, strict=True):
            if match := UNPRINTABLE.search(text):
                return Problem("unprintable", {"column": column, "character": f"U+{ord(match[0]):04X}"})
        return None

    def _row(self, line: int, values: dict[str, Any]) -> BookRow:
        for target in TARGETS.keys() - values.keys():
            values[target] = TARGETS[target].default
        if values["accepts_from_minor"] == "":
            values["accepts_from_minor"] = None
        terms = ListingTerms(currency=self._currency, **{name: values[name] for name in TERMS})
        return BookRow(line=line, terms=terms, **{name: values[name] for name in TARGETS.keys() - TERMS})

    def _bounds(self, row: BookRow, texts: dict[str, str]) -> list[Problem]:
        try:
            checked(row.terms)
        except InvalidInput as bad:
            source = self._mapping.sources[bad.params["field"]]
            return [_explained(BadCell("out_of_bounds", **bad.params), source, texts)]
        return []

    def _clashes(self, row: BookRow) -> list[Problem]:
        if line := self._seen.get(row.external_reference):
            return [Problem("duplicate", {"reference": row.external_reference, "line": line})]
        name, kind, line = self._borrowers.get(row.borrower_reference, (row.legal_name, row.borrower_kind, row.line))
        if (name, kind) != (row.legal_name, row.borrower_kind):
            return [Problem("borrower_differs", {"reference": row.borrower_reference, "where": f"line {line}"})]
        return []

    def _accept(self, row: BookRow) -> BookRow:
        self._seen[row.external_reference] = row.line
        self._borrowers.setdefault(row.borrower_reference, (row.legal_name, row.borrower_kind, row.line))
        return row


def _explained(bad: BadCell, source: Source, texts: dict[str, str]) -> Problem:
    """The reason with the column and the beginning of what stands there."""
    columns = sorted(source.columns)
    text = " ".join(texts.get(column, "").strip() for column in columns)
    if len(text) > QUOTED_CHARACTERS:
        text = text[: QUOTED_CHARACTERS - 1] + "…"
    return Problem(bad.code, {"column": ", ".join(columns), "text": text, **bad.params})
