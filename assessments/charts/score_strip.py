"""C1, the score strip: a rule from 0 to 100, the lines in force, and one labelled mark for each group.

Each mark has a row of its own, so labels never meet. Levels are reached at their line, which is drawn with a full
dot below the rule. Powers need a score above their line, which is drawn with an open dot above the marks.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Literal

from django.utils.functional import Promise
from django.utils.translation import gettext

from assessments.charts.geometry import WIDE_EMS, across, down, text_share
from assessments.charts.scale import NUMBERS_BELOW, Tick, scale
from lastvote.web.scores import out_of_100
from lastvote.web.shapes import shape_path

Words = str | Promise
HALF = Decimal("0.5")
LABEL_ROW = Decimal("1.7")
MARK_ROW = Decimal("1.8")
POOLED_ROW = Decimal("2.3")
GAP = Decimal("0.6")
LEVELS_BELOW = Decimal("2.8")
PILL_HALF = Decimal("0.12")
"""Share of the narrowest drawing that half the sign of all groups together takes."""
LETTERS_THAT_FIT_ANYWHERE = 16


@dataclass(frozen=True)
class Mark:
    """What one group's weights make of the score. ``slot`` is its colour and shape."""

    label: str
    name: Words
    slot: int
    score: Decimal


@dataclass(frozen=True)
class Line:
    """A line in force: a level is reached at it, a power opens only above it."""

    name: Words
    value: Decimal
    kind: Literal["level", "power"]


@dataclass(frozen=True)
class PlacedMark:
    """A mark with its place. Its words stand before it in the upper half of the scale, after it in the lower."""

    label: str
    name: Words
    slot: int
    path: str
    shown: str
    x: str
    y: str
    before: bool


@dataclass(frozen=True)
class Pooled:
    """All groups together: a needle down to the rule under a sign with the number, which keeps inside the drawing."""

    name: Words
    shown: str
    x: str
    y: str
    sign: Literal["start", "middle", "end"]
    before: bool


@dataclass(frozen=True)
class PlacedLine:
    """A line with its place. Phones leave a long name to the key."""

    name: Words
    kind: str
    shown: str
    x: str
    y: str
    anchor: str
    long: bool


@dataclass(frozen=True)
class StripRow:
    """One row of the table beside the strip. ``slot`` is none for all groups together."""

    label: str
    name: Words
    slot: int | None
    shown: str
    level: Words
    powers: list[Words]


@dataclass(frozen=True)
class ScoreStrip:
    """The drawing, ready to be printed, and the table that says the same."""

    headline: str
    marks: list[PlacedMark]
    pooled: Pooled | None
    levels: list[PlacedLine]
    powers: list[PlacedLine]
    ticks: list[Tick]
    marks_y: str
    axis_y: str
    ticks_y: str
    height: str
    rows: list[StripRow]


def score_strip(
    *,
    marks: Sequence[Mark],
    lines: Sequence[Line],
    pooled: Decimal | None,
    headline: str = "",
    pooled_name: Words = "",
) -> ScoreStrip:
    """Place the marks, highest first, then all groups together, between the powers above and the levels below."""
    name = pooled_name or gettext("All groups together")
    values = [line.value for line in lines]
    powers = sorted((line for line in lines if line.kind == "power"), key=lambda line: -line.value)
    levels = sorted((line for line in lines if line.kind == "level"), key=lambda line: line.value)
    ordered = sorted(marks, key=lambda mark: -mark.score)
    top = LABEL_ROW * len(powers) + GAP
    axis = top + MARK_ROW * len(ordered) + (POOLED_ROW if pooled is not None else 0) + GAP
    placed_levels, level_rows = _placed_levels(levels, axis + LEVELS_BELOW)
    return ScoreStrip(
        headline=headline or _headline(ordered, pooled, values),
        marks=[_placed(mark, top + MARK_ROW * (row + HALF), values) for row, mark in enumerate(ordered)],
        pooled=None if pooled is None else _placed_pooled(name, pooled, axis - GAP - POOLED_ROW * HALF, values),
        levels=placed_levels,
        powers=[_placed_line(line, LABEL_ROW * (row + HALF)) for row, line in enumerate(powers)],
        ticks=scale(),
        marks_y=down(top),
        axis_y=down(axis),
        ticks_y=down(axis + NUMBERS_BELOW),
        height=down(axis + LEVELS_BELOW + LABEL_ROW * (level_rows - HALF)),
        rows=_rows(marks, pooled, name, levels, powers),
    )


def _placed(mark: Mark, y: Decimal, lines: Sequence[Decimal]) -> PlacedMark:
    return PlacedMark(
        label=mark.label,
        name=mark.name,
        slot=mark.slot,
        path=shape_path(mark.slot),
        shown=out_of_100(mark.score, lines),
        x=across(mark.score),
        y=down(y),
        before=mark.score >= HALF,
    )


def _placed_pooled(name: Words, score: Decimal, y: Decimal, lines: Sequence[Decimal]) -> Pooled:
    return Pooled(
        name=name,
        shown=out_of_100(score, lines),
        x=across(score),
        y=down(y),
        sign=_anchor(score - PILL_HALF, score + PILL_HALF),
        before=score >= HALF,
    )


def _placed_line(line: Line, y: Decimal, anchor: str | None = None) -> PlacedLine:
    return PlacedLine(
        name=line.name,
        kind=line.kind,
        shown=out_of_100(line.value),
        x=across(line.value),
        y=down(y),
        anchor=anchor or ("end" if line.value >= HALF else "start"),
        long=len(str(line.name)) > LETTERS_THAT_FIT_ANYWHERE,
    )


def _placed_levels(levels: Sequence[Line], first_row: Decimal) -> tuple[list[PlacedLine], int]:
    """Put each level into the first row where its words meet no others: numbers on a phone, names too when wider."""
    ends: list[Decimal] = []
    placed = []
    for line in levels:
        shown = out_of_100(line.value)
        half = max(text_share(f"{shown} "), text_share(f"{shown} {line.name} ", WIDE_EMS)) / 2
        start, end = line.value - half, line.value + half
        row = next((row for row, taken in enumerate(ends) if taken <= start), len(ends))
        ends[row : row + 1] = [end]
        placed.append(_placed_line(line, first_row + LABEL_ROW * row, _anchor(start, end)))
    return placed, len(ends)


def _anchor(start: Decimal, end: Decimal) -> Literal["start", "middle", "end"]:
    if start < 0:
        return "start"
    return "end" if end > 1 else "middle"


def _rows(
    marks: Sequence[Mark], pooled: Decimal | None, pooled_name: Words, levels: Sequence[Line], powers: Sequence[Line]
) -> list[StripRow]:
    """Groups in their usual order, all groups together last."""
    values = [line.value for line in (*levels, *powers)]
    named: list[tuple[str, Words, int | None, Decimal]] = [(m.label, m.name, m.slot, m.score) for m in marks]
    if pooled is not None:
        named.append(("", pooled_name, None, pooled))
    return [
        StripRow(label, name, slot, out_of_100(score, values), _level(score, levels), _opened(score, powers))
        for label, name, slot, score in named
    ]


def _level(score: Decimal, levels: Sequence[Line]) -> Words:
    reached = [line.name for line in levels if score >= line.value]
    return reached[-1] if reached else gettext("None")


def _opened(score: Decimal, powers: Sequence[Line]) -> list[Words]:
    """Name what the score opens; exactly at a line it opens nothing, and says so."""
    above: list[Words] = [line.name for line in reversed(powers) if score > line.value]
    at = [line for line in powers if score == line.value]
    sentences = [
        gettext("At the line of %(line)s, not above it: %(name)s stays closed")
        % {"line": out_of_100(line.value), "name": line.name}
        for line in at
    ]
    return above + sentences or [gettext("None")]


def _headline(ordered: Sequence[Mark], pooled: Decimal | None, lines: Sequence[Decimal]) -> str:
    if len(ordered) > 1:
        words = {"low": out_of_100(ordered[-1].score, lines), "high": out_of_100(ordered[0].score, lines)}
        return gettext("%(low)s to %(high)s out of 100, depending on whose weights are used.") % words
    score = pooled if pooled is not None else ordered[0].score
    return gettext("%(score)s out of 100.") % {"score": out_of_100(score, lines)}
