"""The days of a round of talks: when each part ends, and day by day how that was counted."""

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.utils.formats import date_format
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from deliberation.models import Clock, ClockPause
from deliberation.states import ClockKind, PauseReason
from deliberation.terms import Why

PARTS: dict[str, Promise] = {
    ClockKind.STATEMENTS: gettext_lazy("Groups say why they differ"),
    ClockKind.SESSION: gettext_lazy("Groups meet"),
    ClockKind.ANSWERS: gettext_lazy("People keep or change their answers"),
}
WHY: dict[str, Promise] = {
    Why.START: gettext_lazy("the round was convened"),
    Why.COUNTED: gettext_lazy("counts"),
    Why.WEEKEND: gettext_lazy("weekend, does not count"),
    Why.HOLIDAY: gettext_lazy("public holiday, does not count"),
    Why.PAUSED: gettext_lazy("paused, does not count"),
    Why.ROLLED: gettext_lazy("the last day was no working day, so this one follows"),
    Why.KEPT: gettext_lazy("stays, because people had been told a later day"),
    Why.CREDIT: gettext_lazy("given back, because people could not reach the site"),
    Why.EXTENDED: gettext_lazy("given by the extension"),
}


@dataclass(frozen=True)
class Day:
    """One line of the count: the day, its number if it has one, and why it counts or does not."""

    day: str
    number: int | None
    why: str


@dataclass(frozen=True)
class Part:
    """One part of the round, the end that people go by, and how it came about."""

    kind: str
    name: str | Promise
    due_at: dt.datetime
    over: bool
    days: Sequence[Day]
    extended: str
    pauses: Sequence[ClockPause]


def parts_of(clocks: Sequence[Clock], now: dt.datetime) -> list[Part]:
    """Return the parts in their order."""
    return [
        Part(
            clock.kind, PARTS[clock.kind], clock.due_at, now >= clock.due_at,
            days_of(clock.trace), clock.extension_reason, list(clock.pauses.all()),
        )
        for clock in clocks
    ]  # fmt: skip


def days_of(trace: Sequence[dict[str, Any]]) -> list[Day]:
    """Return a stored count in words, one line for each day."""
    return [_day(line) for line in trace]


def _day(line: dict[str, str | int | None]) -> Day:
    why = str(WHY[str(line["why"])])
    name = PauseReason(str(line["name"])).label if line["why"] == Why.PAUSED else line["name"]
    if name:
        why = _("%(why)s: %(name)s") % {"why": why, "name": name}
    number = line["number"] if isinstance(line["number"], int) else None
    return Day(date_format(dt.date.fromisoformat(str(line["day"])), "l j F Y"), number, why)
