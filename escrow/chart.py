"""The chart of accounts: kinds, codes, and which kind may pay which for what (docs/ledger.md)."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class Kind(models.TextChoices):
    """What an account is for. The comment gives its normal side."""

    BANK = "bank", _("Client money at the custodian bank")  # debit
    STRIPE = "stripe", _("Client money at Stripe")  # debit
    COSTS = "costs", _("Costs")  # debit
    CHARGEBACKS = "chargebacks", _("Disputed deposits already invested")  # debit
    INVESTOR_CASH = "investor_cash", _("Free money of an investor")  # credit, as all that follow
    ROUND_ESCROW = "round_escrow", _("Money behind the bids of a round")
    BORROWER_CASH = "borrower_cash", _("Money of a borrower")
    LOAN_COLLECTIONS = "loan_collections", _("Repayments being distributed")
    RESERVE_FUND = "reserve_fund", _("Risk reserve")
    IN_TRANSIT = "in_transit", _("Withdrawals on their way")
    SUSPENSE = "suspense", _("Money nobody is matched to yet")
    FEES = "fees", _("Platform income")


class Purpose(models.TextChoices):
    """Why money moves: the kind of a transfer."""

    BANK_DEPOSIT = "bank_deposit", _("Bank deposit")
    BID_ACCEPTED = "bid_accepted", _("Bid accepted")
    BID_RETURNED = "bid_returned", _("Bid returned")
    PAY_OUT = "pay_out", _("Loan paid out")
    ORIGINATION_FEE = "origination_fee", _("Origination fee")
    RESERVE_CONTRIBUTION = "reserve_contribution", _("Reserve contribution")
    REPAYMENT = "repayment", _("Repayment")
    PRINCIPAL = "principal", _("Principal returned")
    INTEREST = "interest", _("Interest paid")
    SERVICE_FEE = "service_fee", _("Service fee")
    LATE_FEE = "late_fee", _("Late fee")
    SETTLEMENT_FEE = "settlement_fee", _("Early settlement fee")
    BANK_WITHDRAWAL = "bank_withdrawal", _("Withdrawal to the bank")


DEBIT_NORMAL = frozenset({Kind.BANK, Kind.STRIPE, Kind.COSTS, Kind.CHARGEBACKS})
#: Summed from a snapshot and what came after: a balance row would be a hot spot that every deposit updates.
OMNIBUS = DEBIT_NORMAL | {Kind.FEES}
CLIENT_MONEY_HELD = frozenset({Kind.BANK, Kind.STRIPE})
INCOME = frozenset({Kind.FEES})
COSTS = frozenset({Kind.COSTS, Kind.CHARGEBACKS})
CLIENT_LIABILITIES = frozenset(Kind) - DEBIT_NORMAL - INCOME

#: (debit kind, credit kind) of each purpose; the database refuses every other pair.
ALLOWED: dict[Purpose, frozenset[tuple[Kind, Kind]]] = {
    Purpose.BANK_DEPOSIT: frozenset(
        {(Kind.BANK, Kind.INVESTOR_CASH), (Kind.BANK, Kind.BORROWER_CASH), (Kind.BANK, Kind.SUSPENSE)}
    ),
    Purpose.BID_ACCEPTED: frozenset({(Kind.INVESTOR_CASH, Kind.ROUND_ESCROW)}),
    Purpose.BID_RETURNED: frozenset({(Kind.ROUND_ESCROW, Kind.INVESTOR_CASH)}),
    Purpose.PAY_OUT: frozenset({(Kind.ROUND_ESCROW, Kind.BORROWER_CASH)}),
    Purpose.ORIGINATION_FEE: frozenset({(Kind.ROUND_ESCROW, Kind.FEES)}),
    Purpose.RESERVE_CONTRIBUTION: frozenset({(Kind.ROUND_ESCROW, Kind.RESERVE_FUND)}),
    Purpose.REPAYMENT: frozenset({(Kind.BORROWER_CASH, Kind.LOAN_COLLECTIONS)}),
    Purpose.PRINCIPAL: frozenset({(Kind.LOAN_COLLECTIONS, Kind.INVESTOR_CASH)}),
    Purpose.INTEREST: frozenset({(Kind.LOAN_COLLECTIONS, Kind.INVESTOR_CASH)}),
    Purpose.SERVICE_FEE: frozenset({(Kind.LOAN_COLLECTIONS, Kind.FEES)}),
    Purpose.LATE_FEE: frozenset({(Kind.LOAN_COLLECTIONS, Kind.FEES)}),
    Purpose.SETTLEMENT_FEE: frozenset({(Kind.LOAN_COLLECTIONS, Kind.FEES)}),
    Purpose.BANK_WITHDRAWAL: frozenset({(Kind.BORROWER_CASH, Kind.BANK), (Kind.INVESTOR_CASH, Kind.BANK)}),
}

BANK_ESCROW = "bank:escrow"
RESERVE_FUND = "reserve:fund"
SUSPENSE = "suspense:unidentified"
FEES_ORIGINATION = "fees:origination"
FEES_SERVICE = "fees:service"
FEES_LATE = "fees:late"
FEES_SETTLEMENT = "fees:settlement"

#: The platform's own accounts, opened by a migration in the platform's currency.
PLATFORM_ACCOUNTS = {
    BANK_ESCROW: Kind.BANK,
    RESERVE_FUND: Kind.RESERVE_FUND,
    SUSPENSE: Kind.SUSPENSE,
    FEES_ORIGINATION: Kind.FEES,
    FEES_SERVICE: Kind.FEES,
    FEES_LATE: Kind.FEES,
    FEES_SETTLEMENT: Kind.FEES,
}


def investor_cash(investor_id: int) -> str:
    """The code of an investor's wallet."""
    return f"investor:{investor_id}:cash"


def borrower_cash(borrower_id: int) -> str:
    """The code of a borrower's wallet."""
    return f"borrower:{borrower_id}:cash"


def round_escrow(round_id: int) -> str:
    """The code of the account behind a round's bids."""
    return f"round:{round_id}:escrow"


def loan_collections(loan_id: int) -> str:
    """The code of the account a loan's repayments pass through."""
    return f"loan:{loan_id}:collections"
