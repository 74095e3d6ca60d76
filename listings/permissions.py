"""
Who may do a move of the state machine. Each permission is called with the listing and the actor, and can say whom
it lets through, for the picture of the machine.
"""

from dataclasses import dataclass
from typing import Any

from listings.states import ListingState
from marketplace.accounts.roles import Role
from marketplace.lib.actor import Actor

#: Who weighs a listing, by the state it is in.
REVIEWERS = {
    ListingState.INVESTIGATING: Role.LOAN_OFFICER,
    ListingState.RISK_REVIEW: Role.RISK_OFFICER,
    ListingState.COMMITTEE: Role.COMMITTEE_MEMBER,
}


@dataclass(frozen=True, slots=True)
class HasRole:
    """Whoever has the role, unless the listing is their own. The role "system" is scheduled work."""

    role: str

    def __call__(self, listing: Any, actor: Any) -> bool:
        """Say whether the actor may move the listing."""
        return bool(actor.has(self.role) and not is_own(listing, actor))

    def who(self, _source: str) -> str:
        """The role that may move a listing out of a state."""
        return str(self.role)


class IsTheBorrower:
    """The listing's own borrower."""

    def __call__(self, listing: Any, actor: Any) -> bool:
        """Say whether the actor may move the listing."""
        return bool(actor.has(Role.BORROWER) and is_own(listing, actor))

    def who(self, _source: str) -> str:
        """The role that may move a listing out of a state."""
        return Role.BORROWER.value


class HasTheTurn:
    """Whoever has the role whose turn it is, unless the listing is their own."""

    def __call__(self, listing: Any, actor: Any) -> bool:
        """Say whether the actor may move the listing."""
        role = REVIEWERS.get(ListingState(listing.state))
        return role is not None and actor.has(role) and not is_own(listing, actor)

    def who(self, source: str) -> str:
        """The role that may move a listing out of a state."""
        return REVIEWERS[ListingState(source)].value


def is_own(listing: Any, actor: Actor) -> bool:
    """Say whether the actor is the listing's borrower."""
    return bool(listing.borrower.user_id == actor.user_id)


OFFICER, RISK, COMMITTEE = HasRole(Role.LOAN_OFFICER), HasRole(Role.RISK_OFFICER), HasRole(Role.COMMITTEE_MEMBER)
OPERATIONS, FINANCE, SYSTEM = HasRole(Role.OPERATIONS), HasRole(Role.FINANCE), HasRole("system")
THE_BORROWER, THE_REVIEWER = IsTheBorrower(), HasTheTurn()
