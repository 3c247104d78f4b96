"""Starting, stopping and recounting clocks. Callers hold the lock of the case's assessment and record the event."""

import datetime as dt
from collections.abc import Sequence
from typing import Any

from deliberation.calendars import NO_HOLIDAYS, WEEKEND, calendar_digest, calendar_in_force, work_days
from deliberation.models import Case, Clock, DeliberationRound, WorkCalendar
from deliberation.states import ClockKind
from deliberation.terms import Counted, Due, Pause, Term, Unit, due
from stakeholders.models import Jurisdiction


def start_clock(*, case: Case, kind: ClockKind, days: int, closing_hour: int, now: dt.datetime) -> Clock:
    """Start a clock of so many calendar days, by the calendar in force."""
    jurisdiction = case.assessment.incident.jurisdiction
    clock = Clock(
        case=case,
        kind=kind,
        unit=Unit.CALENDAR,
        length=days,
        closing_hour=closing_hour,
        calendar=calendar_for(jurisdiction, now),
        started_at=now,
    )
    _write(clock, end_of(clock))
    clock.save(force_insert=True)
    return clock


def stop_clock(*, one: DeliberationRound, kind: ClockKind, at: dt.datetime) -> None:
    """Stop a clock of a round at the moment it was over or was not needed any more."""
    Clock.objects.filter(round=one, kind=kind, stopped_at__isnull=True).update(stopped_at=at)


def recount(clock: Clock, floor: dt.datetime) -> None:
    """Work out anew when a clock is over, after anything it depends on has changed; no earlier than its floor."""
    _write(clock, end_no_earlier(clock, floor))
    clock.save(update_fields=["due_at", "trace", "calendar", "kept_days", "credit_days", *EXTENSION])


def end_no_earlier(clock: Clock, floor: dt.datetime, more: Sequence[Pause] = ()) -> Due:
    """Count a clock's days, and keep as many more as it takes not to end before a moment that people were told.

    They stand in the count before all that was added, so that nothing given later is used up by them.
    """
    floor_day = floor.astimezone(clock.case.assessment.incident.jurisdiction.zone).date()
    end = end_of(clock, more)
    while end.at < floor:
        clock.kept_days += max(1, (floor_day - end.day).days)
        end = end_of(clock, more)
    return end


EXTENSION = ("extension_days", "extension_reason", "extended_by", "extended_at")


def end_of(clock: Clock, more: Sequence[Pause] = ()) -> Due:
    """Count a clock's days from its row, its pauses, and those that somebody thinks of."""
    term = Term(
        unit=Unit(clock.unit),
        length=clock.length,
        closing_hour=clock.closing_hour,
        kept=clock.kept_days,
        added=clock.extension_days,
        credit=clock.credit_days,
    )
    pauses = [] if clock.pk is None else [Pause(row.first_day, row.through, row.reason) for row in clock.pauses.all()]
    zone = clock.case.assessment.incident.jurisdiction.zone
    return due(clock.started_at, term, work_days(clock.calendar), zone, [*pauses, *more])


def calendar_for(jurisdiction: Jurisdiction, now: dt.datetime) -> WorkCalendar:
    """Return the calendar in force. A place that has adopted none has weekends and no holidays."""
    found = calendar_in_force(jurisdiction)
    if found is not None:
        return found
    weekend = list(WEEKEND)
    first, _made = WorkCalendar.objects.get_or_create(
        jurisdiction=jurisdiction,
        number=1,
        defaults={
            "source": NO_HOLIDAYS,
            "weekend": weekend,
            "sha256": calendar_digest({}, weekend),
            "created_at": now,
        },
    )
    return first


def _write(clock: Clock, end: Due) -> None:
    clock.due_at, clock.trace = end.at, lines_of(end)


def lines_of(end: Due) -> list[dict[str, Any]]:
    """Return a trace as it is stored."""
    return [_line(line) for line in end.trace]


def _line(line: Counted) -> dict[str, Any]:
    return {"day": line.day.isoformat(), "number": line.number, "why": line.why.value, "name": line.name}
