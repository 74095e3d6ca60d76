"""Who does something: passed to verbs in place of a request or a user."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Actor:
    """
    A person with roles, or the system itself (`user_id` is None).

    `roles` holds the values of `marketplace.accounts.roles.Role`.
    """

    user_id: int | None
    roles: frozenset[str]
    label: str

    def has(self, *roles: str) -> bool:
        """Say whether the actor has one of these roles."""
        return not self.roles.isdisjoint(roles)


#: Scheduled work and consequences of other moves.
SYSTEM = Actor(user_id=None, roles=frozenset({"system"}), label="system")
