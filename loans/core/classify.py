"""
Five-tier classification (五级分类) by days past due.

Default lines: special mention from 31 days, substandard 91, doubtful 181, loss 361 (company rules of
small-loan lenders; the classes are those of the Chinese loan classification guidance). They are product
configuration.
"""

from dataclasses import dataclass
from enum import StrEnum
from itertools import pairwise

from loans.core.errors import CoreError


class LoanClass(StrEnum):
    """The five classes, best first."""

    NORMAL = "normal"
    SPECIAL_MENTION = "special_mention"
    SUBSTANDARD = "substandard"
    DOUBTFUL = "doubtful"
    LOSS = "loss"


class ThresholdsOutOfOrder(CoreError):
    """A worse class that begins no later than a better one."""

    code = "class_thresholds_out_of_order"
    sentence = "each class must begin later than the one before: {thresholds}"


@dataclass(frozen=True, slots=True, kw_only=True)
class ClassThresholds:
    """
    The first day past due of each class below normal.

    :raises ThresholdsOutOfOrder: if they do not rise from above zero
    """

    special_mention: int = 31
    substandard: int = 91
    doubtful: int = 181
    loss: int = 361

    def __post_init__(self) -> None:
        days = [0, *(first for first, _ in self.worst_first[::-1])]
        if any(later <= earlier for earlier, later in pairwise(days)):
            raise ThresholdsOutOfOrder(thresholds=days[1:])

    @property
    def worst_first(self) -> list[tuple[int, LoanClass]]:
        """First day and class, from loss upwards."""
        return [
            (self.loss, LoanClass.LOSS),
            (self.doubtful, LoanClass.DOUBTFUL),
            (self.substandard, LoanClass.SUBSTANDARD),
            (self.special_mention, LoanClass.SPECIAL_MENTION),
        ]


DEFAULT_THRESHOLDS = ClassThresholds()


def classify(days_past_due: int, thresholds: ClassThresholds = DEFAULT_THRESHOLDS) -> LoanClass:
    """The class of a loan so many days past due."""
    worse = (loan_class for first, loan_class in thresholds.worst_first if days_past_due >= first)
    return next(worse, LoanClass.NORMAL)
