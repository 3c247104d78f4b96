"""C2, the weights strip: for each item the share of the weight that every group gives it. No average is drawn.

Marks that stand close go under one another, so that every group keeps its letters.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from math import ceil

from django.utils.functional import Promise
from django.utils.translation import gettext

from assessments.charts.geometry import across, down, text_share
from assessments.charts.scale import NUMBERS_BELOW, Tick
from assessments.scoring.elicitation import display_percentages
from lastvote.web.shapes import shape_path

Words = str | Promise
NAME_ROW = Decimal("1.6")
TEXT = Decimal("1.1")
LANE = Decimal("1.5")
AFTER = Decimal("0.7")
HALF = Decimal("0.5")
WHOLE = 10_000
ALL = 100
STEPS = 5
MARK_ROOM = text_share("AA") + Decimal("0.09")
"""Share of the narrowest drawing that a mark with its two letters takes."""


@dataclass(frozen=True)
class GroupWeights:
    """One group and its points of 10,000, in the order of the items."""

    label: str
    name: Words
    slot: int
    points: tuple[int, ...]


@dataclass(frozen=True)
class Mark:
    """One group's share of one item, with its place."""

    label: str
    slot: int
    path: str
    shown: str
    x: str
    y: str
    before: bool


@dataclass(frozen=True)
class Row:
    """One item with its marks, and the words of its table row. ``cells`` have one share for each group."""

    name: Words
    wide: bool
    text_y: str
    rule_y: str
    marks: list[Mark]
    cells: list[tuple[GroupWeights, str]]
    spread: str


@dataclass(frozen=True)
class WeightsStrip:
    """The drawing, ready to be printed, and the table that says the same."""

    headline: str
    groups: Sequence[GroupWeights]
    rows: list[Row]
    ticks: list[Tick]
    axis_y: str
    ticks_y: str
    height: str


def weights_strip(
    *,
    items: Sequence[Words],
    groups: Sequence[GroupWeights],
    spreads: Sequence[Decimal],
    wide: Sequence[int],
    only: int | None = None,
) -> WeightsStrip:
    """Place one row for each item, or for one alone, on the axis that all of them share.

    Parameters
    ----------
    spreads : standard deviations of shares
    wide : the flagged places
    only : the one place that is drawn
    """
    shares = [display_percentages(group.points) for group in groups]
    end = _end(max(max(group.points) for group in groups))
    drawn = range(len(items)) if only is None else (only,)
    rows, y = [], Decimal(0)
    for place in drawn:
        name = items[place]
        lanes = _lanes([Decimal(group.points[place]) / WHOLE / end for group in groups])
        marks = [
            _mark(group, place, end, f"{share[place]}%", y + NAME_ROW + LANE * (lane + HALF))
            for group, share, lane in zip(groups, shares, lanes, strict=True)
        ]
        below = y + NAME_ROW + LANE * (max(lanes) + 1)
        rows.append(
            Row(
                name=name,
                wide=place in wide,
                text_y=down(y + TEXT),
                rule_y=down(below),
                marks=marks,
                cells=[(group, mark.shown) for group, mark in zip(groups, marks, strict=True)],
                spread=f"{spreads[place] * ALL:.1f}",
            )
        )
        y = below + AFTER
    return WeightsStrip(
        headline=_headline(items, shares, spreads, drawn),
        groups=groups,
        rows=rows,
        ticks=[_tick(step, end) for step in range(STEPS + 1)],
        axis_y=down(y),
        ticks_y=down(y + NUMBERS_BELOW),
        height=down(y + Decimal("1.8")),
    )


def _end(largest: int) -> Decimal:
    """Where the drawing ends: the next fifth of the whole, so that marks use the width."""
    return Decimal(ceil(Decimal(largest * STEPS) / WHOLE)) / STEPS


def _lanes(places: Sequence[Decimal]) -> list[int]:
    """Give each mark the first lane in which it meets no other."""
    taken: list[list[Decimal]] = []
    lanes = []
    for place in places:
        free = next((lane for lane, others in enumerate(taken) if _is_free(place, others)), len(taken))
        taken[free:] = [[*(taken[free] if free < len(taken) else []), place], *taken[free + 1 :]]
        lanes.append(free)
    return lanes


def _is_free(place: Decimal, others: Sequence[Decimal]) -> bool:
    return all(abs(_start(place) - _start(other)) >= MARK_ROOM for other in others)


def _start(place: Decimal) -> Decimal:
    """Where a mark begins: its letters stand before it in the right half."""
    return place - MARK_ROOM if place >= HALF else place


def _mark(group: GroupWeights, place: int, end: Decimal, shown: str, y: Decimal) -> Mark:
    x = Decimal(group.points[place]) / WHOLE / end
    return Mark(group.label, group.slot, shape_path(group.slot), shown, across(x), down(y), before=x >= HALF)


def _tick(step: int, end: Decimal) -> Tick:
    anchor = {0: "start", STEPS: "end"}.get(step, "middle")
    return Tick(f"{(end * ALL * step / STEPS).normalize():f}", across(Decimal(step) / STEPS), anchor)


def _headline(
    items: Sequence[Words], shares: Sequence[tuple[int, ...]], spreads: Sequence[Decimal], drawn: Sequence[int]
) -> str:
    widest = max(drawn, key=lambda place: spreads[place])
    low, high = (edge(row[widest] for row in shares) for edge in (min, max))
    words = {"name": items[widest], "low": low, "high": high}
    if len(drawn) == 1 and len(items) > 1:
        return gettext("%(name)s: groups give it %(low)d%% to %(high)d%% of the weight.") % words
    if low == high:
        return gettext("All groups give every item the same weight; %(name)s gets %(low)d%%.") % words
    return gettext("Groups differ most about %(name)s: %(low)d%% to %(high)d%% of the weight.") % words
