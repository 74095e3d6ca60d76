"""The relay as scheduled work."""

import logging

from celery import shared_task
from django.utils import timezone
from kombu.exceptions import OperationalError

from marketplace.lib.outbox import operations

logger = logging.getLogger(__name__)


@shared_task(name="outbox.relay")
def relay() -> int:
    """Deliver waiting events."""
    return operations.relay(at=timezone.now())


def nudge() -> None:
    """Start a relay soon; without a broker the schedule does it later."""
    try:
        relay.apply_async(expires=30, retry=False)
    except OperationalError:
        logger.warning("no broker to nudge the relay; the schedule will deliver")
