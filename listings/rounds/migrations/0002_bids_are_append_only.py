from django.db import migrations

from marketplace.lib.append_only import append_only_table


class Migration(migrations.Migration):
    dependencies = [("rounds", "0001_initial")]
    operations = [append_only_table("rounds_bid"), append_only_table("rounds_roundmove")]
