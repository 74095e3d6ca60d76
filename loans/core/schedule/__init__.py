"""Repayment schedules: one file per amortization under `methods/`, chosen by its name in the terms."""

from loans.core.errors import UnknownMethod
from loans.core.schedule.instalment import Instalment
from loans.core.schedule.methods import METHODS
from loans.core.schedule.spans import spans_of
from loans.core.terms import Terms

__all__ = ["Instalment", "build_schedule"]


def build_schedule(terms: Terms) -> list[Instalment]:
    """
    Compute the instalments of a loan, in order of their dates.

    Each row is rounded to the minor unit and the last one absorbs what that leaves: the principal column
    sums to the loan exactly. Rows after the one that repays everything (an instalment rounded up) are not
    made.

    :raises UnknownMethod: if no amortization of that name is registered
    :raises InstalmentNeverRepays: if no row before the last would repay any principal
    """
    method = METHODS.get(terms.method)
    if method is None:
        raise UnknownMethod(method=terms.method)
    rows = method(terms, spans_of(terms))
    assert sum(row.principal_minor for row in rows) == terms.principal_minor, "principal must sum to the loan"
    assert rows[-1].closing_minor == 0, "the last row must leave nothing"
    return rows
