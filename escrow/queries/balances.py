"""What accounts hold, now and at a past moment."""

from collections.abc import Iterable
from datetime import datetime

from django.db import connection
from django.db.models import Sum
from django.utils.translation import gettext_lazy as _

from escrow.chart import DEBIT_NORMAL, OMNIBUS
from escrow.models import Account, Transfer
from marketplace.lib.errors import NotFound
from marketplace.lib.money import Money


class UnknownAccount(NotFound):
    """No account has this code."""

    code = "unknown_account"
    message = _("There is no account “%(account)s”.")


def account_ids(codes: Iterable[str]) -> dict[str, int]:
    """
    Ids by code.

    :raises UnknownAccount: if a code names no account
    """
    wanted = set(codes)
    found = dict(Account.objects.filter(code__in=wanted).values_list("code", "id"))
    if missing := wanted - found.keys():
        raise UnknownAccount(account=min(missing))
    return found


def get_account(code: str) -> Account:
    """
    One account.

    :raises UnknownAccount: if the code names none
    """
    return _accounts([code])[0]


def balance(code: str) -> Money:
    """
    What an account holds now, on its normal side.

    :raises UnknownAccount: if the code names no account
    """
    return balances([code])[code]


def balances(codes: Iterable[str]) -> dict[str, Money]:
    """
    What accounts hold now, each on its normal side.

    :raises UnknownAccount: if a code names no account
    """
    accounts = _accounts(codes)
    counters = _omnibus_counters([a.pk for a in accounts if a.kind in OMNIBUS])
    for account in accounts:
        if account.pk not in counters:
            counters[account.pk] = (account.balance.debits_posted_minor, account.balance.credits_posted_minor)
    return {a.code: on_normal_side(a, *counters[a.pk]) for a in accounts}


def balance_at(code: str, at: datetime) -> Money:
    """
    What an account held at a past moment: the sum of what was posted until then, that moment included.

    :raises UnknownAccount: if the code names no account
    """
    account = get_account(code)
    until = Transfer.objects.filter(posted_at__lte=at)
    debits = until.filter(debit_account=account).aggregate(total=Sum("amount_minor"))["total"]
    credited = until.filter(credit_account=account).aggregate(total=Sum("amount_minor"))["total"]
    return on_normal_side(account, int(debits or 0), int(credited or 0))


def on_normal_side(account: Account, debits_minor: int, credits_minor: int) -> Money:
    """The counters of an account as what it holds."""
    net = credits_minor - debits_minor
    return Money(-net if account.kind in DEBIT_NORMAL else net, account.currency)


def _accounts(codes: Iterable[str]) -> list[Account]:
    wanted = set(codes)
    found = list(Account.objects.filter(code__in=wanted).select_related("balance"))
    if missing := wanted - {account.code for account in found}:
        raise UnknownAccount(account=min(missing))
    return found


def _omnibus_counters(account_ids: list[int]) -> dict[int, tuple[int, int]]:
    """(debits, credits) by account id."""
    if not account_ids:
        return {}
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT account_id, debits_posted_minor, credits_posted_minor FROM escrow_omnibus_total"
            " WHERE account_id = ANY(%s)",
            [account_ids],
        )
        return {account_id: (debits, credited) for account_id, debits, credited in cursor.fetchall()}
