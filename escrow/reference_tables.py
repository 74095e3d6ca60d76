"""Fills the tables that migrations write from the chart; a migration that changes the chart runs it again."""

from django.apps.registry import Apps
from django.db.backends.base.schema import BaseDatabaseSchemaEditor

from escrow.chart import ALLOWED, PLATFORM_ACCOUNTS


def fill(apps: Apps, _schema_editor: BaseDatabaseSchemaEditor) -> None:
    """Add the allowed pairs and the platform's accounts that are not there yet."""
    allowed = apps.get_model("escrow", "AllowedTransfer")
    for purpose, pairs in ALLOWED.items():
        for debit_kind, credit_kind in sorted(pairs):
            allowed.objects.get_or_create(purpose=purpose, debit_kind=debit_kind, credit_kind=credit_kind)
    account = apps.get_model("escrow", "Account")
    for code, kind in PLATFORM_ACCOUNTS.items():
        account.objects.get_or_create(code=code, defaults={"kind": kind})
