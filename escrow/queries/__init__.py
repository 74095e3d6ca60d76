"""Every read of the ledger."""

from escrow.queries.balances import UnknownAccount, account_ids, balance, balance_at, balances, get_account
from escrow.queries.equation import Equation, EquationLine, equation
from escrow.queries.journal import journal, statement

__all__ = [
    "Equation",
    "EquationLine",
    "UnknownAccount",
    "account_ids",
    "balance",
    "balance_at",
    "balances",
    "equation",
    "get_account",
    "journal",
    "statement",
]
