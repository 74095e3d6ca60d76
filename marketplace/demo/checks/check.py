"""A named check and what it found."""

from collections.abc import Iterable
from typing import NamedTuple, Self

SHOWN = 3


class Check(NamedTuple):
    """A promise, whether it held, and a few words: figures if it did, what is wrong if not."""

    promise: str
    held: bool
    detail: str

    @classmethod
    def nothing_wrong(cls, promise: str, wrong: Iterable[object], *, detail: str = "") -> Self:
        """It holds if nothing is wrong; otherwise the first few wrong things are its detail."""
        found = list(wrong)
        more = f" and {len(found) - SHOWN} more" if len(found) > SHOWN else ""
        return cls(promise, not found, "; ".join(map(str, found[:SHOWN])) + more if found else detail)

    @classmethod
    def equal(cls, promise: str, found: object, expected: object) -> Self:
        """It holds if both are the same."""
        same = found == expected
        return cls(promise, same, str(found) if same else f"{found} instead of {expected}")
