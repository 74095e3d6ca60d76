"""
Splitting what a borrower paid among the holders of the loan.

Principal and interest go pro rata by outstanding principal with the largest remainder (Hamilton's method),
ties to the lower participation id; penalties, fees and costs go to the platform. The service fee is bps of
each holder's interest, rounded down. Source: the design's distribution rule.
"""

from collections.abc import Iterable
from dataclasses import dataclass

from loans.core.buckets import Allocation, Component
from loans.core.errors import CoreError
from loans.core.rounding import Rounding, share_bps
from marketplace.lib.money import split_minor


class NothingOutstanding(CoreError):
    """Principal or interest was paid on a loan nobody holds any principal of."""

    code = "nothing_outstanding"
    sentence = "nobody holds principal to share {amount_minor}"


class PrincipalAboveOutstanding(CoreError):
    """More principal was paid than the holders have outstanding."""

    code = "principal_above_outstanding"
    sentence = "{principal_minor} of principal paid, only {outstanding_minor} outstanding"


class ServiceFeeOutOfRange(CoreError):
    """A service fee below nothing or above all interest."""

    code = "service_fee_out_of_range"
    sentence = "a service fee of {service_fee_bps} basis points is not possible"


@dataclass(frozen=True, slots=True)
class Collected:
    """What a receipt was put to, by component, in minor units."""

    principal_minor: int = 0
    interest_minor: int = 0
    penalty_minor: int = 0
    fee_minor: int = 0
    cost_minor: int = 0

    @classmethod
    def of(cls, allocations: Iterable[Allocation]) -> "Collected":
        """Sum allocations by component."""
        totals = dict.fromkeys(Component, 0)
        for allocation in allocations:
            totals[allocation.bucket.component] += allocation.amount_minor
        return cls(**{f"{component}_minor": total for component, total in totals.items()})

    @property
    def total_minor(self) -> int:
        """Everything collected."""
        return self.principal_minor + self.interest_minor + self.penalty_minor + self.fee_minor + self.cost_minor


@dataclass(frozen=True, slots=True)
class Holding:
    """One participation and the principal still outstanding to it, before this distribution."""

    participation_id: int
    outstanding_minor: int


@dataclass(frozen=True, slots=True)
class Share:
    """What one participation gets; the service fee is taken from its interest."""

    participation_id: int
    principal_minor: int
    interest_minor: int
    service_fee_minor: int

    @property
    def net_minor(self) -> int:
        """What reaches the investor."""
        return self.principal_minor + self.interest_minor - self.service_fee_minor


@dataclass(frozen=True, slots=True)
class Distribution:
    """All shares, in order of participation id, and what the platform keeps."""

    shares: tuple[Share, ...]
    service_fee_minor: int
    penalty_minor: int
    #: Fees of the schedule and costs of collection.
    fee_minor: int


def distribute(collected: Collected, *, holdings: Iterable[Holding], service_fee_bps: int) -> Distribution:
    """
    Share out what was collected; the parts sum to it exactly.

    :raises NothingOutstanding: if there is principal or interest but no outstanding principal
    :raises PrincipalAboveOutstanding: if there is more principal than is outstanding
    :raises ServiceFeeOutOfRange: if the fee is not between 0 and 10,000 basis points
    """
    if not 0 <= service_fee_bps <= 10_000:
        raise ServiceFeeOutOfRange(service_fee_bps=service_fee_bps)
    held = sorted(holdings, key=lambda holding: holding.participation_id)
    principal = _pro_rata(collected.principal_minor, held)
    interest = _pro_rata(collected.interest_minor, held)
    _check_principal(collected.principal_minor, held)
    shares = tuple(
        Share(holding.participation_id, p, i, share_bps(i, service_fee_bps, Rounding.FLOOR))
        for holding, p, i in zip(held, principal, interest, strict=True)
    )
    service = sum(share.service_fee_minor for share in shares)
    fees = collected.fee_minor + collected.cost_minor
    result = Distribution(shares, service, collected.penalty_minor, fees)
    assert _total(result) == collected.total_minor, "parts must sum to the whole"
    return result


def _pro_rata(amount_minor: int, held: list[Holding]) -> list[int]:
    if amount_minor == 0:
        return [0] * len(held)
    weights = [holding.outstanding_minor for holding in held]
    if sum(weights) == 0:
        raise NothingOutstanding(amount_minor=amount_minor)
    return split_minor(amount_minor, weights)


def _check_principal(principal_minor: int, held: list[Holding]) -> None:
    """Below the total, the largest remainder never gives anybody more than they have outstanding."""
    outstanding = sum(holding.outstanding_minor for holding in held)
    if principal_minor > outstanding:
        raise PrincipalAboveOutstanding(principal_minor=principal_minor, outstanding_minor=outstanding)


def _total(result: Distribution) -> int:
    to_holders = sum(share.net_minor for share in result.shares)
    return to_holders + result.service_fee_minor + result.penalty_minor + result.fee_minor
