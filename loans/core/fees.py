"""
What is taken at pay-out: origination fee and reserve contribution, in basis points of the principal.

net = principal - fee - contribution, so the three sum to the loan exactly. Source: the design's posting
"loan paid out" (net to the borrower, origination fee, contribution to the reserve).
"""

from dataclasses import dataclass

from loans.core.errors import CoreError, PrincipalNotPositive
from loans.core.rounding import Rounding, share_bps


class FeeBelowZero(CoreError):
    """A negative fee."""

    code = "fee_below_zero"
    sentence = "a fee of {bps} basis points is not possible"


class FeesLeaveNothing(CoreError):
    """Fee and contribution together take the whole loan."""

    code = "fees_leave_nothing"
    sentence = "{taken_minor} of fees leave nothing of {principal_minor}"


@dataclass(frozen=True, slots=True)
class PayOut:
    """A principal cut into what the borrower gets, the fee and the contribution, in minor units."""

    net_minor: int
    origination_fee_minor: int
    reserve_contribution_minor: int

    @property
    def taken_minor(self) -> int:
        """What does not reach the borrower; the `fees_at_pay_out_minor` of an effective rate."""
        return self.origination_fee_minor + self.reserve_contribution_minor


def split_pay_out(
    principal_minor: int,
    *,
    origination_fee_bps: int,
    reserve_contribution_bps: int,
    rounding: Rounding = Rounding.HALF_EVEN,
) -> PayOut:
    """
    Cut a principal at pay-out.

    :raises PrincipalNotPositive: if there is nothing to pay out
    :raises FeeBelowZero: if either part is negative
    :raises FeesLeaveNothing: if the borrower would get nothing
    """
    if principal_minor <= 0:
        raise PrincipalNotPositive(principal_minor=principal_minor)
    for bps in (origination_fee_bps, reserve_contribution_bps):
        if bps < 0:
            raise FeeBelowZero(bps=bps)
    fee = share_bps(principal_minor, origination_fee_bps, rounding)
    contribution = share_bps(principal_minor, reserve_contribution_bps, rounding)
    net = principal_minor - fee - contribution
    if net <= 0:
        raise FeesLeaveNothing(taken_minor=fee + contribution, principal_minor=principal_minor)
    return PayOut(net, fee, contribution)
