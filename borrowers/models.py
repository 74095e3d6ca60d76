"""Who borrows."""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _


class BorrowerKind(models.TextChoices):
    PERSON = "person", _("Person")
    COMPANY = "company", _("Company")


class Borrower(models.Model):
    """A party that borrows: one user's file, with a wallet in escrow."""

    user = models.OneToOneField(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="borrower")
    kind = models.CharField(_("kind"), max_length=8, choices=BorrowerKind.choices, default=BorrowerKind.PERSON)
    legal_name = models.CharField(_("legal name"), max_length=120)
    opened_at = models.DateTimeField()

    class Meta:
        verbose_name = _("borrower")
        verbose_name_plural = _("borrowers")

    def __str__(self) -> str:
        return self.legal_name
