"""The states of a listing, each with its sentence."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class ListingState(models.TextChoices):
    DRAFT = "draft", _("Draft")
    SUBMITTED = "submitted", _("Submitted")
    INVESTIGATING = "investigating", _("Under investigation")
    RISK_REVIEW = "risk_review", _("In risk review")
    COMMITTEE = "committee", _("Before the committee")
    APPROVED = "approved", _("Approved")
    SCHEDULED = "scheduled", _("Opening soon")
    OPEN = "open", _("Open for bids")
    FUNDED = "funded", _("Funded")
    CONTRACTED = "contracted", _("Contract signed")
    DISBURSED = "disbursed", _("Paid out")
    RETURNED = "returned", _("Returned for changes")
    REJECTED = "rejected", _("Rejected")
    WITHDRAWN = "withdrawn", _("Withdrawn")
    FAILED = "failed", _("Not funded in time")
    CANCELLED = "cancelled", _("Cancelled")


#: What each state means, for the listing's page and docs/states.md.
SENTENCES = {
    ListingState.DRAFT: _("The borrower is still writing it; nobody else sees it."),
    ListingState.SUBMITTED: _("It waits for a loan officer to take it in."),
    ListingState.INVESTIGATING: _("A loan officer checks the borrower and the documents."),
    ListingState.RISK_REVIEW: _("A risk officer weighs score, income and collateral."),
    ListingState.COMMITTEE: _("The loan committee decides."),
    ListingState.APPROVED: _("It may be offered; operations set the time."),
    ListingState.SCHEDULED: _("Its round has a time; bids are taken from then on."),
    ListingState.OPEN: _("Investors are bidding."),
    ListingState.FUNDED: _("The money is together and waits for the borrower's signature."),
    ListingState.CONTRACTED: _("The contract is signed; finance pays out."),
    ListingState.DISBURSED: _("The borrower has the money; the loan is running."),
    ListingState.RETURNED: _("The borrower is asked to change or add something."),
    ListingState.REJECTED: _("It was turned down."),
    ListingState.WITHDRAWN: _("The borrower took it back."),
    ListingState.FAILED: _("The round ended short of what was needed; every bid went home."),
    ListingState.CANCELLED: _("Staff stopped it; every bid went home."),
}

#: Seen by everybody; the others only by the borrower and staff.
PUBLISHED = frozenset(
    {
        ListingState.SCHEDULED,
        ListingState.OPEN,
        ListingState.FUNDED,
        ListingState.CONTRACTED,
        ListingState.DISBURSED,
        ListingState.FAILED,
        ListingState.CANCELLED,
    }
)
FINAL = frozenset(
    {
        ListingState.DISBURSED,
        ListingState.REJECTED,
        ListingState.WITHDRAWN,
        ListingState.FAILED,
        ListingState.CANCELLED,
    }
)
