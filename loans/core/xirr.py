"""
XIRR: the effective annual rate of dated cash flows, Σ CF_k / (1+r)^(days_k/365) = 0, actual/365 from the
first day.

Source: the spreadsheet function of that name (Excel, LibreOffice); solved by pyxirr. This is the only file of
the core where floats occur: a rate of return is a statistic about money, it never becomes money again.
"""

from collections.abc import Iterable
from decimal import Decimal
from math import isfinite

import pyxirr

from loans.core.cash_flow import CashFlow, FlowsOfOneSign, NoRateFits

#: Decimals kept of the solver's double: it does not promise more.
KEPT = Decimal("1e-10")


def xirr(flows: Iterable[CashFlow]) -> Decimal:
    """
    Effective annual rate of the flows as a share (0.1 is 10 %), to ten decimals; their order does not matter.

    :raises FlowsOfOneSign: if there is no flow in, or none out
    :raises NoRateFits: if the solver finds no finite rate (all flows on one day, for example)
    """
    ordered = sorted(flows, key=lambda flow: flow.on)
    amounts = [flow.amount_minor for flow in ordered]
    if not amounts or min(amounts) >= 0 or max(amounts) <= 0:
        raise FlowsOfOneSign
    rate = pyxirr.xirr([flow.on for flow in ordered], [float(amount) for amount in amounts], silent=True)
    if rate is None or not isfinite(rate):
        raise NoRateFits
    return Decimal(repr(rate)).quantize(KEPT)
