"""What was agreed about a loan: everything a schedule is computed from, checked when it is written down."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from enum import StrEnum
from fractions import Fraction

from loans.core import errors
from loans.core.rounding import Rounding
from marketplace.lib.interest import DayCount, Frequency, PeriodUnit, add_periods, day_in_month

#: Ten years of daily instalments; more rows than that is a slip of the keyboard.
MAX_PERIODS = 3_660
#: A million per cent, and thirty decimals: beyond this a rate is a slip too, and fractions grow without use.
MAX_RATE = Decimal(10_000)
FINEST_RATE_EXPONENT = -30


class InstalmentFrom(StrEnum):
    """What the level instalment is solved on."""

    #: The nominal rate per period, even when interest follows real days (the usual practice).
    NOMINAL_RATE = "nominal_rate"
    #: The real day factors of every row, so that all rows come out level.
    PERIOD_FACTORS = "period_factors"


@dataclass(frozen=True, slots=True, kw_only=True)
class Terms:
    """
    The terms of one loan: amounts in minor units, the rate as a decimal share of a year (0.12 is 12 %).

    Grace is counted in periods. `grace_principal`: interest only, then the remaining periods repay;
    `grace_interest`: interest is not paid in these periods but with the first instalment after them;
    `grace_all`: free of payment and of interest, only the dates move.

    :raises TermsError: a subclass per broken rule, see `loans.core.errors`
    """

    principal_minor: int
    annual_rate: Decimal
    periods: int
    paid_out_on: date
    method: str = "equal_instalment"
    period_unit: PeriodUnit = PeriodUnit.MONTHS
    period_every: int = 1
    day_count: DayCount = DayCount.PERIOD
    #: Only for `period` counted in weeks or days.
    days_in_year: int = 365
    first_due_on: date | None = None
    #: Day of the month instalments fall due on (1-31); the pay-out's or first due date's own day if absent.
    due_day: int | None = None
    rounding: Rounding = Rounding.HALF_EVEN
    #: For the level instalment only; as `rounding` if absent.
    instalment_rounding: Rounding | None = None
    instalment_multiple_minor: int = 1
    instalment_from: InstalmentFrom = InstalmentFrom.NOMINAL_RATE
    grace_principal: int = 0
    grace_interest: int = 0
    grace_all: int = 0
    #: Charged with every instalment.
    instalment_fee_minor: int = 0

    def __post_init__(self) -> None:
        self._check_amounts()
        self._check_rate()
        self._check_periods()
        self._check_dates()

    @property
    def frequency(self) -> Frequency:
        """The distance between two due dates."""
        return Frequency(self.period_unit, self.period_every)

    @property
    def rate(self) -> Fraction:
        """The annual rate, exact."""
        return Fraction(self.annual_rate)

    @property
    def accrues_from(self) -> date:
        """The day interest starts: the pay-out, later by the periods of `grace_all`."""
        return add_periods(self.paid_out_on, self.grace_all, self.frequency)

    @property
    def first_period_is_regular(self) -> bool:
        """Whether the first due date lies exactly one period after the pay-out."""
        return self._first_due_before_grace == add_periods(self.paid_out_on, 1, self.frequency)

    def due_on(self, number: int) -> date:
        """The due date of instalment `number` (from 1), from the anchor day: 31 Jan, 28 Feb, 31 Mar."""
        first, moved = self._first_due_before_grace, self.grace_all + number - 1
        return add_periods(first, moved, self.frequency, anchor_day=self._anchor_day)

    @property
    def _first_due_before_grace(self) -> date:
        one_later = add_periods(self.paid_out_on, 1, self.frequency)
        if self.first_due_on is None and self.due_day is not None:
            return day_in_month(one_later.year, one_later.month, self.due_day)
        return self.first_due_on or one_later

    @property
    def _anchor_day(self) -> int:
        """A first due date one period after pay-out keeps the pay-out's day: 28 Feb may mean the 31st."""
        if self.due_day is not None:
            return self.due_day
        return self.paid_out_on.day if self.first_period_is_regular else self._first_due_before_grace.day

    def _check_amounts(self) -> None:
        if self.principal_minor <= 0:
            raise errors.PrincipalNotPositive(principal_minor=self.principal_minor)
        for field, least in (
            ("instalment_fee_minor", 0),
            ("instalment_multiple_minor", 1),
            ("days_in_year", 1),
        ):
            amount: int = getattr(self, field)
            if amount < least:
                raise errors.AmountBelowZero(field=field, amount=amount)

    def _check_rate(self) -> None:
        rate = self.annual_rate
        if not rate.is_finite():
            raise errors.RateOutOfRange(rate=rate)
        if rate < 0:
            raise errors.RateBelowZero(rate=rate)
        exponent = rate.as_tuple().exponent
        if rate > MAX_RATE or not isinstance(exponent, int) or exponent < FINEST_RATE_EXPONENT:
            raise errors.RateOutOfRange(rate=rate)

    def _check_periods(self) -> None:
        if self.periods <= 0:
            raise errors.NoPeriods(periods=self.periods)
        if self.periods > MAX_PERIODS:
            raise errors.TermTooLong(periods=self.periods)
        if self.period_every <= 0:
            raise errors.PeriodNotPositive(every=self.period_every)
        for grace in (self.grace_principal, self.grace_interest):
            if not 0 <= grace < self.periods:
                raise errors.GraceTooLong(grace=grace, periods=self.periods)
        if not 0 <= self.grace_all <= MAX_PERIODS:
            raise errors.GraceTooLong(grace=self.grace_all, periods=self.periods)

    def _check_dates(self) -> None:
        in_months = self.period_unit is PeriodUnit.MONTHS
        if self.due_day is not None and not (in_months and 1 <= self.due_day <= 31):
            raise errors.DueDayImpossible(due_day=self.due_day)
        first = self.first_due_on
        if first is not None and first <= self.paid_out_on:
            raise errors.FirstDueBeforePayOut(first_due_on=first, paid_out_on=self.paid_out_on)
        try:
            self.due_on(self.periods)
        except OverflowError:
            raise errors.TermTooLong(periods=self.periods) from None
        # A first due date off the agreed day would move every later one without a word.
        if first is not None and self.due_day and first != day_in_month(first.year, first.month, self.due_day):
            raise errors.DueDayImpossible(due_day=self.due_day)
