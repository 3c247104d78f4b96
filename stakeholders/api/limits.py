"""How often a program may ask: counted for each person, and for visitors by the network they come from.

Counting is one atomic step in the cache, so that requests at the same instant are all counted. Where the cache is out
of reach nothing is counted and the door stays open: the only mail is a receipt to whoever answered themselves, and an
answer must not depend on a cache.
"""

import datetime as dt

from django.conf import settings
from django.core.cache import cache
from django.utils.translation import gettext as _

from lastvote.errors import Refused

MINUTE = 60
READING = frozenset({"GET", "HEAD"})


def spend(who: str, method: str, *, now: dt.datetime) -> None:
    """Count one request of this minute. Refuses 429 ``too_many_requests`` above the limit, with the wait."""
    kind, most = ("reads", settings.API_READS_PER_MINUTE)
    if method not in READING:
        kind, most = ("writes", settings.API_WRITES_PER_MINUTE)
    if not most:
        return
    minute, second = divmod(int(now.timestamp()), MINUTE)
    if _counted(f"api:{kind}:{who}:{minute}") > most:
        wait = MINUTE - second
        sentence = _("Too many requests: at most %(most)s a minute. Wait %(wait)s seconds, then go on.")
        raise Refused(
            "too_many_requests", sentence % {"most": most, "wait": wait}, status=429, details={"retry_after": wait}
        )


def _counted(key: str) -> int:
    try:
        cache.add(key, 0, timeout=2 * MINUTE)
        return int(cache.incr(key))
    except Exception:  # noqa: BLE001 -- whatever a cache out of reach may raise
        return 0
