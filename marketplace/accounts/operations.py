"""Writes to users and their roles."""

from collections.abc import Collection, Mapping

from django.contrib.auth.hashers import make_password
from django.contrib.auth.models import Group
from django.utils.translation import gettext_lazy as _

from marketplace.accounts.models import User
from marketplace.accounts.roles import STAFF, Role
from marketplace.lib.errors import Refused
from marketplace.lib.transactions import needs_transaction


class StaffAreNotClients(Refused):
    """One person would be both a member of staff and a client of the platform."""

    code = "staff_are_not_clients"
    message = _("Members of staff cannot invest or borrow here; please use an account of your own.")
    http_status = 403


@needs_transaction
def give_role(*, user: User, role: Role) -> None:
    """
    Give a role; a member of staff may then also open the admin, where their role allows it.

    :raises StaffAreNotClients: if the person would be staff and a client at once
    """
    held = set(user.groups.values_list("name", flat=True))
    if (held & STAFF) if role not in STAFF else (held - STAFF):
        raise StaffAreNotClients(role=role.value)
    user.groups.add(Group.objects.get(name=role.value))
    if role in STAFF and not user.is_staff:
        user.is_staff = True
        user.save(update_fields=["is_staff"])
    user.__dict__.pop("roles", None)


@needs_transaction
def set_staff_roles(*, user: User, roles: Collection[Role]) -> None:
    """
    Give exactly these roles to a member of staff; without any they are staff no more.

    :raises StaffAreNotClients: if the person is a client
    """
    assert STAFF.issuperset(roles), "clients get their role by opening their own file"
    if roles and user.groups.exclude(name__in=STAFF).exists():
        raise StaffAreNotClients(role=", ".join(sorted(roles)))
    user.groups.remove(*Group.objects.filter(name__in=STAFF))
    user.groups.add(*Group.objects.filter(name__in=roles))
    user.is_staff = bool(roles) or user.is_superuser
    user.save(update_fields=["is_staff"])
    user.__dict__.pop("roles", None)


@needs_transaction
def create_users_without_password(*, names: Mapping[str, str], role: Role) -> dict[str, User]:
    """
    Make many people who cannot sign in yet, by e-mail address (in lower case), and give them a role.

    Those whose address exists are returned as they are, without the role.
    """
    known = set(User.objects.filter(email__in=names).values_list("email", flat=True))
    User.objects.bulk_create(
        (User(email=email, name=names[email], password=make_password(None)) for email in sorted(names.keys() - known)),
        ignore_conflicts=True,
    )
    users = {user.email: user for user in User.objects.filter(email__in=names)}
    group = Group.objects.get(name=role.value)
    User.groups.through.objects.bulk_create(
        (
            User.groups.through(user_id=user.pk, group_id=group.pk)
            for email, user in users.items()
            if email not in known
        ),
        ignore_conflicts=True,
    )
    return users
