"""Accounts as pages show them: in words, with what they hold."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from django.db.models import QuerySet

from escrow.models import Account, Balance
from escrow.queries import balance, balance_at, balances, get_account
from escrow.web.forms import TAKES_RECEIPTS, AccountSearch, code_of
from marketplace.lib.money import Money


@dataclass(frozen=True, slots=True)
class HeldAccount:
    """An account and what it holds now, on its normal side."""

    account: Account
    holds: Money

    @property
    def takes_receipts(self) -> bool:
        """Say whether money from the bank may go to it."""
        return self.account.kind in TAKES_RECEIPTS


@dataclass(frozen=True, slots=True)
class AccountView:
    """One account's page: what it holds now and, if asked, what it held at a moment."""

    account: Account
    holds: Money
    is_frozen: bool
    held_then: Money | None

    @property
    def takes_receipts(self) -> bool:
        """Say whether money from the bank may go to it."""
        return self.account.kind in TAKES_RECEIPTS


def account_view(code: str, *, at: datetime | None) -> AccountView:
    """
    One account.

    :raises UnknownAccount: if there is none with this code
    """
    account = get_account(code)
    frozen = Balance.objects.filter(account=account, is_frozen=True).exists()
    return AccountView(account, balance(code), frozen, balance_at(code, at) if at else None)


def found_accounts(search: AccountSearch) -> QuerySet[Account]:
    """Accounts by part of their code, by a payment reference, by kind; in order of their codes."""
    search.is_valid()
    accounts = Account.objects.order_by("code")
    if words := search.cleaned_data.get("q"):
        accounts = accounts.filter(code__icontains=code_of(words))
    if kind := search.cleaned_data.get("kind"):
        accounts = accounts.filter(kind=kind)
    return accounts


def held(accounts: Iterable[Account]) -> list[HeldAccount]:
    """Accounts with what they hold now."""
    shown = list(accounts)
    holds = balances([account.code for account in shown])
    return [HeldAccount(account, holds[account.code]) for account in shown]
