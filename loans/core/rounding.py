"""The one place where an exact figure becomes whole minor units."""

from enum import StrEnum
from fractions import Fraction
from math import ceil, floor


class Rounding(StrEnum):
    """How an exact amount becomes a whole one."""

    HALF_EVEN = "half_even"
    HALF_UP = "half_up"
    CEILING = "ceiling"
    FLOOR = "floor"


def round_minor(exact: Fraction, rounding: Rounding = Rounding.HALF_EVEN, *, multiple: int = 1) -> int:
    """Round an exact amount (minor units, not negative) to a whole multiple of `multiple` minor units."""
    scaled = exact / multiple
    match rounding:
        case Rounding.HALF_EVEN:
            units = round(scaled)
        case Rounding.HALF_UP:
            units = floor(scaled + Fraction(1, 2))
        case Rounding.CEILING:
            units = ceil(scaled)
        case Rounding.FLOOR:
            units = floor(scaled)
    return units * multiple


def share_bps(amount_minor: int, bps: int, rounding: Rounding = Rounding.HALF_EVEN) -> int:
    """`bps` basis points of an amount, in whole minor units."""
    return round_minor(Fraction(amount_minor * bps, 10_000), rounding)
