"""One part of a row out of its cells, by the conversion the mapping names."""

from collections.abc import Callable, Mapping

from listings.core import cells
from listings.core.cells import BadCell
from listings.imports.mapping import Source
from listings.imports.targets import Convert, Target
from marketplace.lib.money import EXPONENTS


def value_of(target: Target, source: Source, texts: Mapping[str, str], *, currency: str) -> str | int:
    """
    One part of a row; `texts` are the row's cells by column.

    :raises BadCell: if the cell cannot be taken
    """
    if source.template is not None:
        text = source.template.fill(texts)
    else:
        text = texts.get(source.column, "") if source.value is None else source.value
    if text.strip():
        return CONVERSIONS[source.convert](text, target, source, currency)
    if target.default is None:
        raise BadCell("empty")
    return target.default


def _choice(text: str, target: Target, source: Source) -> str:
    word = source.table.get(text.strip()) if source.convert == Convert.TABLE else text.strip()
    if word is None or not target.knows(word):
        raise BadCell("unknown_value")
    return word


CONVERSIONS: dict[Convert, Callable[[str, Target, Source, str], str | int]] = {
    Convert.AMOUNT: lambda text, _t, source, currency: cells.amount_minor(
        text, decimals=EXPONENTS[currency], factor=source.factor
    ),
    Convert.PERCENT: lambda text, _t, _s, _c: cells.percent_bps(text),
    Convert.BASIS_POINTS: lambda text, _t, _s, _c: cells.basis_points(text),
    Convert.MONTHS: lambda text, _t, _s, _c: cells.months(text),
    Convert.TABLE: lambda text, target, source, _c: _choice(text, target, source),
    Convert.CHOICE: lambda text, target, source, _c: _choice(text, target, source),
    Convert.GRADE: lambda text, _t, _s, _c: cells.grade(text),
    Convert.REFERENCE: lambda text, target, _s, _c: cells.reference(text, longest=target.longest),
    Convert.BORROWER_REFERENCE: lambda text, target, _s, _c: cells.borrower_reference(text, longest=target.longest),
    Convert.ONE_LINE: lambda text, target, _s, _c: cells.one_line(text, longest=target.longest),
    Convert.TEXT: lambda text, target, _s, _c: cells.limited(text.strip(), longest=target.longest),
}
