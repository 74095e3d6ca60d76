"""Who invests."""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _


class InvestorStatus(models.TextChoices):
    ACTIVE = "active", _("May bid")
    SUSPENDED = "suspended", _("May not bid; holds what they have")


class Investor(models.Model):
    """A party that funds loans: one user's file, with a wallet in escrow."""

    user = models.OneToOneField(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="investor")
    status = models.CharField(_("status"), max_length=10, choices=InvestorStatus.choices, default=InvestorStatus.ACTIVE)
    opened_at = models.DateTimeField()

    class Meta:
        verbose_name = _("investor")
        verbose_name_plural = _("investors")

    def __str__(self) -> str:
        return str(self.user)
