"""Terms that cannot be are refused with the rule they break."""

from datetime import date
from decimal import Decimal
from typing import Any

import pytest

from loans.core import errors
from marketplace.lib.interest import PeriodUnit
from tests.loans.core.builders import PAID_OUT, terms


@pytest.mark.parametrize(
    ("changes", "error"),
    [
        ({"principal_minor": 0}, errors.PrincipalNotPositive),
        ({"principal_minor": -1}, errors.PrincipalNotPositive),
        ({"annual_rate": Decimal("-0.0001")}, errors.RateBelowZero),
        ({"annual_rate": Decimal("NaN")}, errors.RateOutOfRange),
        ({"annual_rate": Decimal("Infinity")}, errors.RateOutOfRange),
        ({"annual_rate": Decimal("10001")}, errors.RateOutOfRange),
        ({"annual_rate": Decimal("1e-31")}, errors.RateOutOfRange),
        ({"periods": 0}, errors.NoPeriods),
        ({"periods": -3}, errors.NoPeriods),
        ({"periods": 3_661}, errors.TermTooLong),
        ({"period_every": 120_000}, errors.TermTooLong),
        ({"period_every": 10**12, "period_unit": PeriodUnit.DAYS}, errors.TermTooLong),
        ({"period_every": 0}, errors.PeriodNotPositive),
        ({"first_due_on": PAID_OUT}, errors.FirstDueBeforePayOut),
        ({"first_due_on": date(2023, 12, 31)}, errors.FirstDueBeforePayOut),
        ({"due_day": 0}, errors.DueDayImpossible),
        ({"due_day": 32}, errors.DueDayImpossible),
        ({"due_day": 5, "period_unit": PeriodUnit.WEEKS}, errors.DueDayImpossible),
        ({"due_day": 5, "first_due_on": date(2024, 2, 10)}, errors.DueDayImpossible),
        ({"grace_principal": 12}, errors.GraceTooLong),
        ({"grace_interest": 12}, errors.GraceTooLong),
        ({"grace_interest": -1}, errors.GraceTooLong),
        ({"grace_all": -1}, errors.GraceTooLong),
        ({"instalment_fee_minor": -1}, errors.AmountBelowZero),
        ({"instalment_multiple_minor": 0}, errors.AmountBelowZero),
        ({"days_in_year": 0}, errors.AmountBelowZero),
    ],
)
def test_impossible_terms_are_refused(changes: dict[str, Any], error: type[errors.TermsError]) -> None:
    with pytest.raises(error) as refused:
        terms(**changes)
    assert type(refused.value) is error


def test_every_rule_has_a_code_of_its_own() -> None:
    found = errors.TermsError.__subclasses__()
    assert len({error.code for error in found}) == len(found)


def test_an_error_says_what_was_wrong() -> None:
    with pytest.raises(errors.NoPeriods, match="must be above zero, not 0") as refused:
        terms(periods=0)
    assert refused.value.params == {"periods": 0}
