"""Who sees which link at the top of the page: the one table. An item whose page is not there is left out."""

from collections.abc import Callable

from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from marketplace.accounts.permissions import Capability
from marketplace.lib.web.navigation import NavItem

Visible = Callable[[HttpRequest], bool]


def everybody(_request: HttpRequest) -> bool:
    """Visitors too."""
    return True


def who_may(*capabilities: Capability) -> Visible:
    """People who have one of the capabilities."""

    def visible(request: HttpRequest) -> bool:
        user = request.user
        return user.is_authenticated and any(user.may(capability) for capability in capabilities)

    return visible


#: label, name of the address, icon (loanbridge/icons.svg), who sees it
NAVIGATION = (
    NavItem(_("Listings"), "listing_list", "listings", everybody),
    NavItem(_("My money"), "investor_home", "portfolio", who_may(Capability.SEE_OWN_PORTFOLIO)),
    NavItem(_("My loans"), "borrower_home", "application", who_may(Capability.APPLY_FOR_LOAN)),
    NavItem(_("Work queue"), "work_queue", "queue", who_may(Capability.SEE_WORK_QUEUE)),
    NavItem(_("Loan book"), "loan_book", "coins", who_may(Capability.SEE_LOAN_BOOK)),
    NavItem(_("Escrow"), "escrow_overview", "escrow", who_may(Capability.SEE_ESCROW)),
    NavItem(_("Journal"), "escrow_journal", "journal", who_may(Capability.SEE_ESCROW)),
    NavItem(_("Events"), "dead_events", "alert", who_may(Capability.SEE_EVENTS)),
    NavItem(_("Admin"), "admin:index", "admin", who_may(Capability.SEE_ADMIN)),
)
