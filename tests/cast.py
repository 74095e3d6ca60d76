"""
The one cast of the suite. People come from here; money only from the real verbs.

Two borrowers (Bai and Cheng), three investors (Ann and Ben, and Zoe who may see nothing of theirs), one member of
staff per role.
"""

from datetime import datetime
from functools import cache
from itertools import count

from django.contrib.auth.hashers import make_password
from django.contrib.auth.models import Group

from borrowers.models import Borrower, BorrowerKind
from borrowers.operations import open_borrower
from escrow import chart
from escrow.operations import record_bank_receipt
from investors.models import Investor
from investors.operations import open_investor
from marketplace.accounts.models import User
from marketplace.accounts.roles import STAFF, Role
from marketplace.lib.actor import SYSTEM, Actor
from marketplace.lib.money import Money

PASSWORD = "correct horse battery staple"
_numbers = count(1)


def user(name: str, *, role: Role | None = None) -> User:
    """Somebody who can sign in with `PASSWORD`; staff get their role, parties get it from their own verbs."""
    person = User(email=f"{name.lower()}{next(_numbers)}@loanbridge.test", name=name)
    person.password = _hashed()
    person.is_staff = role in STAFF
    person.save()
    if role is not None:
        person.groups.add(Group.objects.get(name=role.value))
    return person


@cache
def _hashed() -> str:
    """Hashing is slow on purpose; the cast shares one password."""
    return make_password(PASSWORD)


def staff(role: Role) -> Actor:
    """A member of staff, as verbs see them."""
    return user(role.value.replace("_", ""), role=role).actor


def borrower(name: str, *, at: datetime) -> Borrower:
    """A borrower with a wallet."""
    return open_borrower(user=user(name), legal_name=f"{name} Ltd", kind=BorrowerKind.COMPANY, at=at)


def investor(name: str, *, at: datetime, cash_minor: int = 0) -> Investor:
    """An investor with a wallet and the money in it."""
    someone = open_investor(user=user(name), at=at)
    if cash_minor:
        deposit(someone, cash_minor, at=at)
    return someone


def deposit(someone: Investor, amount_minor: int, *, at: datetime) -> None:
    """Money from the bank into an investor's wallet."""
    record_bank_receipt(
        account_code=chart.investor_cash(someone.pk),
        amount=Money(amount_minor),
        bank_reference=f"TEST-{next(_numbers)}",
        by=SYSTEM,
        at=at,
        idempotency_key=f"test-deposit-{next(_numbers)}",
    )
