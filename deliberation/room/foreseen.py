"""How the days of a round of talks would move, worked out before anybody decides it. Nothing is saved."""

import datetime as dt
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from django.utils.functional import Promise

from deliberation.actions.clocks import end_no_earlier, lines_of
from deliberation.models import Clock, ClockPause, DeliberationRound
from deliberation.room.days import PARTS, Day, days_of
from deliberation.room.reads import clocks_of
from deliberation.terms import Pause


@dataclass(frozen=True)
class Moved:
    """One part of the round: its end until now, its end then, and day by day how that is counted."""

    name: str | Promise
    before: dt.datetime
    after: dt.datetime
    days: Sequence[Day]


def with_more_days(one: DeliberationRound, days: int, now: dt.datetime) -> list[Moved]:
    """Return the days with an extension of so many."""

    def longer(clock: Clock) -> Sequence[Pause]:
        clock.extension_days = days
        return ()

    return _moved(one, longer, now)


def with_pause(one: DeliberationRound, reason: str, first: dt.date, last: dt.date, now: dt.datetime) -> list[Moved]:
    """Return the days with a further pause."""
    return _moved(one, lambda _clock: [Pause(first, last, reason)], now)


def with_pause_ended(one: DeliberationRound, running: Sequence[ClockPause], now: dt.datetime) -> list[Moved]:
    """Return the days with a pause that ends today instead of later. No end comes before what it was without it."""
    today = now.astimezone(one.case.assessment.incident.jurisdiction.zone).date()
    floors = {row.clock_id: row.due_before for row in running if row.due_before}

    def sooner(clock: Clock) -> Sequence[Pause]:
        for row in clock.pauses.all():
            if row.can_end_early(today):
                row.ended_on = today
        return ()

    return _moved(one, sooner, now, floors)


def with_days_back(one: DeliberationRound, days: int, now: dt.datetime) -> list[Moved]:
    """Return the days with so many given back."""

    def later(clock: Clock) -> Sequence[Pause]:
        clock.credit_days += days
        return ()

    return _moved(one, later, now)


def _moved(
    one: DeliberationRound,
    change: Callable[[Clock], Sequence[Pause]],
    now: dt.datetime,
    floors: Mapping[int, dt.datetime] | None = None,
) -> list[Moved]:
    """Count the parts that are not over after a change; no day becomes an earlier one, except down to its floor."""
    rows = []
    for clock in clocks_of(one):
        if clock.can_move(now):
            clock.case = one.case
            before = clock.due_at
            end = end_no_earlier(clock, (floors or {}).get(clock.pk, before), change(clock))
            rows.append(Moved(PARTS[clock.kind], before, end.at, days_of(lines_of(end))))
    return rows
