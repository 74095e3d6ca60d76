"""What an imported row consists of, and which conversions each part takes."""

from dataclasses import dataclass
from enum import StrEnum

from django.db.models import Field, Model

from borrowers.models import Borrower, BorrowerKind
from listings.models import Listing, LoanPurpose, RepaymentMethod


class Convert(StrEnum):
    """How a cell becomes a value (docs/import.md has the table)."""

    AMOUNT = "amount"
    PERCENT = "percent"
    BASIS_POINTS = "basis_points"
    MONTHS = "months"
    TABLE = "table"
    CHOICE = "choice"
    GRADE = "grade"
    REFERENCE = "reference"
    BORROWER_REFERENCE = "borrower_reference"
    ONE_LINE = "one_line"
    TEXT = "text"


@dataclass(frozen=True, kw_only=True)
class Target:
    """One part of a row. The first conversion is the one taken when the mapping names none."""

    converts: tuple[Convert, ...]
    #: For an empty cell or a part the mapping leaves out; None if it must be there.
    default: str | None = None
    choices: frozenset[str] = frozenset()
    longest: int = 0

    def knows(self, word: object) -> bool:
        """Say whether a word may stand there as it is."""
        if not isinstance(word, str):
            return False
        return word in self.choices if self.choices else len(word) <= self.longest


def _longest(model: type[Model], name: str) -> int:
    column = model._meta.get_field(name)
    assert isinstance(column, Field), f"{name} is a column"
    assert column.max_length, f"{name} has a length"
    return column.max_length


A_CHOICE = (Convert.CHOICE, Convert.TABLE)
#: A mailbox name has at most this many characters.
LONGEST_BORROWER_REFERENCE = 64

TARGETS: dict[str, Target] = {
    "external_reference": Target(converts=(Convert.REFERENCE,), longest=_longest(Listing, "external_reference")),
    "borrower_reference": Target(converts=(Convert.BORROWER_REFERENCE,), longest=LONGEST_BORROWER_REFERENCE),
    "legal_name": Target(converts=(Convert.ONE_LINE,), longest=_longest(Borrower, "legal_name")),
    "borrower_kind": Target(
        converts=A_CHOICE, default=BorrowerKind.PERSON.value, choices=frozenset(BorrowerKind.values)
    ),
    "title": Target(converts=(Convert.ONE_LINE,), longest=_longest(Listing, "title")),
    "purpose": Target(converts=A_CHOICE, choices=frozenset(LoanPurpose.values)),
    "story": Target(converts=(Convert.TEXT,), default="", longest=_longest(Listing, "story")),
    "principal_minor": Target(converts=(Convert.AMOUNT,)),
    "accepts_from_minor": Target(converts=(Convert.AMOUNT,), default=""),
    "annual_rate_bps": Target(converts=(Convert.PERCENT, Convert.BASIS_POINTS)),
    "term_months": Target(converts=(Convert.MONTHS,)),
    "method": Target(
        converts=A_CHOICE,
        default=RepaymentMethod.EQUAL_INSTALMENT.value,
        choices=frozenset(RepaymentMethod.values),
    ),
    "grade": Target(converts=(Convert.GRADE, Convert.TABLE), default="", longest=_longest(Listing, "grade")),
}
REQUIRED = frozenset(name for name, target in TARGETS.items() if target.default is None)
