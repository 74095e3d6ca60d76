"""Where a loan stands on a day: its schedule, what was paid on it, what is owed, what would settle it."""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from functools import cached_property

from loans.core.buckets import Allocation, Component, Owed
from loans.core.position import Position, position_on
from loans.core.schedule import Instalment
from loans.core.settlement import SettlementQuote, settlement_quote
from loans.core.waterfall import allocate
from loans.models import Loan
from loans.queries.rows import allocations_of, schedule_of
from loans.refusals import refuses_core_errors


class LineState(StrEnum):
    """How an instalment stands on a day."""

    PAID = "paid"
    OVERDUE = "overdue"
    DUE = "due"
    UPCOMING = "upcoming"
    #: Not paid and never will be: the loan was settled before it fell due.
    ENDED = "ended"


@dataclass(frozen=True, slots=True)
class ScheduleLine:
    """An instalment with what was paid on it and what is still to pay, penalties included, in minor units."""

    row: Instalment
    paid_minor: int
    left_minor: int
    state: LineState


@dataclass(frozen=True)
class Standing:
    """A loan at the end of a day."""

    loan: Loan
    instalments: list[Instalment]
    paid: list[Allocation]
    position: Position

    @property
    def most_payable_minor(self) -> int:
        """The largest repayment taken on the day: what is owed and the next instalment."""
        return self.position.owed_minor + self.position.next_due_minor

    @cached_property
    def lines(self) -> list[ScheduleLine]:
        """The schedule with what was paid and what is left, row by row."""
        return [self._line(row) for row in self.instalments]

    def plan(self, amount_minor: int) -> list[Allocation]:
        """
        Where a repayment would go: to what is owed by the waterfall, then ahead on the next instalment.

        What is above both finds no place: the allocations then sum to less than the amount.
        """
        now = allocate(amount_minor, owed=self.position.owed, on=self.position.day)
        if not now.unallocated_minor:
            return list(now.allocations)
        # Separately: interest that is not due yet must not come before principal that is.
        ahead = allocate(now.unallocated_minor, owed=self.position.next_lines, on=self.position.day)
        return [*now.allocations, *ahead.allocations]

    def _line(self, row: Instalment) -> ScheduleLine:
        paid = [a for a in self.paid if a.number == row.number and a.on <= self.position.day]
        left = sum(line.amount_minor for line in self._unpaid if line.number == row.number)
        return ScheduleLine(row, sum(a.amount_minor for a in paid), left, self._state(row, paid, left=left))

    @property
    def _unpaid(self) -> tuple[Owed, ...]:
        return (*self.position.owed, *self.position.upcoming)

    def _state(self, row: Instalment, paid: list[Allocation], *, left: int) -> LineState:
        if left == 0:
            # Nothing is asked for: either all of it was paid, or a settlement ended the loan before.
            interest = sum(a.amount_minor for a in paid if a.bucket.component is Component.INTEREST)
            return LineState.PAID if interest >= row.interest_minor else LineState.ENDED
        if row.due_on < self.position.day:
            return LineState.OVERDUE
        return LineState.DUE if row.due_on == self.position.day else LineState.UPCOMING


@refuses_core_errors
def standing_of(loan: Loan, *, day: date) -> Standing:
    """
    A loan with everything known about it at the end of a day.

    :raises NotComputable: if what was booked does not fit the schedule
    """
    instalments, paid = schedule_of(loan), allocations_of(loan)
    # Read after the allocations: those of a settlement that comes in meanwhile only make sense on a settled loan.
    settled_on = Loan.objects.values_list("settled_on", flat=True).get(pk=loan.pk)
    position = position_on(
        day,
        instalments=instalments,
        paid=paid,
        penalty=loan.penalty_terms,
        settled_on=settled_on,
    )
    return Standing(loan, instalments, paid, position)


def position_of(loan: Loan, *, day: date) -> Position:
    """
    What is owed on a loan at the end of a day.

    :raises NotComputable: as `standing_of`
    """
    return standing_of(loan, day=day).position


@refuses_core_errors
def quote_settlement(loan: Loan, *, day: date) -> SettlementQuote:
    """
    What settles a loan on a day.

    :raises NotComputable: if the day is before the pay-out
    """
    standing = standing_of(loan, day=day)
    return settlement_quote(
        terms=loan.terms,
        instalments=standing.instalments,
        position=standing.position,
        fee_bps=loan.settlement_fee_bps,
    )
