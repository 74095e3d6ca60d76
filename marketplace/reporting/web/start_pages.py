"""Where each role starts."""

from django.urls import NoReverseMatch, reverse

from marketplace.accounts.models import User
from marketplace.accounts.permissions import Capability

#: The first capability that somebody has decides; what is their own comes before what is their work.
START_PAGES = (
    (Capability.SEE_OWN_PORTFOLIO, "investor_home"),
    (Capability.APPLY_FOR_LOAN, "borrower_home"),
    (Capability.SEE_ESCROW, "escrow_overview"),
    (Capability.SEE_WORK_QUEUE, "work_queue"),
)


def start_page(user: User) -> str:
    """The address a person lands on after signing in."""
    for capability, url_name in START_PAGES:
        if user.may(capability):
            try:
                return reverse(url_name)
            except NoReverseMatch:
                continue
    return reverse("home" if user.roles else "welcome")
