"""Payments on a loan as tables show them."""

from collections.abc import Iterable
from dataclasses import dataclass

from loans.core.buckets import Bucket, Component
from loans.models import DistributionShare, Receipt
from marketplace.lib.money import Money


@dataclass(frozen=True, slots=True)
class ReceiptLine:
    """A payment of the borrower and what it was put to."""

    receipt: Receipt
    #: Numbers of the instalments it went to, in order.
    instalments: list[int]
    principal: Money
    interest: Money
    penalty: Money
    #: Fees and costs.
    fee: Money

    @property
    def amount(self) -> Money:
        """The whole payment."""
        return self.principal + self.interest + self.penalty + self.fee


@dataclass(frozen=True, slots=True)
class ShareLine:
    """What one investor got of a payment."""

    receipt: Receipt
    principal: Money
    interest: Money
    service_fee: Money

    @property
    def received(self) -> Money:
        """What reached the wallet."""
        return self.principal + self.interest - self.service_fee


def receipt_lines(receipts: Iterable[Receipt], *, currency: str) -> list[ReceiptLine]:
    """Receipts with their allocations summed by what they are; `allocations` should be loaded."""
    return [_line(receipt, currency) for receipt in receipts]


def share_lines(shares: Iterable[DistributionShare], *, currency: str) -> list[ShareLine]:
    """An investor's shares of payments; `receipt` should be loaded."""
    return [
        ShareLine(
            share.receipt,
            Money(share.principal_minor, currency),
            Money(share.interest_minor, currency),
            Money(share.service_fee_minor, currency),
        )
        for share in shares
    ]


def _line(receipt: Receipt, currency: str) -> ReceiptLine:
    totals = dict.fromkeys(Component, 0)
    parts = list(receipt.allocations.all())
    for part in parts:
        totals[Bucket(part.bucket).component] += part.amount_minor
    return ReceiptLine(
        receipt=receipt,
        instalments=sorted({part.number for part in parts}),
        principal=Money(totals[Component.PRINCIPAL], currency),
        interest=Money(totals[Component.INTEREST], currency),
        penalty=Money(totals[Component.PENALTY], currency),
        fee=Money(totals[Component.FEE] + totals[Component.COST], currency),
    )
