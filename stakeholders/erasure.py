"""What else must happen when a person is erased. Upper apps register here, so that imports run one way."""

import datetime as dt
from typing import Protocol

from stakeholders.models import Person


class Eraser(Protocol):
    """Detach what an app holds about a person, inside the erasing transaction."""

    def __call__(self, *, person: Person, by: Person | None, now: dt.datetime) -> None: ...


_erasers: list[Eraser] = []


def register_eraser(eraser: Eraser) -> None:
    """Have ``eraser`` called for every person that is erased. Registering twice changes nothing."""
    if eraser not in _erasers:
        _erasers.append(eraser)


def detach_everywhere(*, person: Person, by: Person | None, now: dt.datetime) -> None:
    """Call every registered eraser, in the order of registration."""
    for eraser in _erasers:
        eraser(person=person, by=by, now=now)
