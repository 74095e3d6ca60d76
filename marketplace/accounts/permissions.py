"""
Who may do what: the one table. Rows are capabilities, columns are roles.

A page, API view or admin button names a capability; `tests/permissions/` walks every address for every role.
"""

from enum import StrEnum

from marketplace.accounts.roles import STAFF, Role

INVESTOR, BORROWER = Role.INVESTOR, Role.BORROWER
LOAN, RISK, COMMITTEE = Role.LOAN_OFFICER, Role.RISK_OFFICER, Role.COMMITTEE_MEMBER
FINANCE, OPERATIONS, AUDITOR = Role.FINANCE, Role.OPERATIONS, Role.AUDITOR


class Capability(StrEnum):
    SEE_OWN_PORTFOLIO = "see_own_portfolio"
    PLACE_BID = "place_bid"
    APPLY_FOR_LOAN = "apply_for_loan"
    SEE_WORK_QUEUE = "see_work_queue"
    MOVE_LISTING = "move_listing"
    SCHEDULE_ROUND = "schedule_round"
    PAY_OUT_LOAN = "pay_out_loan"
    PAY_LOAN = "pay_loan"
    SEE_LOAN_BOOK = "see_loan_book"
    SEE_ESCROW = "see_escrow"
    RECORD_BANK_RECEIPT = "record_bank_receipt"
    SEE_EVENTS = "see_events"
    RETRY_EVENT = "retry_event"
    SEE_ADMIN = "see_admin"
    MANAGE_STAFF = "manage_staff"


MATRIX: dict[Capability, frozenset[Role]] = {
    Capability.SEE_OWN_PORTFOLIO: frozenset({INVESTOR}),
    Capability.PLACE_BID: frozenset({INVESTOR}),
    Capability.APPLY_FOR_LOAN: frozenset({BORROWER}),
    Capability.SEE_WORK_QUEUE: frozenset(STAFF),
    Capability.MOVE_LISTING: frozenset({LOAN, RISK, COMMITTEE, OPERATIONS, FINANCE}),
    Capability.SCHEDULE_ROUND: frozenset({OPERATIONS}),
    Capability.PAY_OUT_LOAN: frozenset({FINANCE}),
    Capability.PAY_LOAN: frozenset({BORROWER}),
    Capability.SEE_LOAN_BOOK: frozenset(STAFF),
    Capability.SEE_ESCROW: frozenset({FINANCE, AUDITOR}),
    Capability.RECORD_BANK_RECEIPT: frozenset({FINANCE}),
    Capability.SEE_EVENTS: frozenset({OPERATIONS, FINANCE, AUDITOR}),
    Capability.RETRY_EVENT: frozenset({OPERATIONS}),
    Capability.SEE_ADMIN: frozenset({OPERATIONS, AUDITOR}),
    Capability.MANAGE_STAFF: frozenset({OPERATIONS}),
}


def may(roles: frozenset[str], capability: Capability) -> bool:
    """Say whether somebody with these roles has the capability."""
    return not MATRIX[capability].isdisjoint(roles)
