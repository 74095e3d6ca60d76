"""The five classes by days past due."""

import pytest

from loans.core.classify import ClassThresholds, LoanClass, ThresholdsOutOfOrder, classify


@pytest.mark.parametrize(
    ("days", "loan_class"),
    [
        (0, LoanClass.NORMAL),
        (30, LoanClass.NORMAL),
        (31, LoanClass.SPECIAL_MENTION),
        (90, LoanClass.SPECIAL_MENTION),
        (91, LoanClass.SUBSTANDARD),
        (180, LoanClass.SUBSTANDARD),
        (181, LoanClass.DOUBTFUL),
        (360, LoanClass.DOUBTFUL),
        (361, LoanClass.LOSS),
        (5_000, LoanClass.LOSS),
    ],
)
def test_a_class_begins_on_its_first_day(days: int, loan_class: LoanClass) -> None:
    assert classify(days) is loan_class


def test_the_lines_are_configuration() -> None:
    assert classify(1, ClassThresholds(special_mention=1)) is LoanClass.SPECIAL_MENTION


@pytest.mark.parametrize("changes", [{"special_mention": 0}, {"substandard": 31}, {"loss": 100}])
def test_lines_out_of_order_are_refused(changes: dict[str, int]) -> None:
    with pytest.raises(ThresholdsOutOfOrder):
        ClassThresholds(**changes)
