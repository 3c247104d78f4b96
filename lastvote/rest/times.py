"""Days and instants in a body: one format each, and no instant without its zone."""

import datetime as dt
import re
from typing import Any

from django.utils.translation import gettext as _

from lastvote.errors import Refused
from lastvote.rest import instants
from lastvote.rest.problems import Fault, Unusable, pointer

_DAY = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")


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
        return instants.instant_from(value if isinstance(value, str) else "")
    except Refused as refused:
        raise _unusable(refused.code, str(refused.message), path) from refused


def _unusable(code: str, sentence: str, path: tuple[str | int, ...]) -> Unusable:
    return Unusable(Fault(code, sentence, pointer(*path)))
