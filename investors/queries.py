"""Reads of investors that others may use."""

from investors.models import Investor


def investor_of_user(user_id: int) -> Investor | None:
    """The investor's account of a user, if they have opened one."""
    return Investor.objects.filter(user_id=user_id).first()
