"""The people of the demo. Loading them again finds those who are there."""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from functools import cache

from django.contrib.auth.hashers import make_password
from django.contrib.auth.models import Group
from django.db import connection, transaction

from borrowers.models import Borrower
from borrowers.operations import open_borrower
from escrow import chart
from escrow.operations import AccountDraft, open_accounts
from investors.models import Investor
from marketplace.accounts.models import User
from marketplace.accounts.operations import give_role
from marketplace.accounts.roles import Role
from marketplace.demo.roster import CLIENTS, COLLEAGUES, PASSWORD, Client, email, name_of_investor

#: Two demos on one database load one after the other.
LOADING = 7_104_101


@dataclass(frozen=True)
class Cast:
    """Everybody, once loaded; investors in the order of their numbers."""

    borrowers: list[Borrower]
    investors: list[Investor]


def load_cast(*, investors: int, at: datetime) -> Cast:
    """Make whoever is missing; nobody has money yet."""
    with transaction.atomic():
        for colleague in COLLEAGUES:
            give_role(user=_users({email(colleague.address): colleague.name})[0], role=colleague.role)
    borrowers = [_borrower(client, at=at) for client in CLIENTS]
    return Cast(borrowers, _investors(investors, at=at))


@contextmanager
def loading() -> Iterator[None]:
    """Let nobody else load at the same time."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_lock(%s)", [LOADING])
    try:
        yield
    finally:
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_advisory_unlock(%s)", [LOADING])


def _borrower(client: Client, *, at: datetime) -> Borrower:
    user = _users({email(client.address): client.name})[0]
    return open_borrower(user=user, legal_name=client.legal_name, kind=client.kind, at=at)


@transaction.atomic
def _investors(number: int, *, at: datetime) -> list[Investor]:
    """As `open_investor` does for one, for all at once."""
    users = _users({email(f"investor-{n:03}"): name_of_investor(n) for n in range(1, number + 1)})
    Investor.objects.bulk_create([Investor(user=user, opened_at=at) for user in users], ignore_conflicts=True)
    group = Group.objects.get(name=Role.INVESTOR.value)
    members = User.groups.through
    members.objects.bulk_create([members(user=user, group=group) for user in users], ignore_conflicts=True)
    found = {i.user_id: i for i in Investor.objects.filter(user__in=users).select_related("user")}
    investors = [found[user.pk] for user in users]
    open_accounts(drafts=[_wallet(investor) for investor in investors], at=at)
    return investors


def _wallet(investor: Investor) -> AccountDraft:
    code = chart.investor_cash(investor.pk)
    return AccountDraft(code=code, kind=chart.Kind.INVESTOR_CASH, owner_type="investor", owner_id=investor.pk)


def _users(names: dict[str, str]) -> Sequence[User]:
    """Users by e-mail address, in the order of `names`; those who are missing are made."""
    known = set(User.objects.filter(email__in=names).values_list("email", flat=True))
    missing = [address for address in names if address not in known]
    User.objects.bulk_create(
        [User(email=address, name=names[address], password=_hashed()) for address in missing], ignore_conflicts=True
    )
    found = {user.email: user for user in User.objects.filter(email__in=names)}
    return [found[address] for address in names]


@cache
def _hashed() -> str:
    """Hashing is slow on purpose; everybody shares one password."""
    return make_password(PASSWORD)
