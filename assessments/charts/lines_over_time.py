"""C7, how the lines move along the roadmap: three curves from their first to their full value, and today's place."""

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from django.utils.formats import date_format
from django.utils.functional import Promise
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from assessments.charts.geometry import across
from assessments.scoring.lines import MONTHS_A_YEAR, Lines, lines_in_month, whole_months
from assessments.scoring.parameters import LEVELS, Parameters
from lastvote.web.scores import out_of_100

NAMED_MONTHS = 24
"""Every other year has its name under the drawing; all are in the table."""
EDGE = Decimal("0.15")
LEVEL_NAMES: dict[str, Promise] = {"L": _("Low"), "M": _("Moderate"), "H": _("High")}


@dataclass(frozen=True)
class Curve:
    """One level's line. ``points`` are for a square of 100 by 100, with 100 at the bottom."""

    code: str
    name: str | Promise
    points: str
    first: str
    last: str
    first_y: str
    last_y: str


@dataclass(frozen=True)
class Cell:
    """A line and the certainty asked for, at one moment."""

    name: str | Promise
    line: str
    alpha: str


@dataclass(frozen=True)
class Moment:
    """A row of the table, and a date under the drawing."""

    month: int
    words: str
    x: str
    anchor: str
    is_named: bool
    is_today: bool
    cells: list[Cell]


@dataclass(frozen=True)
class LinesOverTime:
    """The drawing, ready to be printed, and the table that says the same."""

    headline: str
    curves: list[Curve]
    moments: list[Moment]
    today: Moment | None
    top_at_end: bool
    """The top of the scale is named at the end that today's date leaves free."""


def lines_over_time(*, parameters: Parameters, start: dt.date, today: dt.date, headline: str = "") -> LinesOverTime:
    """Draw every month of the roadmap; the table has each year, and today if the roadmap has begun."""
    length = parameters.roadmap_months
    monthly = [lines_in_month(month, parameters) for month in range(length + 1)]
    month = whole_months(start, today)
    marked = _moment(min(month, length), start, monthly, is_today=True) if month >= 0 else None
    years = [_moment(year, start, monthly) for year in range(0, length + 1, MONTHS_A_YEAR)]
    return LinesOverTime(
        headline=headline or _headline(monthly[min(max(month, 0), length)]),
        curves=[_curve(code, monthly) for code in LEVELS],
        moments=sorted([*years, marked] if marked else years, key=lambda moment: (moment.month, moment.is_today)),
        today=marked,
        top_at_end=marked is not None and 2 * marked.month < length,
    )


def _curve(code: str, monthly: Sequence[Lines]) -> Curve:
    values = [lines.s[code] for lines in monthly]
    last_month = max(len(values) - 1, 1)
    points = " ".join(
        f"{Decimal(month) * 100 / last_month:.2f},{100 - value * 100:.2f}" for month, value in enumerate(values)
    )
    return Curve(
        code=code,
        name=LEVEL_NAMES[code],
        points=points,
        first=out_of_100(values[0]),
        last=out_of_100(values[-1]),
        first_y=across(1 - values[0]),
        last_y=across(1 - values[-1]),
    )


def _moment(month: int, start: dt.date, monthly: Sequence[Lines], *, is_today: bool = False) -> Moment:
    length = len(monthly) - 1
    years, months = divmod(start.month - 1 + month, MONTHS_A_YEAR)
    lines = monthly[month]
    return Moment(
        month=month,
        words=date_format(dt.date(start.year + years, months + 1, 1), "M Y"),
        x=across(Decimal(month) / max(length, 1)),
        anchor=_anchor(Decimal(month) / max(length, 1)),
        is_named=month % NAMED_MONTHS == 0 or month == length,
        is_today=is_today,
        cells=[
            Cell(LEVEL_NAMES[code], out_of_100(lines.s[code]), f"{lines.alpha[code] * 100:.1f}%") for code in LEVELS
        ],
    )


def _anchor(share: Decimal) -> str:
    """Words near an end of the drawing keep inside it."""
    if share < EDGE:
        return "start"
    return "end" if share > 1 - EDGE else "middle"


def _headline(now: Lines) -> str:
    words = {code: out_of_100(now.s[code]) for code in LEVELS}
    return gettext("Today the lines stand at %(L)s for Low, %(M)s for Moderate and %(H)s for High.") % words
