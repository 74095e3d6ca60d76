"""
Nobody but the owner may hang the ledger's trigger functions on a table.

They run with the owner's rights, and whoever may execute one may make it a trigger of a temporary table: rows put in
there would then move balances or thaw accounts. Firing the triggers on our own tables needs no such right.
"""

from django.db import migrations

TRIGGER_FUNCTIONS = ("escrow_open_balance", "escrow_keep_balances", "escrow_set_frozen")


class Migration(migrations.Migration):
    dependencies = [("escrow", "0002_ledger_rules")]

    operations = [
        migrations.RunSQL(
            f"REVOKE EXECUTE ON FUNCTION {name}() FROM PUBLIC", f"GRANT EXECUTE ON FUNCTION {name}() TO PUBLIC"
        )
        for name in TRIGGER_FUNCTIONS
    ]
