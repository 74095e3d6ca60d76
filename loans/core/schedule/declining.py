"""The loop shared by the amortizations whose interest follows what is still owed."""

from collections.abc import Callable, Sequence

from loans.core.rounding import round_minor
from loans.core.schedule.instalment import Instalment
from loans.core.schedule.spans import Span
from loans.core.terms import Terms

#: (span, opening principal, interest of the span) -> principal wanted in that row, before limits.
PrincipalRule = Callable[[Span, int, int], int]


def declining_rows(terms: Terms, spans: Sequence[Span], principal_rule: PrincipalRule) -> list[Instalment]:
    """
    Build rows with interest = opening principal x the span's factor, rounded per row.

    The rule's principal is kept between nothing and the opening balance; the last row repays all that is
    left. Interest held back by `grace_interest` is paid, without interest of its own, in the first row after
    the grace.
    """
    rows: list[Instalment] = []
    opening, held_back = terms.principal_minor, 0
    for span in spans:
        accrued = row_interest(terms, span, opening)
        last = span.number == terms.periods
        principal = opening if last else max(0, min(opening, principal_rule(span, opening, accrued)))
        held_back += accrued
        paid = 0 if span.number <= terms.grace_interest else held_back
        held_back -= paid
        rows.append(_row(terms, span, opening, principal, paid))
        opening -= principal
        if opening == 0 and held_back == 0:
            break
    return rows


def row_interest(terms: Terms, span: Span, opening_minor: int) -> int:
    """Interest a span makes on its opening principal, paid in that row or held back by grace."""
    return round_minor(opening_minor * span.factor, terms.rounding)


def _row(terms: Terms, span: Span, opening: int, principal: int, interest: int) -> Instalment:
    return Instalment(
        number=span.number,
        due_on=span.due_on,
        days=span.days,
        opening_minor=opening,
        principal_minor=principal,
        interest_minor=interest,
        fee_minor=terms.instalment_fee_minor,
        closing_minor=opening - principal,
    )
