"""Every write to loans, a file per verb."""

from loans.operations.disburse import NothingToPayOut, disburse
from loans.operations.repay import AmountAboveOwed, repay
from loans.operations.settle import QuoteChanged, settle_early

__all__ = ["AmountAboveOwed", "NothingToPayOut", "QuoteChanged", "disburse", "repay", "settle_early"]
