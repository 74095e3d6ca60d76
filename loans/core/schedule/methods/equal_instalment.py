"""
Equal instalments (等额本息): an annuity on the declining balance.

With a factor f per row the level instalment is A = P·Π(1+f) / Σ_k Π_{j>k}(1+f_j); when all factors are the
same i this is P·i / (1 - (1+i)^-n), a spreadsheet's PMT. Checked against the schedules of Apache Fineract,
Mifos and LendingClub in `tests/cases/`.
"""

from collections.abc import Sequence
from decimal import Decimal, localcontext
from fractions import Fraction

from loans.core.errors import InstalmentNeverRepays
from loans.core.rounding import round_minor
from loans.core.schedule.declining import declining_rows
from loans.core.schedule.instalment import Instalment
from loans.core.schedule.spans import Span, nominal_factor
from loans.core.terms import InstalmentFrom, Terms

#: Digits carried by the annuity, and the decimals kept of it: what lies between is room for rounding errors.
PRECISION = 50
KEPT = Decimal("1e-20")


def rows(terms: Terms, spans: Sequence[Span]) -> list[Instalment]:
    """
    Make level rows: interest first, the rest of the instalment repays principal.

    :raises InstalmentNeverRepays: if no row before the last would repay any principal
    """
    level = level_instalment_minor(terms, spans)

    def principal(span: Span, _opening: int, interest: int) -> int:
        return 0 if span.number <= terms.grace_principal else level - interest

    made = declining_rows(terms, spans, principal)
    repays_before_last = made[-1].principal_minor < terms.principal_minor
    if terms.periods - terms.grace_principal > 1 and not repays_before_last and len(made) == terms.periods:
        raise InstalmentNeverRepays(instalment_minor=level, principal_minor=terms.principal_minor)
    return made


def level_instalment_minor(terms: Terms, spans: Sequence[Span]) -> int:
    """The level instalment, without fees, rounded by the terms' instalment rounding and multiple."""
    paying = spans[terms.grace_principal :]
    nominal = terms.instalment_from is InstalmentFrom.NOMINAL_RATE
    factors = [nominal_factor(terms)] * len(paying) if nominal else [span.factor for span in paying]
    exact = annuity(terms.principal_minor, factors)
    mode = terms.instalment_rounding or terms.rounding
    return round_minor(exact, mode, multiple=terms.instalment_multiple_minor)


def annuity(principal_minor: int, factors: Sequence[Fraction]) -> Fraction:
    """
    The level payment that repays a principal over rows with these interest factors, to 20 decimals.

    Carried with 50 digits: exact fractions of a daily loan would grow to thousands of digits, and 30 spare
    decimals keep the rounding of a figure that is exactly whole or exactly a half.
    """
    with localcontext(prec=PRECISION):
        grown, divisor = Decimal(principal_minor), Decimal(0)
        for factor in factors:
            growth = 1 + Decimal(factor.numerator) / factor.denominator
            grown *= growth
            divisor = divisor * growth + 1
        return Fraction((grown / divisor).quantize(KEPT))
