from django.db import migrations

from marketplace.lib.append_only import append_only_table


class Migration(migrations.Migration):
    dependencies = [("listings", "0001_initial")]
    operations = [append_only_table("listings_move")]
