"""Scheduled work of the ledger."""

from celery import shared_task
from django.utils import timezone

from escrow import operations


@shared_task(name="escrow.snapshot_balances")
def snapshot_balances() -> int:
    """Shorten the sums of omnibus accounts."""
    return operations.snapshot_balances(at=timezone.now())
