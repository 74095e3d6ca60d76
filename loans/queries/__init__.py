"""Every read of loans that others may use, a file per subject."""

from loans.queries.book import BookFigures, BookTotals, book, book_totals
from loans.queries.find import get_loan, loans_of_borrower, visible_to
from loans.queries.holdings import (
    Figures,
    holdings,
    participations,
    participations_in,
    participations_of,
    payments_to,
    receipts_of,
    share_of_user,
)
from loans.queries.pay_out import NothingToPayOut, PayOutPlan, plan_pay_out, preview_pay_out
from loans.queries.rows import allocations_of, schedule_of
from loans.queries.standing import LineState, ScheduleLine, Standing, position_of, quote_settlement, standing_of

__all__ = [
    "BookFigures",
    "BookTotals",
    "Figures",
    "LineState",
    "NothingToPayOut",
    "PayOutPlan",
    "ScheduleLine",
    "Standing",
    "allocations_of",
    "book",
    "book_totals",
    "get_loan",
    "holdings",
    "loans_of_borrower",
    "participations",
    "participations_in",
    "participations_of",
    "payments_to",
    "plan_pay_out",
    "position_of",
    "preview_pay_out",
    "quote_settlement",
    "receipts_of",
    "schedule_of",
    "share_of_user",
    "standing_of",
    "visible_to",
]
