"""C6, what adds to the score: a bar for each item, starting where the one before it ended, and the rest to 100."""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from django.utils.functional import Promise
from django.utils.translation import gettext

from assessments.charts.geometry import across, down
from lastvote.web.scores import out_of_100, percent

Words = str | Promise
ROW = Decimal("2.9")
TEXT = Decimal("1.1")
BAR = Decimal("1.55")
BAR_HEIGHT = Decimal("0.95")


@dataclass(frozen=True)
class Part:
    """One item: its pooled weight in points of 10,000, its rating, and what it adds to the score."""

    name: Words
    weight_points: int
    rating: Decimal
    part: Decimal


@dataclass(frozen=True)
class Bar:
    """A part with its place, and the words of its table row."""

    name: Words
    weight: str
    rating: str
    shown: str
    x: str
    width: str
    text_y: str
    bar_y: str
    end: str
    step_y: str


@dataclass(frozen=True)
class Contributions:
    """The drawing, ready to be printed, and the table that says the same."""

    headline: str
    bars: list[Bar]
    rest: Bar
    score: str
    bar_height: str
    height: str


def contributions(rows: Sequence[Part], score: Decimal, headline: str = "") -> Contributions:
    """Stack the parts from left to right; ``score`` is published, so the rest starts exactly there."""
    starts = [sum((row.part for row in rows[:place]), Decimal(0)) for place in range(len(rows))]
    bars = [_bar(row, start, place) for place, (row, start) in enumerate(zip(rows, starts, strict=True))]
    return Contributions(
        headline=headline or _headline(rows, score),
        bars=bars,
        rest=_placed(gettext("Rest to 100"), score, 1 - score, len(rows)),
        score=out_of_100(score),
        bar_height=down(BAR_HEIGHT),
        height=down(ROW * (len(rows) + 1)),
    )


def _bar(row: Part, start: Decimal, place: int) -> Bar:
    weight, rating = f"{percent(row.weight_points)}%", out_of_100(row.rating)
    return _placed(row.name, start, row.part, place, weight=weight, rating=rating)


def _placed(name: Words, start: Decimal, part: Decimal, place: int, *, weight: str = "", rating: str = "") -> Bar:
    return Bar(
        name=name,
        weight=weight,
        rating=rating,
        shown=out_of_100(part),
        x=across(start),
        width=across(max(part, Decimal(0))),
        text_y=down(ROW * place + TEXT),
        bar_y=down(ROW * place + BAR),
        end=across(start + part),
        step_y=down(ROW * (place + 1) + BAR + BAR_HEIGHT),
    )


def _headline(rows: Sequence[Part], score: Decimal) -> str:
    largest = max(rows, key=lambda row: row.part)
    words = {"name": largest.name, "part": out_of_100(largest.part), "score": out_of_100(score)}
    return gettext("%(name)s adds most: %(part)s of %(score)s.") % words
