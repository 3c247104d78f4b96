"""A clock that a test moves and that several processes read: a file holds how far it runs from the machine's.

It replaces Django's, from which the one clock of the site, sessions and all else in a process take the time. What
counts real seconds, like the beat and the timers of a worker, goes on undisturbed.
"""

import datetime as dt
import os
from collections.abc import Callable
from pathlib import Path

from django.utils import timezone

VARIABLE = "MOVED_CLOCK"
"""The environment variable that names the file."""


def reader(file: Path) -> Callable[[], dt.datetime]:
    """Return a function that tells the time by a file."""
    return lambda: dt.datetime.now(dt.UTC) + dt.timedelta(seconds=float(file.read_text()))


def follow() -> None:
    """Let this process go by the file that its environment names. Settings call it, before anybody reads a clock."""
    timezone.now = reader(Path(os.environ[VARIABLE]))


class MovedClock:
    """The hand that moves it."""

    def __init__(self, file: Path, start: dt.datetime) -> None:
        self.file = file
        self.now = reader(file)
        self.set(start)

    def set(self, moment: dt.datetime) -> None:
        """Let it be this moment for everybody, and run on from there."""
        away = (moment - dt.datetime.now(dt.UTC)).total_seconds()
        written = self.file.with_suffix(".new")
        written.write_text(str(away))
        written.replace(self.file)
