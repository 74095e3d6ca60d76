"""The client-money equation as two bars of the same scale: what we hold, and whose it is."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from escrow.chart import Kind
from escrow.models import Account
from escrow.queries import Equation, EquationLine, equation
from marketplace.lib.money import Money

#: The drawing's own width; both bars have it when the sides agree.
WIDTH = 1000


@dataclass(frozen=True, slots=True)
class Segment:
    """One kind's part of a bar, from `x`, in units of the drawing."""

    kind: Kind
    total: Money
    x: int
    width: int


@dataclass(frozen=True, slots=True)
class Side:
    """One side: its lines, their sum, and the bar."""

    title: str | Promise
    lines: list[EquationLine]
    total: Money
    segments: list[Segment]


@dataclass(frozen=True, slots=True)
class Sides:
    """Both sides in one currency."""

    currency: str
    held: Side
    owed: Side
    holds: bool

    @property
    def difference(self) -> Money:
        """What is held less what is owed."""
        return self.held.total - self.owed.total


def sides_of_every_currency(*, at: datetime | None) -> list[Sides]:
    """The equation of each currency that has accounts, now or at a past moment."""
    currencies = Account.objects.order_by("currency").values_list("currency", flat=True).distinct()
    return [_sides(equation(currency=currency, at=at)) for currency in currencies]


def _sides(sums: Equation) -> Sides:
    # Costs were paid out of what we held, so they stand beside it: both sides are then sums without a minus.
    held = [*sums.held, *(line for line in sums.costs if line.total)]
    owed = [*sums.liabilities, *sums.income]
    scale = max(_total(held, sums.currency).minor, _total(owed, sums.currency).minor, 1)
    return Sides(
        currency=sums.currency,
        held=_side(_("What we hold"), held, sums.currency, scale),
        owed=_side(_("Whose it is"), owed, sums.currency, scale),
        holds=sums.holds,
    )


def _side(title: str | Promise, lines: list[EquationLine], currency: str, scale: int) -> Side:
    return Side(title, lines, _total(lines, currency), list(_segments(lines, scale)))


def _segments(lines: list[EquationLine], scale: int) -> Iterator[Segment]:
    below = 0
    for line in lines:
        if line.total.minor > 0:
            start, below = below, below + line.total.minor
            x = start * WIDTH // scale
            yield Segment(line.kind, line.total, x, below * WIDTH // scale - x)


def _total(lines: list[EquationLine], currency: str) -> Money:
    return Money(sum(line.total.minor for line in lines), currency)
