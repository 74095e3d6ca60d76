"""What is owed on a loan on a day: the schedule, less what was paid, plus what paying late has cost."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Protocol, TypeVar

from loans.core.buckets import Allocation, Bucket, Component, Cost, Owed, bucket_of
from loans.core.errors import CoreError
from loans.core.penalty import PenaltyTerms, penalty_owed_minor
from loans.core.schedule import Instalment

SCHEDULED = (Component.FEE, Component.INTEREST, Component.PRINCIPAL)


class OverAllocated(CoreError):
    """More was allocated to a part of an instalment than it ever was: the allocations are wrong."""

    code = "over_allocated"
    sentence = "instalment {number} has no {over_minor} more {component} to pay"


class UnknownInstalment(CoreError):
    """Money or a cost on an instalment the schedule does not have."""

    code = "unknown_instalment"
    sentence = "the schedule has no instalment {numbers}"


@dataclass(frozen=True, slots=True)
class Position:
    """
    A loan on one day, in minor units.

    `owed` is due on that day or overdue; `upcoming` is scheduled for later and not yet paid. Both are in
    order of instalments.
    """

    day: date
    owed: tuple[Owed, ...]
    upcoming: tuple[Owed, ...]
    #: Since the oldest instalment with fee, interest or principal unpaid; penalties and costs do not count.
    days_past_due: int

    @property
    def owed_minor(self) -> int:
        """Everything owed today."""
        return sum(line.amount_minor for line in self.owed)

    @property
    def outstanding_principal_minor(self) -> int:
        """All principal not yet repaid, due or not."""
        return sum(
            line.amount_minor for line in (*self.owed, *self.upcoming) if line.bucket.component is Component.PRINCIPAL
        )

    @property
    def next_lines(self) -> tuple[Owed, ...]:
        """What the first instalment after today still asks for; a payment ahead goes here, after `owed`."""
        return tuple(line for line in self.upcoming if line.number == self.upcoming[0].number)

    @property
    def next_due_on(self) -> date | None:
        """The first due date after today with something to pay."""
        return self.upcoming[0].due_on if self.upcoming else None

    @property
    def next_due_minor(self) -> int:
        """What falls due then."""
        return sum(line.amount_minor for line in self.next_lines)

    def in_bucket(self, bucket: Bucket) -> int:
        """What is owed today in one bucket."""
        return sum(line.amount_minor for line in self.owed if line.bucket is bucket)


def position_on(
    day: date,
    *,
    instalments: Iterable[Instalment],
    paid: Iterable[Allocation],
    penalty: PenaltyTerms,
    costs: Iterable[Cost] = (),
    settled_on: date | None = None,
) -> Position:
    """
    Compute what is owed at the end of `day`.

    Allocations and costs dated later are left out, so the position of a past day can be asked for again. An
    instalment is due on its date and overdue from the day after; a cost is owed as soon as it is charged.
    From `settled_on` on (an early settlement was paid) nothing is owed, whatever the schedule still says.

    :raises OverAllocated: if more was paid on an instalment's cost, fee, interest or principal than it has
    :raises UnknownInstalment: if an allocation or cost names an instalment the schedule does not have
    """
    if settled_on is not None and day >= settled_on:
        return Position(day, (), (), 0)
    received = _by_number(allocation for allocation in paid if allocation.on <= day)
    charged = _by_number(cost for cost in costs if cost.on <= day)
    lines: list[Owed] = []
    for row in sorted(instalments, key=lambda row: row.number):
        mine = received.pop(row.number, [])
        left = _left(row, mine, charged.pop(row.number, []))
        left[Component.PENALTY] = penalty_owed_minor(row, paid=mine, terms=penalty, day=day)
        lines += _lines(row, left, day)
    if received or charged:
        raise UnknownInstalment(numbers=sorted({*received, *charged}))
    return _position(day, lines)


class _Numbered(Protocol):
    @property
    def number(self) -> int: ...


_N = TypeVar("_N", bound=_Numbered)


def _by_number(items: Iterable[_N]) -> dict[int, list[_N]]:
    found: defaultdict[int, list[_N]] = defaultdict(list)
    for item in items:
        found[item.number].append(item)
    return found


def _left(row: Instalment, paid: Iterable[Allocation], costs: Iterable[Cost]) -> dict[Component, int]:
    left = {
        Component.COST: sum(cost.amount_minor for cost in costs),
        Component.FEE: row.fee_minor,
        Component.INTEREST: row.interest_minor,
        Component.PRINCIPAL: row.principal_minor,
    }
    for allocation in paid:
        component = allocation.bucket.component
        if component is not Component.PENALTY:
            left[component] -= allocation.amount_minor
    for component, amount in left.items():
        if amount < 0:
            raise OverAllocated(number=row.number, component=component, over_minor=-amount)
    return left


def _lines(row: Instalment, left: dict[Component, int], day: date) -> list[Owed]:
    overdue = row.due_on < day
    return [
        Owed(row.number, row.due_on, bucket_of(component, overdue=overdue), amount)
        for component, amount in left.items()
        if amount
    ]


def _position(day: date, lines: list[Owed]) -> Position:
    payable = [line.due_on <= day or line.bucket is Bucket.COSTS for line in lines]
    late = [line.due_on for line in lines if line.due_on < day and line.bucket.component in SCHEDULED]
    return Position(
        day=day,
        owed=tuple(line for line, now in zip(lines, payable, strict=True) if now),
        upcoming=tuple(line for line, now in zip(lines, payable, strict=True) if not now),
        days_past_due=(day - min(late)).days if late else 0,
    )
