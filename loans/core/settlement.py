"""
Early settlement (提前结清): what ends a loan on a day.

total = arrears + principal not yet due + interest for the actual days of the current period + fee on the
principal not yet due. Source: the documents' "early settlement charged by actual days".
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from loans.core.buckets import Bucket, Component, Owed
from loans.core.errors import CoreError
from loans.core.position import Position
from loans.core.rounding import round_minor, share_bps
from loans.core.schedule import Instalment
from loans.core.schedule.declining import row_interest
from loans.core.schedule.spans import Span, broken_factor, spans_of
from loans.core.terms import Terms


class SettledBeforePayOut(CoreError):
    """A quote for a day on which there was no loan yet."""

    code = "settled_before_pay_out"
    sentence = "the loan was paid out on {paid_out_on}, after {day}"


class SettlementFeeOutOfRange(CoreError):
    """A settlement fee below nothing or above the whole principal."""

    code = "settlement_fee_out_of_range"
    sentence = "a settlement fee of {fee_bps} basis points is not possible"


@dataclass(frozen=True, slots=True)
class SettlementQuote:
    """
    The parts of a settlement, in minor units, good for its day only.

    `lines` are the same money by instalment and bucket: a waterfall over them with `total_minor` pays
    everything.
    """

    day: date
    lines: tuple[Owed, ...]
    arrears_minor: int
    principal_minor: int
    interest_minor: int
    fee_minor: int

    @property
    def total_minor(self) -> int:
        """What the borrower must pay on the day."""
        return self.arrears_minor + self.principal_minor + self.interest_minor + self.fee_minor


def settlement_quote(
    *, terms: Terms, instalments: Sequence[Instalment], position: Position, fee_bps: int = 0
) -> SettlementQuote:
    """
    Quote what settles the loan on the position's day; scheduled fees of later instalments are not asked for.

    :raises SettledBeforePayOut: if the day is before the pay-out
    :raises SettlementFeeOutOfRange: if `fee_bps` is not between 0 and 10,000
    """
    if position.day < terms.paid_out_on:
        raise SettledBeforePayOut(paid_out_on=terms.paid_out_on, day=position.day)
    if not 0 <= fee_bps <= 10_000:
        raise SettlementFeeOutOfRange(fee_bps=fee_bps)
    principal = [line for line in position.upcoming if line.bucket.component is Component.PRINCIPAL]
    principal_minor = sum(line.amount_minor for line in principal)
    interest_minor = _accrued_minor(terms, instalments, position, principal_minor)
    fee_minor = share_bps(principal_minor, fee_bps)
    lines = [*position.owed, *principal]
    current = position.upcoming[0] if position.upcoming else None
    for bucket, amount in ((Bucket.DUE_INTEREST, interest_minor), (Bucket.FEES, fee_minor)):
        if current and amount:
            lines.append(Owed(current.number, current.due_on, bucket, amount))
    quote = SettlementQuote(position.day, tuple(lines), position.owed_minor, principal_minor, interest_minor, fee_minor)
    assert sum(line.amount_minor for line in lines) == quote.total_minor, "lines must sum to the total"
    return quote


def _accrued_minor(terms: Terms, rows: Sequence[Instalment], position: Position, base_minor: int) -> int:
    """
    Interest made by the day and not yet asked for, less what was paid of it ahead of time.

    Never above what the schedule has the current period make; interest held back by grace is owed as well.
    """
    day = position.day
    pairs = list(zip(rows, spans_of(terms), strict=False))
    held_back = sum(
        row_interest(terms, span, row.opening_minor) - row.interest_minor for row, span in pairs if row.due_on <= day
    )
    current = next(((row, span) for row, span in pairs if row.due_on > day), None)
    if current is None:
        return 0
    row, span = current
    made = min(_span_interest(terms, span, base_minor, day), row_interest(terms, span, row.opening_minor))
    return max(0, held_back + made - _paid_ahead(row, position))


def _span_interest(terms: Terms, span: Span, base_minor: int, day: date) -> int:
    if day <= span.starts_on:
        return 0
    return round_minor(base_minor * broken_factor(terms, span.starts_on, day), terms.rounding)


def _paid_ahead(row: Instalment, position: Position) -> int:
    unpaid = sum(
        line.amount_minor
        for line in position.upcoming
        if line.number == row.number and line.bucket.component is Component.INTEREST
    )
    return row.interest_minor - unpaid
