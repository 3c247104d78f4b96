"""What waits for one person, worked out from how things stand now. Upper apps register here, each for its own part."""

import datetime as dt
from collections.abc import Callable
from dataclasses import dataclass

from stakeholders.models import Person


@dataclass(frozen=True)
class Waiting:
    """One thing to do: what, about which case, where, and until when if that is fixed."""

    words: str
    about: str
    url: str
    until: dt.datetime | None = None


Source = Callable[[Person, dt.datetime], list[Waiting]]

_sources: list[Source] = []


def register_source(source: Source) -> None:
    """Have ``source`` asked for everybody. Registering twice changes nothing."""
    if source not in _sources:
        _sources.append(source)


def waiting_for(person: Person, now: dt.datetime) -> list[Waiting]:
    """Return what waits for the person: what ends first first, then what has no end."""
    found = [row for source in _sources for row in source(person, now)]
    return sorted(found, key=lambda row: (row.until is None, row.until or now))
