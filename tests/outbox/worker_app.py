"""The real Celery application with the witness listening: `celery -A tests.outbox.worker_app worker`."""

import django

django.setup()

from marketplace.celery import app  # noqa: E402  settings first
from tests.outbox import witness  # noqa: E402, F401  registers its listener

__all__ = ["app"]
