"""
The annual percentage rate of Regulation Z, actuarial method.

Source: 12 CFR 1026, Appendix J: (b)(5) counting unit-periods, (b)(8) the general equation A = Σ P_j / ((1 +
f_j·i)(1+i)^t_j), with t_j whole unit-periods and f_j the fraction left; the APR is i times the unit-periods
of a year.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal, localcontext

from loans.core.cash_flow import CashFlow, FlowsOfOneSign, NoRateFits
from loans.core.unit_period import UnitPeriod, count_unit_periods, single_payment_unit, tracking_day

PRECISION = 28
MAX_STEPS = 1_000
CLOSE_ENOUGH = Decimal("1e-18")
#: Decimals kept of the rate (a share: 0.0969 is 9.69 %).
KEPT = Decimal("1e-10")


@dataclass(frozen=True, slots=True)
class _Term:
    """One payment of the general equation."""

    amount: Decimal
    whole: int
    fraction: Decimal

    def present_value(self, rate: Decimal) -> Decimal:
        return self.amount / ((1 + self.fraction * rate) * (1 + rate) ** self.whole)

    def slope(self, rate: Decimal, value: Decimal) -> Decimal:
        return -value * (self.fraction / (1 + self.fraction * rate) + self.whole / (1 + rate))


def actuarial_apr(
    *, advanced_on: date, amount_financed_minor: int, payments: Sequence[CashFlow], unit: UnitPeriod
) -> Decimal:
    """
    Annual percentage rate as a share (0.0969 is 9.69 %), to ten decimals.

    `amount_financed_minor` is what the borrower really gets (principal less fees taken at pay-out),
    `payments` everything paid later, fees included. A single payment is its own unit-period, as (b)(5)(vi)
    and (vii) say.

    :raises FlowsOfOneSign: if nothing is financed, nothing is paid or a payment is negative
    :raises NoRateFits: if a payment is not after the advance, or no rate above -100 % balances the flows
    """
    paid = [flow for flow in payments if flow.amount_minor]
    if amount_financed_minor <= 0 or not paid or min(flow.amount_minor for flow in paid) < 0:
        raise FlowsOfOneSign
    if min(flow.on for flow in paid) <= advanced_on:
        raise NoRateFits
    month_day = tracking_day([flow.on for flow in paid])
    if len(paid) == 1:
        unit = single_payment_unit(advanced_on, paid[0].on)
        month_day = tracking_day([advanced_on, paid[0].on])
    with localcontext(prec=PRECISION):
        rate = _solve(_terms(advanced_on, paid, unit, month_day), Decimal(amount_financed_minor))
        per_year = unit.per_year
        return (rate * per_year.numerator / per_year.denominator).quantize(KEPT)


def _terms(advanced_on: date, payments: Sequence[CashFlow], unit: UnitPeriod, month_day: int) -> list[_Term]:
    terms = []
    for flow in payments:
        whole, rest = count_unit_periods(advanced_on, flow.on, unit, month_day)
        fraction = Decimal(rest.numerator) / rest.denominator
        terms.append(_Term(Decimal(flow.amount_minor), whole, fraction))
    return terms


def _solve(terms: Sequence[_Term], financed: Decimal) -> Decimal:
    """Newton from the left of the root: the present value is falling and convex, so no step overshoots."""
    rate = _left_of_root(terms, financed)
    for _ in range(MAX_STEPS):
        values = [term.present_value(rate) for term in terms]
        slope = sum((term.slope(rate, value) for term, value in zip(terms, values, strict=True)), Decimal(0))
        step = (sum(values, Decimal(0)) - financed) / slope
        rate -= step
        if abs(step) < CLOSE_ENOUGH:
            return rate
    raise NoRateFits


def _left_of_root(terms: Sequence[_Term], financed: Decimal) -> Decimal:
    rate = Decimal(0)
    for _ in range(MAX_STEPS):
        if sum(term.present_value(rate) for term in terms) >= financed:
            return rate
        rate = (rate - 1) / 2
    raise NoRateFits
