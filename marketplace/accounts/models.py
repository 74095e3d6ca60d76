"""People who sign in. Borrowers and investors hang their own tables on a user."""

from typing import Any, ClassVar

from django.contrib.auth.models import AbstractBaseUser, BaseUserManager, PermissionsMixin
from django.db import models
from django.db.models.functions import Lower
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _

from marketplace.accounts.permissions import Capability, may
from marketplace.accounts.roles import Role
from marketplace.lib.actor import Actor

#: What histories and the ledger have room for; an address may be twice as long.
LONGEST_LABEL = 120


class UserManager(BaseUserManager["User"]):
    def create_user(self, email: str, password: str | None = None, **fields: Any) -> "User":
        """Create a person who signs in with `email` (stored in lower case)."""
        user = self.model(email=email.strip().lower(), **fields)
        user.set_password(password)
        user.save(using=self._db)
        return user

    def create_superuser(self, email: str, password: str, **fields: Any) -> "User":
        """Create a person whom the admin refuses nothing; roles still rule the pages."""
        return self.create_user(email, password, is_staff=True, is_superuser=True, **fields)


class User(AbstractBaseUser, PermissionsMixin):
    """A person who signs in with an e-mail address. What they may do follows from their groups (roles)."""

    email = models.EmailField(_("e-mail address"), unique=True)
    name = models.CharField(_("name"), max_length=120, blank=True)
    is_active = models.BooleanField(default=True)
    is_staff = models.BooleanField(_("may open the admin"), default=False)
    date_joined = models.DateTimeField(auto_now_add=True)

    objects = UserManager()

    USERNAME_FIELD = "email"
    EMAIL_FIELD = "email"
    REQUIRED_FIELDS: ClassVar[list[str]] = []

    class Meta:
        verbose_name = _("user")
        verbose_name_plural = _("users")
        constraints = [models.UniqueConstraint(Lower("email"), name="an_email_address_belongs_to_one_user")]

    def __str__(self) -> str:
        return self.name or self.email

    @cached_property
    def roles(self) -> frozenset[str]:
        """The person's roles, read once per request. A group of another name gives none: "system" is nobody's."""
        return frozenset(self.groups.values_list("name", flat=True)) & frozenset(Role.values)

    @property
    def actor(self) -> Actor:
        """The person as verbs see them."""
        return Actor(user_id=self.pk, roles=self.roles, label=str(self)[:LONGEST_LABEL])

    def may(self, capability: Capability) -> bool:
        """Say whether one of the person's roles has the capability."""
        return may(self.roles, capability)
