"""What every refusal of a business rule has in common; each rule's own class stands beside its verb."""

from collections.abc import Callable
from typing import Any, ClassVar

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _


class Refused(Exception):
    """
    A broken business rule, with a machine code and parameters.

    Doors turn it into HTTP, WebSocket and page messages; `text` is in the reader's language.
    """

    code: ClassVar[str] = "refused"
    message: ClassVar[str | Promise] = _("This is not possible.")
    http_status: ClassVar[int] = 409
    #: Called by `owns_transaction` once the refused work is rolled back.
    after_rollback: Callable[[], None] | None = None

    def __init__(self, **params: Any) -> None:
        super().__init__(self.code, params)
        self.params = params

    @property
    def text(self) -> str:
        """The sentence for the reader."""
        return str(self.message) % self.params

    def __str__(self) -> str:
        return f"{self.code}: {self.params}"


class NotAllowed(Refused):
    """The actor's role does not include this action."""

    code = "not_allowed"
    message = _("Your role does not allow this.")
    http_status = 403


class NotFound(Refused):
    """There is no such thing, or not for this actor: the two are not told apart."""

    code = "not_found"
    message = _("There is nothing here, or it is not yours to see.")
    http_status = 404


class InvalidInput(Refused):
    """A value that cannot be right whatever the state of the system."""

    code = "invalid_input"
    message = _("%(field)s: %(reason)s")
    http_status = 422
