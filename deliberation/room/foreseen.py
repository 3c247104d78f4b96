"""How the days of a round of talks would move, worked out before anybody decides it. Nothing is saved."""

import datetime as dt
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from django.utils.functional import Promise

from deliberation.actions.clocks import end_of, lines_of
from deliberation.models import Clock, DeliberationRound
from deliberation.room.days import PARTS, Day, days_of
from deliberation.room.reads import clocks_of
from deliberation.terms import Due, Pause


@dataclass(frozen=True)
class Moved:
    """One part of the round: its end until now, its end then, and day by day how that is counted."""

    name: str | Promise
    before: dt.datetime
    after: dt.datetime
    days: Sequence[Day]


def with_more_days(one: DeliberationRound, days: int, now: dt.datetime) -> list[Moved]:
    """Return the days with an extension of so many."""

    def longer(clock: Clock) -> Due:
        clock.extension_days = days
        return end_of(clock)

    return _moved(one, longer, now)


def with_pause(one: DeliberationRound, reason: str, first: dt.date, last: dt.date, now: dt.datetime) -> list[Moved]:
    """Return the days with a further pause."""
    return _moved(one, lambda clock: end_of(clock, [Pause(first, last, reason)]), now)


def with_days_back(one: DeliberationRound, days: int, now: dt.datetime) -> list[Moved]:
    """Return the days with so many given back."""

    def later(clock: Clock) -> Due:
        clock.credit_days += days
        return end_of(clock)

    return _moved(one, later, now)


def _moved(one: DeliberationRound, count: Callable[[Clock], Due], now: dt.datetime) -> list[Moved]:
    """Count the parts that are not over; a day never becomes an earlier one."""
    rows = []
    for clock in clocks_of(one):
        if clock.can_move(now):
            clock.case = one.case
            before, end = clock.due_at, count(clock)
            rows.append(Moved(PARTS[clock.kind], before, max(before, end.at), days_of(lines_of(end))))
    return rows
