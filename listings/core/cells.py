"""Cells of an imported file as values: text in, whole numbers and words out."""

import re
from decimal import ROUND_HALF_EVEN, Decimal, localcontext

#: Plain digits, or groups of three between commas; no exponent, no sign but a minus.
NUMBER = re.compile(r"(-?)(\d{1,3}(?:,\d{3})+|\d+)(?:\.(\d+))?", re.ASCII)
MOST_WHOLE_DIGITS = 15
MONTHS = re.compile(r"\s*months?$", re.IGNORECASE)
GRADE = re.compile(r"[A-Z][A-Z0-9+-]?", re.ASCII)
#: Letters and digits of any script: contracts are numbered in Chinese too.
REFERENCE = re.compile(r"\w[\w.:/#()-]*")
#: Becomes the local part of an address, so plain letters only.
BORROWER_REFERENCE = re.compile(r"[a-z0-9](?:[a-z0-9._-]*[a-z0-9])?", re.ASCII)
#: Control characters other than tab and line ends, and halves of a character pair: no text may contain them.
UNPRINTABLE = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ud800-\udfff]")


class BadCell(ValueError):
    """
    A cell that cannot be taken.

    `code` is for machines, `params` fill its sentence (`listings.imports.reasons`).
    """

    def __init__(self, code: str, **params: object) -> None:
        super().__init__(code, params)
        self.code = code
        self.params = params


def amount_minor(text: str, *, decimals: int, factor: Decimal) -> int:
    """
    A decimal amount in minor units of a currency with `decimals` places, times `factor`.

    A factor may leave a part of a minor unit: it is rounded half to even. Without one nothing is ever rounded.

    :raises BadCell: `not_a_number`, `too_precise` or `too_large`
    """
    amount = number(text, decimals=decimals)
    with localcontext(prec=60):
        return int((amount * factor).scaleb(decimals).quantize(Decimal(1), rounding=ROUND_HALF_EVEN))


def percent_bps(text: str) -> int:
    """
    A percentage ("14.07", "14.07%") in basis points.

    :raises BadCell: `not_a_number`, `too_precise` (finer than a basis point) or `too_large`
    """
    return int(number(text.strip().removesuffix("%"), decimals=2).scaleb(2))


def basis_points(text: str) -> int:
    """
    A whole number of basis points.

    :raises BadCell: `not_a_number`, `too_precise` or `too_large`
    """
    return int(number(text, decimals=0))


def months(text: str) -> int:
    """
    A term such as "36" or "36 months".

    :raises BadCell: `not_a_number`, `too_precise` or `too_large`
    """
    return int(number(MONTHS.sub("", text.strip()), decimals=0))


def number(text: str, *, decimals: int) -> Decimal:
    """
    An exact number with at most `decimals` places; zeros behind those do not count.

    :raises BadCell: `not_a_number`, `too_precise` or `too_large`
    """
    match = NUMBER.fullmatch(text.strip())
    if match is None:
        raise BadCell("not_a_number")
    sign, whole, fraction = match[1], match[2].replace(",", "").lstrip("0"), (match[3] or "").rstrip("0")
    if len(whole) > MOST_WHOLE_DIGITS:
        raise BadCell("too_large")
    if len(fraction) > decimals:
        raise BadCell("too_precise", decimals=decimals)
    return Decimal(f"{sign}{whole or 0}.{fraction or 0}")


def grade(text: str) -> str:
    """
    A letter, perhaps with a digit or a sign.

    :raises BadCell: `not_a_grade`
    """
    return _matching(GRADE, text.strip().upper(), code="not_a_grade")


def reference(text: str, *, longest: int) -> str:
    """
    A key without spaces.

    :raises BadCell: `not_a_reference` or `too_long`
    """
    return limited(_matching(REFERENCE, text.strip(), code="not_a_reference"), longest=longest)


def borrower_reference(text: str, *, longest: int) -> str:
    """
    A key of plain letters, digits, dots, dashes and underscores, in lower case.

    :raises BadCell: `not_a_reference` or `too_long`
    """
    return limited(_matching(BORROWER_REFERENCE, text.strip().lower(), code="not_a_reference"), longest=longest)


def one_line(text: str, *, longest: int) -> str:
    """
    Text with every run of white space as one space.

    :raises BadCell: `too_long`
    """
    return limited(" ".join(text.split()), longest=longest)


def limited(text: str, *, longest: int) -> str:
    """
    The text as it is.

    :raises BadCell: `too_long`
    """
    if len(text) > longest:
        raise BadCell("too_long", length=len(text), longest=longest)
    return text


def _matching(pattern: re.Pattern[str], text: str, *, code: str) -> str:
    if pattern.fullmatch(text) is None:
        raise BadCell(code)
    return text
