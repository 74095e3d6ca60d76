from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class RiskReserveConfig(AppConfig):
    name = "risk_reserve"
    verbose_name = _("Risk reserve")
