"""A statement's lines as the page and the file show them."""

from collections.abc import Iterable
from dataclasses import dataclass

from django.utils.functional import Promise

from escrow.models import Account, Transfer
from escrow.web.kinds import kind_label
from marketplace.lib.money import Money


@dataclass(frozen=True, slots=True)
class StatementRow:
    """One transfer seen from one account: `change` is above zero for what came in."""

    transfer: Transfer
    counter_account: Account
    change: Money
    balance_after: Money

    @property
    def kind(self) -> str | Promise:
        """The entry's kind in words."""
        return kind_label(self.transfer.entry.kind)


def statement_rows(account: Account, transfers: Iterable[Transfer]) -> list[StatementRow]:
    """The lines of a part of `escrow.queries.statement`."""
    return [statement_row(account, transfer) for transfer in transfers]


def statement_row(account: Account, transfer: Transfer) -> StatementRow:
    """One line; the transfer carries what the statement adds to it."""
    came_in = transfer.credit_account_id == account.pk
    other = transfer.debit_account if came_in else transfer.credit_account
    change: int = transfer.change_minor  # type: ignore[attr-defined]
    after: int = transfer.balance_after_minor  # type: ignore[attr-defined]
    return StatementRow(transfer, other, Money(change, account.currency), Money(after, account.currency))
