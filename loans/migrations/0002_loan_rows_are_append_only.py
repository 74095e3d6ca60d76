from django.db import migrations

from marketplace.lib.append_only import append_only_table

TABLES = (
    "loanmove",
    "participation",
    "scheduleversion",
    "scheduledinstalment",
    "receipt",
    "receiptallocation",
    "distributionshare",
)


class Migration(migrations.Migration):
    dependencies = [("loans", "0001_initial")]
    operations = [append_only_table(f"loans_{name}") for name in TABLES]
