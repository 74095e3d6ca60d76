"""Which day it is where the platform keeps its books."""

from datetime import date, datetime

from django.utils import timezone


def business_day(at: datetime) -> date:
    """The date of a moment in the platform's own time zone, whatever zone a reader has chosen."""
    return timezone.localdate(at, timezone.get_default_timezone())
