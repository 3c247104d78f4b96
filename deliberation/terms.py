"""When a term ends, and how that was worked out day by day. Pure: no database, no clock, no settings.

Day zero is the local day of the event. A term of n days ends on its n-th day that counts, at the closing hour of the
place. Working days leave out weekends, holidays and pauses; calendar days leave out pauses only, and roll on to the
next working day if they would end on another. Days that are added or given back count from there, so that they are
never ones that people had anyway.
"""

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from zoneinfo import ZoneInfo

LONGEST_TERM = 3_660
"""Days after which a search for the end gives up: a calendar without a single working day has none."""
WARNED_AT = (50, 80, 100)
"""Shares of a term, in percent, at which whoever must act is warned."""


class Unit(StrEnum):
    """What the days of a term are."""

    WORKING = "working"
    CALENDAR = "calendar"


class Why(StrEnum):
    """Why a day counts or does not count."""

    START = "start"
    COUNTED = "counted"
    WEEKEND = "weekend"
    HOLIDAY = "holiday"
    PAUSED = "paused"
    ROLLED = "rolled"
    KEPT = "kept"
    CREDIT = "credit"
    EXTENDED = "extended"


@dataclass(frozen=True)
class WorkDays:
    """Which days are working days: all but the weekend and the holidays, which are named.

    weekend : numbers of weekdays, Monday 0
    """

    holidays: Mapping[dt.date, str] = field(default_factory=dict)
    weekend: frozenset[int] = frozenset({5, 6})

    def reason_off(self, day: dt.date) -> Why | None:
        """Why nobody works on ``day``; nothing on a working day."""
        if day in self.holidays:
            return Why.HOLIDAY
        return Why.WEEKEND if day.weekday() in self.weekend else None


@dataclass(frozen=True)
class Term:
    """A length of time as a rule states it, and the hour at which its last day ends.

    kept : calendar days that people had been told, and that do not come out any more by another calendar
    added : further days of the same kind, granted by the one extension
    credit : calendar days given back because the site was not there
    """

    unit: Unit
    length: int
    closing_hour: int = 17
    kept: int = 0
    added: int = 0
    credit: int = 0


@dataclass(frozen=True)
class Pause:
    """Days that do not count, both ends included."""

    first: dt.date
    last: dt.date
    reason: str

    def covers(self, day: dt.date) -> bool:
        """Whether ``day`` is one of them."""
        return self.first <= day <= self.last


@dataclass(frozen=True)
class Counted:
    """One line of the trace: a day, which number it has in the term if it counts, and why it does or does not."""

    day: dt.date
    number: int | None
    why: Why
    name: str = ""


@dataclass(frozen=True)
class Due:
    """The end of a term, and every day up to it."""

    at: dt.datetime
    trace: tuple[Counted, ...]

    @property
    def day(self) -> dt.date:
        """The local day on which it ends."""
        return self.trace[-1].day


class NoEndError(ValueError):
    """A term that never ends: no day of its calendar is a working day."""


def due(start: dt.datetime, term: Term, days: WorkDays, zone: ZoneInfo, pauses: Sequence[Pause] = ()) -> Due:
    """Work out when a term ends.

    Parameters
    ----------
    start : aware instant of the event
    zone : the place; its day of ``start`` is day zero, and its clock says when the closing hour is

    Raises
    ------
    NoEndError for a term that never ends

    Degenerate: a term of 0 days ends at the closing hour of day zero, or of the next working day; an event later on
    that day than the closing hour has a term that is over at once. A closing hour that the clock skips in spring is
    the same instant an hour later by the new time; of one that comes twice in autumn the first counts.
    """
    here = _Place(days, pauses)
    trace = [Counted(start.astimezone(zone).date(), 0, Why.START)]
    parts = (
        (term.unit, term.length, Why.COUNTED), (Unit.CALENDAR, term.kept, Why.KEPT),
        (term.unit, term.added, Why.EXTENDED), (Unit.CALENDAR, term.credit, Why.CREDIT),
    )  # fmt: skip
    for unit, length, why in parts:
        _count(trace, unit, length, here, why)
        _roll(trace, here)
    closing = dt.datetime.combine(trace[-1].day, dt.time(term.closing_hour), tzinfo=zone)
    return Due(closing.astimezone(dt.UTC), tuple(trace))


def warnings_between(start: dt.datetime, end: dt.datetime, *, after: int, now: dt.datetime) -> int:
    """Return the highest share of the term that has passed and was not warned about yet; ``after`` if there is none.

    Parameters
    ----------
    after : the last share that was warned about, 0 if none

    Degenerate: a term without length is over at once.
    """
    passed = [share for share in WARNED_AT if share > after and now >= start + (end - start) * share / 100]
    return max(passed, default=after)


@dataclass(frozen=True)
class _Place:
    """The days of a place as one term sees them."""

    days: WorkDays
    pauses: Sequence[Pause]

    def off(self, day: dt.date, unit: Unit) -> Counted | None:
        """The line that says why ``day`` does not count; nothing if it does."""
        pause = next((pause for pause in self.pauses if pause.covers(day)), None)
        if pause is not None:
            return Counted(day, None, Why.PAUSED, pause.reason)
        why = self.days.reason_off(day) if unit == Unit.WORKING else None
        return None if why is None else Counted(day, None, why, self.days.holidays.get(day, ""))


def _count(trace: list[Counted], unit: Unit, length: int, here: _Place, why: Why) -> None:
    """Add the next ``length`` days that count, and those between them that do not."""
    before = max(line.number for line in trace if line.number is not None)
    done = 0
    while done < length:
        day = _next(trace)
        off = here.off(day, unit)
        done += off is None
        trace.append(off or Counted(day, before + done, why))


def _roll(trace: list[Counted], here: _Place) -> None:
    """Go on to the next day on which people work, if the last one is none."""
    while here.off(trace[-1].day, Unit.WORKING) is not None:
        trace.append(Counted(_next(trace), None, Why.ROLLED))


def _next(trace: Sequence[Counted]) -> dt.date:
    if len(trace) > LONGEST_TERM:
        raise NoEndError
    return trace[-1].day + dt.timedelta(days=1)
