"""Reads of the reserve that others may use."""

from escrow import chart
from escrow.queries import balance
from marketplace.lib.money import Money


def fund() -> Money:
    """What is in the risk reserve now."""
    return balance(chart.RESERVE_FUND)


def coverage_bps(outstanding: Money) -> int | None:
    """
    The share of some outstanding principal that the fund could pay back, in basis points rounded down.

    None where nothing is outstanding: there is nothing to cover.
    """
    return fund().minor * 10_000 // outstanding.minor if outstanding else None
