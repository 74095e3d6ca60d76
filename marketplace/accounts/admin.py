"""People in the admin: staff are added and given roles there, everybody else is shown."""

from typing import Any, cast

from allauth.account.models import EmailAddress
from allauth.mfa.models import Authenticator
from django import forms
from django.contrib import admin
from django.contrib.auth.models import Group
from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _
from unfold.widgets import UnfoldAdminCheckboxSelectMultipleWidget

from marketplace.accounts.admin_site import ReadOnlyAdmin, person_may
from marketplace.accounts.models import User
from marketplace.accounts.operations import StaffAreNotClients, set_staff_roles
from marketplace.accounts.permissions import Capability
from marketplace.accounts.roles import STAFF, Role

# Groups are roles, with nothing to set; the others hold secrets and addresses that sign-in looks after by itself.
for model in (Group, Authenticator, EmailAddress):
    admin.site.unregister(model)


class StaffForm(forms.ModelForm):  # type: ignore[type-arg]  # Django itself is not generic
    """A person with the roles of staff."""

    roles = forms.TypedMultipleChoiceField(
        label=_("roles"),
        choices=[(role.value, role.label) for role in Role if role in STAFF],
        coerce=Role,
        required=False,
        widget=UnfoldAdminCheckboxSelectMultipleWidget,
        help_text=_("Investors and borrowers get their role by opening their own file."),
    )

    class Meta:
        model = User
        fields = ("email", "name", "is_active")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if self.instance.pk:
            self.initial["roles"] = sorted(self.instance.roles)

    def clean(self) -> dict[str, Any]:
        data = super().clean() or self.cleaned_data
        if data.get("roles") and self.instance.pk and self.instance.roles - STAFF:
            self.add_error("roles", str(StaffAreNotClients.message))
        return data


@admin.register(User)
class UserAdmin(ReadOnlyAdmin):
    """People who sign in."""

    form = StaffForm
    list_display = ("email", "name", "role_names", "is_active", "last_login", "date_joined")
    list_filter = ("groups", "is_active")
    search_fields = ("email", "name")
    ordering = ("email",)
    fields = ("email", "name", "is_active", "roles")

    def get_queryset(self, request: HttpRequest) -> QuerySet[User]:
        return cast("QuerySet[User]", super().get_queryset(request).prefetch_related("groups"))

    @admin.display(description=_("roles"))
    def role_names(self, user: User) -> str:
        """The person's roles, in the reader's language."""
        return ", ".join(str(Role(group.name).label) for group in user.groups.all())

    def has_add_permission(self, request: HttpRequest, obj: Any = None) -> bool:  # noqa: ARG002  Django's signature
        """Whoever manages staff adds members."""
        return person_may(request, Capability.MANAGE_STAFF)

    def has_change_permission(self, request: HttpRequest, obj: User | None = None) -> bool:
        """Whoever manages staff changes others; nobody their own rights, or a superuser's."""
        if obj is not None and (obj == request.user or obj.is_superuser):
            return False
        return person_may(request, Capability.MANAGE_STAFF)

    def get_readonly_fields(self, request: HttpRequest, obj: User | None = None) -> tuple[str, ...]:
        """The address is the sign-in: it is the person's to change."""
        if not self.has_change_permission(request, obj):
            return ("email", "name", "is_active", "role_names")
        return () if obj is None else ("email",)

    def get_fields(self, request: HttpRequest, obj: User | None = None) -> tuple[str, ...]:
        """Those who only look see the roles as words."""
        last = "roles" if self.has_change_permission(request, obj) else "role_names"
        return ("email", "name", "is_active", last)

    def save_model(self, request: HttpRequest, obj: User, form: StaffForm, change: bool) -> None:  # noqa: ARG002
        """Store the person, new ones without a password (they set it by e-mail), and their roles."""
        if not change:
            obj.email = obj.email.lower()
            obj.set_unusable_password()
        obj.save()
        set_staff_roles(user=obj, roles=form.cleaned_data["roles"])
