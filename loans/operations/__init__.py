"""Every write to loans, a file per verb."""

from loans.operations.admit import DayOutOfOrder, LoanIsSettled
from loans.operations.disburse import disburse
from loans.operations.repay import AmountAboveOwed, repay
from loans.operations.settle import QuoteChanged, settle_early
from loans.queries.pay_out import NothingToPayOut
from loans.refusals import NotComputable

__all__ = [
    "AmountAboveOwed",
    "DayOutOfOrder",
    "LoanIsSettled",
    "NotComputable",
    "NothingToPayOut",
    "QuoteChanged",
    "disburse",
    "repay",
    "settle_early",
]
