"""What holds for every schedule, whatever the terms."""

from datetime import date
from decimal import Decimal
from itertools import pairwise

from hypothesis import assume, given, settings
from hypothesis import strategies as st

from loans.core.errors import InstalmentNeverRepays
from loans.core.rounding import Rounding
from loans.core.schedule import Instalment, build_schedule
from loans.core.terms import InstalmentFrom, Terms
from marketplace.lib.interest import DayCount, PeriodUnit


@st.composite
def any_terms(draw: st.DrawFn) -> Terms:
    periods = draw(st.integers(1, 60))
    return Terms(
        principal_minor=draw(st.integers(1, 10**12)),
        annual_rate=draw(st.decimals(0, 2, places=6)),
        periods=periods,
        paid_out_on=draw(st.dates(date(2000, 1, 1), date(2100, 1, 1))),
        method=draw(st.sampled_from(["equal_instalment", "interest_only"])),
        period_unit=draw(st.sampled_from(PeriodUnit)),
        period_every=draw(st.integers(1, 4)),
        day_count=draw(st.sampled_from(DayCount)),
        rounding=draw(st.sampled_from(Rounding)),
        instalment_rounding=draw(st.none() | st.sampled_from(Rounding)),
        instalment_multiple_minor=draw(st.sampled_from([1, 10, 100])),
        instalment_from=draw(st.sampled_from(InstalmentFrom)),
        grace_principal=draw(st.integers(0, periods - 1)),
        grace_interest=draw(st.integers(0, periods - 1)),
        grace_all=draw(st.integers(0, 3)),
        instalment_fee_minor=draw(st.integers(0, 1_000)),
    )


def schedule(agreed: Terms) -> list[Instalment]:
    try:
        return build_schedule(agreed)
    except InstalmentNeverRepays:
        assume(False)
        raise


@settings(max_examples=150, deadline=None)
@given(any_terms())
def test_the_principal_column_sums_to_the_loan_and_no_balance_is_negative(agreed: Terms) -> None:
    rows = schedule(agreed)
    assert sum(row.principal_minor for row in rows) == agreed.principal_minor
    assert min(min(row.closing_minor, row.principal_minor, row.interest_minor) for row in rows) >= 0
    assert rows[-1].closing_minor == 0
    for earlier, later in pairwise(rows):
        assert later.opening_minor == earlier.closing_minor == earlier.opening_minor - earlier.principal_minor


@settings(max_examples=150, deadline=None)
@given(any_terms())
def test_dates_rise_strictly_and_days_lie_between_them(agreed: Terms) -> None:
    rows = schedule(agreed)
    assert [row.number for row in rows] == list(range(1, len(rows) + 1))
    dates = [agreed.accrues_from, *(row.due_on for row in rows)]
    assert all(earlier < later for earlier, later in pairwise(dates))
    assert [row.days for row in rows] == [(later - earlier).days for earlier, later in pairwise(dates)]


@settings(max_examples=100, deadline=None)
@given(st.integers(10_000, 10**10), st.integers(2, 60), st.integers(0, 3_600))
def test_a_regular_schedule_is_level_but_for_the_last_row(principal: int, periods: int, bps: int) -> None:
    rows = schedule(
        Terms(
            principal_minor=principal,
            annual_rate=Decimal(bps).scaleb(-4),
            periods=periods,
            paid_out_on=date(2024, 1, 31),
        )
    )
    (level,) = {row.total_minor for row in rows[:-1]}
    # Each row's rounding (half a unit of instalment, half of interest) grows with the interest on it.
    growth = (1 + Decimal(bps).scaleb(-4) / 12) ** periods
    assert abs(rows[-1].total_minor - level) <= periods * growth + 1
