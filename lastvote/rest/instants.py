"""Instants as programs send them: RFC 3339, with the zone. No zone is guessed."""

import datetime as dt
import re

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from lastvote.errors import Refused

YEARS = range(2000, 2200)
"""Years in which something of the site can lie, as in the forms of its pages."""
FORMAT = "2026-06-01T12:00:00Z"
PATTERN = r"^2[01][0-9]{2}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}(:[0-9]{2}(\.[0-9]{1,6})?)?(Z|[+-][0-9]{2}:[0-9]{2})$"
"""What can be an instant; the calendar decides the rest."""
_SHAPE = re.compile(
    r"[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}(?::[0-9]{2}(?:\.[0-9]{1,6})?)?(?P<zone>Z|[+-][0-9]{2}:[0-9]{2})?"
)


def instant_from(words: str) -> dt.datetime:
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


def _refused(code: str, sentence: str | Promise) -> Refused:
    return Refused(code, sentence, status=400)
