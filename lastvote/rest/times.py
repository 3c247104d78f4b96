"""Days and instants as programs send them: one format each (RFC 3339). No zone is guessed."""

import datetime as dt
import re
from typing import Any

from django.utils.translation import gettext as _

from lastvote.errors import Refused
from lastvote.rest.problems import Fault, Unusable, pointer

YEARS = range(2000, 2200)
"""Years in which something of the site can lie, as in the forms of its pages."""
FORMAT = "2026-06-01T12:00:00Z"
PATTERN = r"^2[01][0-9]{2}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}(:[0-9]{2}(\.[0-9]{1,6})?)?(Z|[+-][0-9]{2}:[0-9]{2})$"
"""What can be an instant; the calendar decides the rest."""
_DAY = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")
_SHAPE = re.compile(
    r"[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}(?::[0-9]{2}(?:\.[0-9]{1,6})?)?(?P<zone>Z|[+-][0-9]{2}:[0-9]{2})?"
)


def instant_of(words: str) -> dt.datetime:
    """Return the instant, aware, in UTC.

    Refuses ``invalid_date`` for what is none, ``timezone_required`` for a time without its zone, and ``out_of_range``
    for years in which nothing of the site lies.
    """
    shape = _SHAPE.fullmatch(words)
    try:
        moment = dt.datetime.fromisoformat(words) if shape else None
    except ValueError:
        moment = None
    if shape is None or moment is None:
        raise _refused(
            "invalid_date",
            _("Write an instant like %(example)s, for another zone with +02:00 at its end.") % {"example": FORMAT},
        )
    if shape["zone"] is None:
        raise _refused("timezone_required", _("Say in which zone: end with Z for UTC, or with +02:00."))
    if moment.year not in YEARS:
        raise _refused("out_of_range", _("The year must lie between 2000 and 2199."))
    return moment.astimezone(dt.UTC)


def _refused(code: str, sentence: str) -> Refused:
    return Refused(code, sentence, status=400)


def day_from(value: Any, *path: str | int) -> dt.date | None:
    """Return a day, or nothing for null. Refuses ``invalid_date``."""
    if value is None:
        return None
    if isinstance(value, str) and _DAY.fullmatch(value):
        try:
            return dt.date.fromisoformat(value)
        except ValueError:  # the thirtieth of February
            pass
    raise _unusable("invalid_date", _("This must be a real day, written like 2026-06-03."), path)


def instant_from(value: Any, *path: str | int) -> dt.datetime:
    """Return an instant in UTC. Refuses ``required``, ``invalid_date``, ``timezone_required`` and ``out_of_range``."""
    if value is None or value == "":
        raise _unusable("required", _("A day and time are needed here, like 2026-06-03T17:00:00+01:00."), path)
    try:
        return instant_of(value if isinstance(value, str) else "")
    except Refused as refused:
        raise _unusable(refused.code, str(refused.message), path) from refused


def _unusable(code: str, sentence: str, path: tuple[str | int, ...]) -> Unusable:
    return Unusable(Fault(code, sentence, pointer(*path)))
