"""The admin asks the one table of permissions (`permissions.py`), not Django's permissions per model."""

from typing import TYPE_CHECKING, Any, ClassVar, cast

from django.http import HttpRequest
from unfold.admin import ModelAdmin, TabularInline
from unfold.sites import UnfoldAdminSite

from marketplace.accounts.permissions import Capability

if TYPE_CHECKING:
    from marketplace.accounts.models import User


def person_may(request: HttpRequest, capability: Capability) -> bool:
    """Say whether the reader has a capability by a role, or is a superuser."""
    user = cast("User", request.user)
    return user.is_authenticated and user.is_active and (user.is_superuser or user.may(capability))


class RoleAdminSite(UnfoldAdminSite):  # type: ignore[misc]  # unfold has no types
    """Opens to people who have `Capability.SEE_ADMIN`."""

    def has_permission(self, request: HttpRequest) -> bool:
        """Say whether the reader may open the admin at all."""
        return person_may(request, Capability.SEE_ADMIN)


class SeenByRole:
    """Rows to look at, for people who have `capability`; nothing is added, changed or deleted here."""

    capability: ClassVar[Capability] = Capability.SEE_ADMIN

    def has_module_permission(self, request: HttpRequest) -> bool:
        """Say whether the reader sees the table on the admin's first page."""
        return person_may(request, Capability.SEE_ADMIN) and person_may(request, self.capability)

    def has_view_permission(self, request: HttpRequest, obj: Any = None) -> bool:  # noqa: ARG002  Django's signature
        """Say whether the reader sees the rows."""
        return self.has_module_permission(request)

    def has_add_permission(self, request: HttpRequest, obj: Any = None) -> bool:  # noqa: ARG002
        """Nobody adds rows here."""
        return False

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:  # noqa: ARG002
        """Nobody changes rows here."""
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:  # noqa: ARG002
        """Nobody deletes rows here."""
        return False


class ReadOnlyAdmin(SeenByRole, ModelAdmin):  # type: ignore[misc]
    """A table of the admin that only shows. Counting large tables is left out."""

    show_full_result_count = False
    list_per_page = 50
    list_filter_submit = True


class ReadOnlyInline(SeenByRole, TabularInline):  # type: ignore[misc]
    """Rows that belong to the one shown."""

    extra = 0
    can_delete = False
