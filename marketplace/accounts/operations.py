"""Writes to users and their roles."""

from django.contrib.auth.models import Group

from marketplace.accounts.models import User
from marketplace.accounts.roles import STAFF, Role
from marketplace.lib.transactions import needs_transaction


@needs_transaction
def give_role(*, user: User, role: Role) -> None:
    """Give a role; a member of staff may then also open the admin, where their role allows it."""
    user.groups.add(Group.objects.get(name=role.value))
    if role in STAFF and not user.is_staff:
        user.is_staff = True
        user.save(update_fields=["is_staff"])
    user.__dict__.pop("roles", None)
