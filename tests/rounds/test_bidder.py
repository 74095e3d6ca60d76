"""Only somebody whose role includes it is a bidder; losing the role is enough to stop bidding."""

from datetime import datetime

import pytest
from django.contrib.auth.models import AnonymousUser

from listings.rounds.web.bidder import bidder
from marketplace.accounts.models import User
from marketplace.accounts.roles import Role
from tests import cast

pytestmark = pytest.mark.django_db


def test_an_investor_is_a_bidder(now: datetime) -> None:
    ann = cast.investor("Ann", at=now)

    assert bidder(User.objects.get(pk=ann.user_id)) == ann


def test_an_investor_without_the_role_only_watches(now: datetime) -> None:
    ann = cast.investor("Ann", at=now)
    ann.user.groups.clear()

    assert bidder(User.objects.get(pk=ann.user_id)) is None


@pytest.mark.parametrize("role", [None, Role.FINANCE])
def test_others_only_watch(role: Role | None) -> None:
    assert bidder(cast.user("Zoe", role=role)) is None


def test_visitors_only_watch() -> None:
    assert bidder(AnonymousUser()) is None
