"""Where a receipt goes."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from loans.core.buckets import Allocation, Bucket, Owed
from loans.core.waterfall import DEFAULT_ORDER, OrderIncomplete, ReceiptNotPositive, allocate

DAY = date(2024, 5, 12)
PRINCIPAL_FIRST = (
    Bucket.OVERDUE_PRINCIPAL,
    Bucket.DUE_PRINCIPAL,
    Bucket.OVERDUE_INTEREST,
    Bucket.DUE_INTEREST,
    Bucket.FEES,
    Bucket.PENALTIES,
    Bucket.COSTS,
)


def line(number: int, bucket: Bucket, amount: int) -> Owed:
    return Owed(number, date(2024, 3, 10) + timedelta(days=30 * number), bucket, amount)


OWED = [
    line(2, Bucket.DUE_PRINCIPAL, 800),
    line(2, Bucket.DUE_INTEREST, 100),
    line(1, Bucket.OVERDUE_PRINCIPAL, 700),
    line(1, Bucket.OVERDUE_INTEREST, 110),
    line(0, Bucket.OVERDUE_INTEREST, 20),
    line(1, Bucket.FEES, 30),
    line(1, Bucket.PENALTIES, 9),
    line(1, Bucket.COSTS, 50),
]


def went(receipt: int, order: tuple[Bucket, ...] = DEFAULT_ORDER) -> list[tuple[int, Bucket, int]]:
    found = allocate(receipt, owed=OWED, on=DAY, order=order)
    return [(a.number, a.bucket, a.amount_minor) for a in found.allocations]


def test_the_default_order_is_costs_penalties_fees_then_overdue_then_due() -> None:
    assert went(1_819) == [
        (1, Bucket.COSTS, 50),
        (1, Bucket.PENALTIES, 9),
        (1, Bucket.FEES, 30),
        (0, Bucket.OVERDUE_INTEREST, 20),
        (1, Bucket.OVERDUE_INTEREST, 110),
        (1, Bucket.OVERDUE_PRINCIPAL, 700),
        (2, Bucket.DUE_INTEREST, 100),
        (2, Bucket.DUE_PRINCIPAL, 800),
    ]


def test_a_small_receipt_stops_where_it_ends_the_oldest_first() -> None:
    assert went(100) == [
        (1, Bucket.COSTS, 50),
        (1, Bucket.PENALTIES, 9),
        (1, Bucket.FEES, 30),
        (0, Bucket.OVERDUE_INTEREST, 11),
    ]


def test_the_order_is_configuration() -> None:
    assert went(900, PRINCIPAL_FIRST) == [(1, Bucket.OVERDUE_PRINCIPAL, 700), (2, Bucket.DUE_PRINCIPAL, 200)]


def test_what_is_left_over_is_not_allocated() -> None:
    found = allocate(2_000, owed=OWED, on=DAY)
    assert (found.unallocated_minor, sum(a.amount_minor for a in found.allocations)) == (181, 1_819)


def test_with_nothing_owed_everything_is_left() -> None:
    assert allocate(5, owed=[], on=DAY).unallocated_minor == 5


def test_allocations_carry_the_day() -> None:
    assert allocate(1, owed=OWED, on=DAY).allocations == (Allocation(1, Bucket.COSTS, 1, DAY),)


@pytest.mark.parametrize("receipt", [0, -1])
def test_a_receipt_of_nothing_is_refused(receipt: int) -> None:
    with pytest.raises(ReceiptNotPositive):
        allocate(receipt, owed=OWED, on=DAY)


@pytest.mark.parametrize("order", [DEFAULT_ORDER[:-1], (*DEFAULT_ORDER, Bucket.COSTS), ()])
def test_an_order_must_name_every_bucket_once(order: tuple[Bucket, ...]) -> None:
    with pytest.raises(OrderIncomplete):
        allocate(1, owed=OWED, on=DAY, order=order)


lines = st.lists(st.builds(line, st.integers(1, 12), st.sampled_from(Bucket), st.integers(1, 10**6)), max_size=40)


@given(st.integers(1, 10**8), lines, st.permutations(list(Bucket)))
def test_a_waterfall_conserves_money(receipt: int, owed: list[Owed], order: list[Bucket]) -> None:
    found = allocate(receipt, owed=owed, on=DAY, order=order)
    allocated = sum(a.amount_minor for a in found.allocations)
    assert allocated + found.unallocated_minor == receipt
    assert allocated == min(receipt, sum(one.amount_minor for one in owed))
    assert all(a.amount_minor > 0 for a in found.allocations)
    ranks = [order.index(a.bucket) for a in found.allocations]
    assert ranks == sorted(ranks)
