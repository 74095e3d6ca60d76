"""
What a client writes on a bank transfer so that the money finds its wallet.

A creditor reference of ISO 11649: "RF", two check digits, then a letter for the wallet and its owner's number. One
mistyped or swapped character is always seen.
"""

from enum import StrEnum
from typing import NamedTuple

#: Smallest number of digits, so that references look alike.
DIGITS = 6


class Party(StrEnum):
    """Whose wallet: the letter in the reference."""

    INVESTOR = "I"
    BORROWER = "B"


class PaymentReference(NamedTuple):
    """A party and its number, as written on a transfer."""

    party: Party
    number: int

    def __str__(self) -> str:
        body = f"{self.party}{self.number:0{DIGITS}}"
        check = f"{98 - _value(body + 'RF00') % 97:02}"
        whole = f"RF{check}{body}"
        return " ".join(whole[i : i + 4] for i in range(0, len(whole), 4))


class ReferenceUnreadable(ValueError):
    """Not a reference of ours, or one with a slip of the pen."""


def read_reference(text: str) -> PaymentReference:
    """
    Read a reference as a bank passes it on: spaces and case do not matter.

    :raises ReferenceUnreadable: if the check digits or the shape are wrong
    """
    plain = "".join(text.split()).upper()
    body = plain[4:]
    if not (plain.isascii() and plain.isalnum() and plain.startswith("RF") and len(body) > DIGITS):
        raise ReferenceUnreadable(text)
    if body[0] not in set(Party) or not body[1:].isdecimal():
        raise ReferenceUnreadable(text)
    if _value(body + plain[:4]) % 97 != 1:
        raise ReferenceUnreadable(text)
    return PaymentReference(Party(body[0]), int(body[1:]))


def _value(text: str) -> int:
    """Letters count from A = 10 (ISO 7064)."""
    return int("".join(str(int(character, 36)) for character in text))
