"""What a person said about cases, for their own page. Upper apps register here, each for its own part."""

import datetime as dt
from collections.abc import Callable
from dataclasses import dataclass

from django.utils.functional import Promise

from stakeholders.models import Person


@dataclass(frozen=True)
class OwnWords:
    """One thing that somebody said: what about, its beginning, where it stands, what became of it, and what next."""

    title: str
    about: str
    beginning: str
    url: str
    statuses: tuple[str | Promise, ...]
    answers: int
    said_at: dt.datetime


Source = Callable[[Person], list[OwnWords]]

_sources: list[Source] = []


def register_words(source: Source) -> None:
    """Have ``source`` asked for everybody. Registering twice changes nothing."""
    if source not in _sources:
        _sources.append(source)


def own_words(person: Person) -> list[OwnWords]:
    """Return everything that the person said, newest first."""
    found = [row for source in _sources for row in source(person)]
    return sorted(found, key=lambda row: row.said_at, reverse=True)
