"""The one clock. Actions receive ``now`` from here, so a test can set the time by passing it."""

import datetime as dt

from django.utils import timezone


def now() -> dt.datetime:
    """Return the present instant, aware, in UTC."""
    return timezone.now()


def local_date(instant: dt.datetime, zone: dt.tzinfo) -> dt.date:
    """Return the calendar day of ``instant`` in ``zone``."""
    return instant.astimezone(zone).date()
