"""The shapes that components of the pages take."""

from dataclasses import dataclass
from datetime import datetime

from django.utils.functional import Promise


@dataclass(frozen=True, slots=True)
class TimelineEntry:
    """One thing that happened; `family` is one of `marketplace.lib.web.states.FAMILIES`."""

    title: str | Promise
    at: datetime
    by: str = ""
    note: str = ""
    family: str = "neutral"
