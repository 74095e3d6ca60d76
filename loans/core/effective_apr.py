"""The effective rates of a loan from the cash flows that really happen, fees included."""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from loans.core.apr import actuarial_apr
from loans.core.cash_flow import CashFlow
from loans.core.schedule import Instalment
from loans.core.terms import Terms
from loans.core.unit_period import UnitPeriod
from loans.core.xirr import xirr


@dataclass(frozen=True, slots=True)
class EffectiveApr:
    """The same flows by two definitions, as shares (0.12 is 12 %)."""

    #: Nominal, unit-period rate times unit-periods a year (Regulation Z, Appendix J).
    actuarial: Decimal
    #: Effective, compounded yearly on actual/365.
    xirr: Decimal


def effective_apr(*, terms: Terms, instalments: Sequence[Instalment], fees_at_pay_out_minor: int) -> EffectiveApr:
    """
    Rate of a loan whose borrower gets the principal less `fees_at_pay_out_minor` and pays the instalments.

    :raises FlowsOfOneSign: if the fees leave nothing to pay out
    :raises NoRateFits: if no rate balances the flows
    """
    received = terms.principal_minor - fees_at_pay_out_minor
    payments = [CashFlow(row.due_on, row.total_minor) for row in instalments]
    return EffectiveApr(
        actuarial=actuarial_apr(
            advanced_on=terms.paid_out_on,
            amount_financed_minor=received,
            payments=payments,
            unit=UnitPeriod.of(terms.frequency),
        ),
        xirr=xirr([CashFlow(terms.paid_out_on, -received), *payments]),
    )
