"""
Interest each period, the principal at the end (按期付息到期还本): interest_k = P·f_k, principal_n = P.

Source: the documents' list of repayment methods; the same as a spreadsheet's bond with coupons at par.
"""

from collections.abc import Sequence

from loans.core.schedule.declining import declining_rows
from loans.core.schedule.instalment import Instalment
from loans.core.schedule.spans import Span
from loans.core.terms import Terms


def rows(terms: Terms, spans: Sequence[Span]) -> list[Instalment]:
    """Make rows that pay interest on the whole loan; the last one repays it."""
    return declining_rows(terms, spans, lambda _span, _opening, _interest: 0)
