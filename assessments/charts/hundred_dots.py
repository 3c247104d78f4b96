"""C5, a hundred dots: a hundred equally likely weightings, each standing at the score that it gives.

Filled squares reach the line, hollow circles do not. No heap lies on both sides of the line.
"""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from math import floor

from django.utils.functional import Promise
from django.utils.translation import gettext, ngettext

from assessments.charts.geometry import across, down
from assessments.charts.scale import NUMBERS_BELOW, Tick, scale
from lastvote.web.scores import out_of_100

Words = str | Promise
HEAP = Decimal("0.04")
"""Scores that one heap takes together."""
DOT = Decimal("0.72")
HIGHEST = Decimal(16)
LABEL_ROW = Decimal("1.9")
HALF = Decimal("0.5")


@dataclass(frozen=True)
class Dot:
    """One weighting with its place."""

    x: str
    y: str
    reached: bool


@dataclass(frozen=True)
class Heap:
    """The dots of one stretch of scores, and the words of its table row."""

    start: str
    end: str
    count: int
    reached: bool
    dots: list[Dot]


@dataclass(frozen=True)
class HundredDots:
    """The drawing, ready to be printed, and the table that says the same."""

    headline: str
    line: str
    line_name: Words
    line_x: str
    anchor: str
    line_y: str
    heaps: list[Heap]
    ticks: list[Tick]
    top_y: str
    axis_y: str
    ticks_y: str
    height: str


def hundred_dots(*, scores: Sequence[Decimal], line: Decimal, line_name: Words) -> HundredDots:
    """Heap up the scores from both sides of the line."""
    places = [floor((score - line) / HEAP) for score in scores]
    counts = Counter(places)
    step = min(DOT, HIGHEST / max(counts.values()))
    axis = LABEL_ROW + step * max(counts.values()) + Decimal("0.5")
    return HundredDots(
        headline=_headline(sum(score >= line for score in scores), len(scores), line, line_name),
        line=out_of_100(line),
        line_name=line_name,
        line_x=across(line),
        anchor="end" if line >= HALF else "start",
        line_y=down(LABEL_ROW / 2),
        heaps=[_heap(place, counts[place], line, axis, step) for place in sorted(counts)],
        ticks=scale(),
        top_y=down(LABEL_ROW),
        axis_y=down(axis),
        ticks_y=down(axis + NUMBERS_BELOW),
        height=down(axis + Decimal("1.8")),
    )


def _heap(place: int, count: int, line: Decimal, axis: Decimal, step: Decimal) -> Heap:
    start = line + place * HEAP
    low, high = max(start, Decimal(0)), min(start + HEAP, Decimal(1))
    middle = across((low + high) / 2)
    return Heap(
        start=out_of_100(low),
        end=out_of_100(high),
        count=count,
        reached=place >= 0,
        dots=[Dot(middle, down(axis - step * (number + HALF)), place >= 0) for number in range(count)],
    )


def _headline(reached: int, count: int, line: Decimal, name: Words) -> str:
    words = {"reached": reached, "count": count, "line": out_of_100(line).removesuffix(".0"), "name": name}
    sentence = ngettext(
        "%(reached)d of %(count)d possible weightings scores %(line)s or more (%(name)s).",
        "%(reached)d of %(count)d possible weightings score %(line)s or more (%(name)s).",
        reached,
    )
    return (
        sentence if reached else gettext("None of %(count)d possible weightings reaches %(line)s (%(name)s).")
    ) % words
