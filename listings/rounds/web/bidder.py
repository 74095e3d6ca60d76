"""Who in a room may bid: an investor whose role includes it. Everybody else watches."""

from django.contrib.auth.models import AnonymousUser

from investors.models import Investor
from investors.queries import investor_of_user
from marketplace.accounts.models import User
from marketplace.accounts.permissions import Capability


def bidder(user: User | AnonymousUser) -> Investor | None:
    """The investor behind a user who may place bids."""
    if not isinstance(user, User) or not user.may(Capability.PLACE_BID):
        return None
    return investor_of_user(user.pk)
