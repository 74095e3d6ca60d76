"""What staff decided about dead events, kept for good."""

import django.db.models.deletion
from django.db import migrations, models

from marketplace.lib.append_only import append_only_table


class Migration(migrations.Migration):
    dependencies = [
        ("outbox", "0001_initial"),
    ]

    operations = [
        migrations.CreateModel(
            name="EventDecision",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "to_state",
                    models.CharField(
                        choices=[
                            ("pending", "Waiting to be delivered"),
                            ("delivered", "Delivered to everybody who listens"),
                            ("dead", "Given up after repeated failures; staff decide"),
                            ("discarded", "Set aside by staff"),
                        ],
                        max_length=12,
                    ),
                ),
                ("last_error", models.TextField(blank=True)),
                ("actor_id", models.BigIntegerField(null=True)),
                ("actor_label", models.CharField(max_length=120)),
                ("at", models.DateTimeField()),
                (
                    "event",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="decisions", to="outbox.event"
                    ),
                ),
            ],
            options={
                "abstract": False,
            },
        ),
        append_only_table("outbox_eventdecision"),
    ]
