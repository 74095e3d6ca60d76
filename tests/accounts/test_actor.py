"""What verbs are told about somebody who signs in."""

from datetime import datetime

import pytest
from django.contrib.auth.models import Group

from marketplace.accounts.roles import Role
from tests import cast
from tests.rounds.stage import approved_listing

pytestmark = pytest.mark.django_db


def test_a_group_that_is_no_role_gives_no_power() -> None:
    mallory = cast.user("Mallory", role=Role.INVESTOR)
    mallory.groups.add(Group.objects.create(name="system"))
    assert mallory.actor.roles == {Role.INVESTOR}
    assert not mallory.actor.has("system")


def test_somebody_with_a_very_long_address_can_act(now: datetime) -> None:
    owner = cast.borrower("Bai", at=now)
    owner.user.name, owner.user.email = "", f"{'b' * 60}@{'a' * 60}.{'i' * 60}.test"
    owner.user.save()
    listing = approved_listing(at=now, owner=owner)
    labels = set(listing.moves.filter(by=owner.user).values_list("by_label", flat=True))
    assert labels == {owner.user.email[:120]}
