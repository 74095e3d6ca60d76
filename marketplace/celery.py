"""The Celery application and everything that runs on a schedule (documented in docs/jobs.md)."""

import os

from celery import Celery

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "marketplace.settings")

app = Celery("loanbridge")
app.config_from_object("django.conf:settings", namespace="CELERY")
app.autodiscover_tasks(["marketplace.lib.outbox", "escrow", "listings", "listings.rounds", "loans"])

app.conf.beat_schedule = {
    "relay-outbox": {"task": "outbox.relay", "schedule": 1.0, "options": {"expires": 5}},
    "repair-rounds": {"task": "rounds.repair", "schedule": 2.0, "options": {"expires": 5}},
    "snapshot-balances": {"task": "escrow.snapshot_balances", "schedule": 300.0, "options": {"expires": 60}},
}
