"""Reads of the reserve that others may use."""

from escrow import chart
from escrow.queries import balance
from marketplace.lib.money import Money


def fund() -> Money:
    """What is in the risk reserve now."""
    return balance(chart.RESERVE_FUND)
