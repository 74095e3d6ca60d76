"""Money as whole minor units, and the one way to split it."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Context, Decimal

#: Decimal places of the currencies the platform may hold (ISO 4217).
EXPONENTS = {"CNY": 2, "EUR": 2, "GBP": 2, "HKD": 2, "JPY": 0, "USD": 2}
DEFAULT_CURRENCY = "CNY"
#: What a BIGINT column can hold.
LARGEST_MINOR = 2**63 - 1
#: Characters of an amount as somebody may write it.
LONGEST_AMOUNT = 40
#: Commas only between groups of three: "12,5" is twelve and a half to some, and must not become a hundred and more.
PLAIN = re.compile(r"[+-]?(\d{1,3}(,\d{3})+|\d+)(\.\d+)?", re.ASCII)


class MoneyError(ValueError):
    """An amount that cannot be written down exactly, or two currencies in one sum."""


@dataclass(frozen=True, slots=True)
class Money:
    """
    An amount in whole minor units (fen, cents) of one currency.

    :raises MoneyError: if `minor` is not a whole number a BIGINT can hold or the currency is unknown
    """

    minor: int
    currency: str = DEFAULT_CURRENCY

    def __post_init__(self) -> None:
        if type(self.minor) is not int or abs(self.minor) > LARGEST_MINOR:
            raise MoneyError(f"not an amount in minor units: {self.minor!r}")
        if self.currency not in EXPONENTS:
            raise MoneyError(f"unknown currency: {self.currency!r}")

    @classmethod
    def parse(cls, text: str, currency: str = DEFAULT_CURRENCY) -> "Money":
        """
        Read a decimal amount such as "1,234.50".

        :raises MoneyError: if it is not a number or has more decimals than the currency
        """
        if currency not in EXPONENTS:
            raise MoneyError(f"unknown currency: {currency!r}")
        plain = text.strip()
        if len(plain) > LONGEST_AMOUNT or not PLAIN.fullmatch(plain):
            raise MoneyError(f"not an amount: {text[:LONGEST_AMOUNT]!r}")
        amount = Decimal(plain.replace(",", ""))
        # Wide enough for every text above: the default context would round a long tail of decimals away.
        minor = amount.scaleb(EXPONENTS[currency], Context(prec=2 * LONGEST_AMOUNT))
        if minor != minor.to_integral_value():
            raise MoneyError(f"finer than the smallest unit of {currency}: {text!r}")
        return cls(int(minor), currency)

    @property
    def decimal(self) -> Decimal:
        """The amount in major units."""
        return Decimal(self.minor).scaleb(-EXPONENTS[self.currency])

    def __str__(self) -> str:
        return f"{self.decimal:,.{EXPONENTS[self.currency]}f} {self.currency}"

    def __bool__(self) -> bool:
        return self.minor != 0

    def __add__(self, other: "Money") -> "Money":
        return Money(self.minor + self._minor_of(other), self.currency)

    def __sub__(self, other: "Money") -> "Money":
        return Money(self.minor - self._minor_of(other), self.currency)

    def __neg__(self) -> "Money":
        return Money(-self.minor, self.currency)

    def __mul__(self, count: int) -> "Money":
        return Money(self.minor * count, self.currency)

    def __lt__(self, other: "Money") -> bool:
        return self.minor < self._minor_of(other)

    def __le__(self, other: "Money") -> bool:
        return self.minor <= self._minor_of(other)

    def __gt__(self, other: "Money") -> bool:
        return self.minor > self._minor_of(other)

    def __ge__(self, other: "Money") -> bool:
        return self.minor >= self._minor_of(other)

    def split(self, weights: Sequence[int]) -> "list[Money]":
        """Split in proportion to `weights`; the parts sum to the whole (see `split_minor`)."""
        return [Money(part, self.currency) for part in split_minor(self.minor, weights)]

    def _minor_of(self, other: "Money") -> int:
        if other.currency != self.currency:
            raise MoneyError(f"{self.currency} and {other.currency} in one sum")
        return other.minor


def split_minor(total: int, weights: Sequence[int]) -> list[int]:
    """
    Split `total` minor units in proportion to `weights` by the largest remainder (Hamilton's method).

    The parts sum to `total`; each is within one unit of its exact share; ties go to the earlier weight.

    :raises MoneyError: if the total or a weight is negative, or every weight is zero
    """
    whole = sum(weights)
    if total < 0 or whole <= 0 or min(weights) < 0:
        raise MoneyError("a split needs a total and weights that are not negative")
    parts = [total * weight // whole for weight in weights]
    left = total - sum(parts)
    by_remainder = sorted(range(len(weights)), key=lambda i: (-(total * weights[i] % whole), i))
    for i in by_remainder[:left]:
        parts[i] += 1
    assert sum(parts) == total, "parts must sum to the whole"
    return parts
