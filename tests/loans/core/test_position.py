"""What is owed on a day, bucket by bucket."""

from datetime import date

import pytest

from loans.core.buckets import Allocation, Bucket, Cost
from loans.core.position import OverAllocated, Position, UnknownInstalment, position_on
from loans.core.schedule import build_schedule
from tests.loans.core.builders import PENALTY, paid, terms

#: 1066.19 on the 10th of each month from February; rows 1 and 2: interest 120.00 and 110.54.
ROWS = build_schedule(terms(instalment_fee_minor=300))
FIRST, SECOND = ROWS[0].due_on, ROWS[1].due_on
FIRST_PAID = [
    paid(1, Bucket.FEES, 300, FIRST),
    paid(1, Bucket.DUE_INTEREST, 12_000, FIRST),
    paid(1, Bucket.DUE_PRINCIPAL, 94_619, FIRST),
]


def position(day: date, *allocations: Allocation, costs: tuple[Cost, ...] = ()) -> Position:
    return position_on(day, instalments=ROWS, paid=allocations, penalty=PENALTY, costs=costs)


def buckets(found: Position) -> dict[Bucket, int]:
    return {bucket: found.in_bucket(bucket) for bucket in Bucket if found.in_bucket(bucket)}


def test_before_the_first_due_date_nothing_is_owed() -> None:
    found = position(date(2024, 2, 9))
    assert (found.owed, found.days_past_due) == ((), 0)
    assert (found.next_due_on, found.next_due_minor) == (FIRST, 106_919)
    assert found.outstanding_principal_minor == 1_200_000


def test_on_its_date_an_instalment_is_due() -> None:
    found = position(FIRST)
    assert buckets(found) == {
        Bucket.FEES: 300,
        Bucket.DUE_INTEREST: 12_000,
        Bucket.DUE_PRINCIPAL: 94_619,
    }
    assert (found.days_past_due, found.next_due_on) == (0, SECOND)


def test_the_day_after_it_is_overdue_and_bears_a_penalty() -> None:
    found = position(date(2024, 2, 11))
    assert buckets(found) == {
        Bucket.PENALTIES: 47,  # 946.19 x 18 % / 360
        Bucket.FEES: 300,
        Bucket.OVERDUE_INTEREST: 12_000,
        Bucket.OVERDUE_PRINCIPAL: 94_619,
    }
    assert found.days_past_due == 1


def test_days_past_due_count_from_the_oldest_unpaid_instalment() -> None:
    assert position(date(2024, 3, 20)).days_past_due == 39
    assert position(date(2024, 3, 20), *FIRST_PAID).days_past_due == 10


def test_a_due_instalment_stands_beside_an_overdue_one() -> None:
    found = position(SECOND)
    assert found.in_bucket(Bucket.OVERDUE_PRINCIPAL) == 94_619
    assert found.in_bucket(Bucket.DUE_PRINCIPAL) == ROWS[1].principal_minor
    assert found.in_bucket(Bucket.FEES) == 600


def test_what_was_paid_is_not_owed_any_more() -> None:
    found = position(FIRST, *FIRST_PAID)
    assert found.owed == ()
    assert found.outstanding_principal_minor == 1_200_000 - 94_619


def test_a_past_day_does_not_know_later_payments() -> None:
    assert position(date(2024, 2, 9), *FIRST_PAID) == position(date(2024, 2, 9))


def test_a_penalty_left_over_is_owed_but_not_past_due() -> None:
    late = [paid(a.number, a.bucket, a.amount_minor, date(2024, 2, 12)) for a in FIRST_PAID]
    found = position(date(2024, 2, 20), *late)
    assert (buckets(found), found.days_past_due) == ({Bucket.PENALTIES: 95}, 0)


def test_a_cost_is_owed_at_once() -> None:
    found = position(date(2024, 2, 1), costs=(Cost(1, 5_000, date(2024, 2, 1)),))
    assert buckets(found) == {Bucket.COSTS: 5_000}
    assert position(date(2024, 1, 31), costs=(Cost(1, 5_000, date(2024, 2, 1)),)).owed == ()


def test_a_payment_ahead_shortens_the_next_lines() -> None:
    found = position(date(2024, 2, 1), paid(1, Bucket.DUE_INTEREST, 12_000, date(2024, 2, 1)))
    assert found.next_due_minor == 300 + 94_619


def test_after_all_is_paid_nothing_comes_next() -> None:
    everything = [
        paid(row.number, bucket, amount, row.due_on)
        for row in ROWS
        for bucket, amount in (
            (Bucket.FEES, row.fee_minor),
            (Bucket.DUE_INTEREST, row.interest_minor),
            (Bucket.DUE_PRINCIPAL, row.principal_minor),
        )
    ]
    found = position(date(2030, 1, 1), *everything)
    assert (found.owed_minor, found.outstanding_principal_minor, found.next_due_on) == (0, 0, None)
    assert found.next_due_minor == 0


def test_after_a_settlement_nothing_is_owed() -> None:
    settled = date(2024, 3, 1)
    found = position_on(settled, instalments=ROWS, paid=[], penalty=PENALTY, settled_on=settled)
    assert found == Position(settled, (), (), 0)


@pytest.mark.parametrize("bucket", [Bucket.COSTS, Bucket.FEES, Bucket.DUE_INTEREST, Bucket.OVERDUE_PRINCIPAL])
def test_more_paid_than_there_was_is_an_error(bucket: Bucket) -> None:
    with pytest.raises(OverAllocated):
        position(FIRST, paid(1, bucket, 94_620, FIRST))


def test_money_on_no_instalment_is_an_error() -> None:
    with pytest.raises(UnknownInstalment):
        position(FIRST, paid(13, Bucket.DUE_INTEREST, 1, FIRST))
    with pytest.raises(UnknownInstalment):
        position(FIRST, costs=(Cost(0, 1, FIRST),))
