"""The listing's state machine as it should be, to be read by people."""

from datetime import datetime

from django.contrib.auth.models import Group

from borrowers.models import Borrower
from listings.models import Listing, Move
from listings.operations import ListingTerms, create_draft
from listings.states import ListingState
from marketplace.accounts.roles import STAFF, Role
from marketplace.lib.actor import SYSTEM, Actor
from marketplace.lib.outbox.models import Event
from tests import cast

#: Move, from, to, who. "owner" is the borrower whose listing it is.
MACHINE = """
submit             draft           submitted       owner
submit             returned        submitted       owner
take_in            submitted       investigating   loan_officer
pass_to_risk       investigating   risk_review     loan_officer
pass_to_committee  risk_review     committee       risk_officer
approve            committee       approved        committee_member
send_back          investigating   returned        loan_officer
send_back          risk_review     returned        risk_officer
send_back          committee       returned        committee_member
reject             investigating   rejected        loan_officer
reject             risk_review     rejected        risk_officer
reject             committee       rejected        committee_member
schedule           approved        scheduled       operations
open               scheduled       open            system
fund               open            funded          system
fail               open            failed          system
sign_contract      funded          contracted      owner
disburse           contracted      disbursed       finance
withdraw           draft           withdrawn       owner
withdraw           submitted       withdrawn       owner
withdraw           investigating   withdrawn       owner
withdraw           risk_review     withdrawn       owner
withdraw           committee       withdrawn       owner
withdraw           approved        withdrawn       owner
withdraw           returned        withdrawn       owner
cancel             approved        cancelled       operations
cancel             scheduled       cancelled       operations
cancel             open            cancelled       operations
cancel             funded          cancelled       operations
cancel             contracted      cancelled       operations
"""
#: (move, from): (to, who)
EXPECTED = {(move, source): (target, who) for move, source, target, who in map(str.split, MACHINE.split("\n")[1:-1])}
MOVES = sorted({move for move, _source in EXPECTED})
TERMS = ListingTerms(
    title="A second oven",
    purpose="business",
    principal_minor=50_000_00,
    annual_rate_bps=1200,
    term_months=12,
)


def everybody(owner: Borrower, other: Borrower) -> dict[str, Actor]:
    """An actor for everyone who might try: each role, the owner, another borrower, the system and a visitor."""
    staff = {role.value: cast.staff(role) for role in STAFF}
    return {
        **staff,
        "investor": Actor(10**9, frozenset({Role.INVESTOR.value}), "Ann"),
        "owner": owner.user.actor,
        "another borrower": other.user.actor,
        "system": SYSTEM,
        "visitor": Actor(None, frozenset(), "anonymous"),
    }


def listing_in(state: str, owner: Borrower, *, at: datetime) -> Listing:
    """A listing put into a state past the machine, as only a test may."""
    listing = create_draft(borrower=owner, terms=TERMS, by=owner.user.actor, at=at)
    Listing.objects.filter(pk=listing.pk).update(state=ListingState(state))
    return Listing.objects.get(pk=listing.pk)


def add_role_by_hand(borrower: Borrower, role: Role) -> None:
    """Give somebody a second role past the verb that refuses it, as an owner of the database could."""
    borrower.user.groups.add(Group.objects.get(name=role.value))
    borrower.user.__dict__.pop("roles", None)


def everything() -> tuple[object, ...]:
    """All that a move could change."""
    return (
        list(Listing.objects.order_by("pk").values()),
        list(Move.objects.order_by("pk").values()),
        list(Event.objects.order_by("pk").values()),
    )
