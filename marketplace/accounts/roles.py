"""The roles of 1-mission, each a Django group of the same name."""

from django.contrib.auth.models import Group
from django.db import models
from django.utils.translation import gettext_lazy as _


class Role(models.TextChoices):
    INVESTOR = "investor", _("Investor")
    BORROWER = "borrower", _("Borrower")
    LOAN_OFFICER = "loan_officer", _("Loan officer")
    RISK_OFFICER = "risk_officer", _("Risk officer")
    COMMITTEE_MEMBER = "committee_member", _("Committee member")
    FINANCE = "finance", _("Finance")
    OPERATIONS = "operations", _("Operations")
    AUDITOR = "auditor", _("Auditor")


STAFF = frozenset(Role) - {Role.INVESTOR, Role.BORROWER}


def create_groups(*, using: str = "default") -> None:
    """Make sure that there is a group for every role."""
    for role in Role:
        Group.objects.using(using).get_or_create(name=role.value)
