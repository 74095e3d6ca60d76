"""
Putting a receipt to what is owed, in an agreed order.

The default order is the design's: costs and penalties first, interest before principal, what is overdue
before what is due. Within a bucket the oldest comes first.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from loans.core.buckets import Allocation, Bucket, Owed
from loans.core.errors import CoreError

DEFAULT_ORDER = tuple(Bucket)


class ReceiptNotPositive(CoreError):
    """A receipt of nothing, or of less."""

    code = "receipt_not_positive"
    sentence = "a receipt must be above zero, not {receipt_minor}"


class OrderIncomplete(CoreError):
    """An order that leaves a bucket out, or names one twice: what lies in it could never be paid."""

    code = "waterfall_order_incomplete"
    sentence = "the order must name every bucket once: {order}"


@dataclass(frozen=True, slots=True)
class Waterfall:
    """Where a receipt went; the allocations and what is left over sum to it."""

    allocations: tuple[Allocation, ...]
    unallocated_minor: int


def allocate(
    receipt_minor: int, *, owed: Iterable[Owed], on: date, order: Sequence[Bucket] = DEFAULT_ORDER
) -> Waterfall:
    """
    Put a receipt (minor units) to what is owed, bucket by bucket, oldest first.

    :raises ReceiptNotPositive: if the receipt is not above zero
    :raises OrderIncomplete: if the order does not name every bucket exactly once
    """
    if receipt_minor <= 0:
        raise ReceiptNotPositive(receipt_minor=receipt_minor)
    if sorted(order) != sorted(Bucket):
        raise OrderIncomplete(order=", ".join(order))
    rank = {bucket: place for place, bucket in enumerate(order)}
    left = receipt_minor
    allocations: list[Allocation] = []
    for line in sorted(owed, key=lambda line: (rank[line.bucket], line.due_on, line.number)):
        part = min(left, line.amount_minor)
        if part:
            allocations.append(Allocation(line.number, line.bucket, part, on))
        left -= part
    assert sum(a.amount_minor for a in allocations) + left == receipt_minor, "a receipt is conserved"
    return Waterfall(tuple(allocations), left)
