"""What the errors of the arithmetic have in common, and the ones terms are refused with."""

from typing import ClassVar


class CoreError(ValueError):
    """
    A rule of the arithmetic was broken.

    `code` is for machines; doors translate by it. `str()` is an English sentence for logs.
    """

    code: ClassVar[str] = "core_error"
    sentence: ClassVar[str] = "the figures cannot be computed"

    def __init__(self, **params: object) -> None:
        super().__init__(self.sentence.format(**params))
        self.params = params


class TermsError(CoreError):
    """The terms of a loan cannot be what they say."""

    code = "terms_impossible"


class PrincipalNotPositive(TermsError):
    """A loan of nothing, or of less."""

    code = "principal_not_positive"
    sentence = "the principal must be above zero, not {principal_minor}"


class RateBelowZero(TermsError):
    """A negative rate."""

    code = "rate_below_zero"
    sentence = "the rate must not be below zero: {rate}"


class RateOutOfRange(TermsError):
    """Not a number, or one no contract can hold."""

    code = "rate_out_of_range"
    sentence = "not a usable rate: {rate}"


class NoPeriods(TermsError):
    """A schedule without rows."""

    code = "no_periods"
    sentence = "the number of periods must be above zero, not {periods}"


class TermTooLong(TermsError):
    """More rows than a schedule may have, or dates past the end of the calendar."""

    code = "term_too_long"
    sentence = "{periods} periods are too many"


class PeriodNotPositive(TermsError):
    """Every zero months."""

    code = "period_not_positive"
    sentence = "the length of a period must be above zero, not {every}"


class FirstDueBeforePayOut(TermsError):
    """The first instalment would be due before the money is paid out, or on that day."""

    code = "first_due_before_pay_out"
    sentence = "first due on {first_due_on}, but paid out on {paid_out_on}"


class DueDayImpossible(TermsError):
    """A due day no month has, one for a loan not counted in months, or one the first due date is not on."""

    code = "due_day_impossible"
    sentence = "not a possible due day: {due_day}"


class GraceTooLong(TermsError):
    """Grace that leaves no instalment to pay in, or is below zero."""

    code = "grace_too_long"
    sentence = "a grace of {grace} periods does not fit {periods} periods"


class AmountBelowZero(TermsError):
    """An instalment fee below zero, or a multiple or year of no length."""

    code = "amount_below_zero"
    sentence = "{field} cannot be {amount}"


class UnknownMethod(TermsError):
    """An amortization this build has no file for."""

    code = "unknown_method"
    sentence = "unknown amortization: {method}"


class InstalmentNeverRepays(TermsError):
    """The level instalment does not exceed the interest: no row but the last would repay anything."""

    code = "instalment_never_repays"
    sentence = "an instalment of {instalment_minor} never repays {principal_minor}"
