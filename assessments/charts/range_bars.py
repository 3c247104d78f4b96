"""C4, range bars: how far one weight alone moves the score, from none of the weight on it to all of it.

The others share what is left in their proportion. The widest bar comes first, because it is where a score owes most to
whose weights were used. A bar meets a line at one share of the weight; that share stands below the place.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from typing import Literal

from django.utils.functional import Promise
from django.utils.translation import gettext

from assessments.charts.geometry import across, down
from assessments.charts.scale import NUMBERS_BELOW, Tick, scale
from assessments.scoring.arithmetic import half_up
from lastvote.web.scores import out_of_100

Words = str | Promise
ROW = Decimal("4.4")
TEXT = Decimal("1.1")
BAR = Decimal("1.75")
BAR_HEIGHT = Decimal("0.8")
SHARE = Decimal("3.55")
LABEL_ROW = Decimal("1.7")
HALF = Decimal("0.5")
GAP = Decimal("0.4")


@dataclass(frozen=True)
class Weight:
    """One item: its share of the weight now, the score with none and with all of the weight on it.

    ``meets`` has the share of the weight at which the score meets a line, by the line's place; none
    where it never does.
    """

    name: Words
    share: Fraction
    without: Decimal
    alone: Decimal
    meets: Mapping[int, Fraction | None]


@dataclass(frozen=True)
class NamedLine:
    """A line that bars may meet."""

    name: Words
    value: Decimal


@dataclass(frozen=True)
class Meeting:
    """Where a bar meets a line, and the share of the weight that it takes."""

    x: str
    shown: str
    anchor: Literal["start", "end"]


@dataclass(frozen=True)
class Bar:
    """A weight with its place, and the words of its table row; ``cells`` has one for each line."""

    name: Words
    share: str
    without: str
    alone: str
    low: str
    high: str
    shown: str
    x: str
    width: str
    text_y: str
    bar_y: str
    middle_y: str
    share_y: str
    meetings: list[Meeting]
    cells: list[tuple[str, str]]


@dataclass(frozen=True)
class PlacedLine:
    """A line with its place."""

    name: Words
    shown: str
    x: str
    y: str
    anchor: Literal["start", "end"]


@dataclass(frozen=True)
class RangeBars:
    """The drawing, ready to be printed, and the table that says the same."""

    headline: str
    bars: list[Bar]
    lines: list[PlacedLine]
    ticks: list[Tick]
    titles: list[str]
    now: str
    now_x: str
    bar_height: str
    top_y: str
    axis_y: str
    ticks_y: str
    height: str


def range_bars(
    *, weights: Sequence[Weight], now: Decimal, lines: Sequence[NamedLine], all_lines: Sequence[Decimal] = ()
) -> RangeBars:
    """Place one bar for each item; ``lines`` are at most two, ``all_lines`` those that no rounding may cross."""
    known = [*all_lines, *(line.value for line in lines)]
    titles = [gettext("Meets %(line)s at") % {"line": out_of_100(line.value)} for line in lines]
    ordered = sorted(weights, key=lambda one: -abs(one.alone - one.without))
    top = LABEL_ROW * len(lines) + GAP
    axis = top + ROW * len(ordered)
    return RangeBars(
        headline=_headline(ordered, known),
        bars=[_bar(one, top + ROW * place, lines, titles, known) for place, one in enumerate(ordered)],
        lines=[_line(line, LABEL_ROW * (place + HALF)) for place, line in enumerate(lines)],
        ticks=scale(),
        titles=titles,
        now=out_of_100(now, known),
        now_x=across(now),
        bar_height=down(BAR_HEIGHT),
        top_y=down(top),
        axis_y=down(axis),
        ticks_y=down(axis + NUMBERS_BELOW),
        height=down(axis + Decimal("1.8")),
    )


def percent_of(share: Fraction) -> str:
    """Write a share of the weight; only none is 0% and only all is 100%."""
    if share in {0, 1}:
        return f"{share * 100}%"
    return f"{min(max(round(share * 100), 1), 99)}%"


def _bar(weight: Weight, top: Decimal, lines: Sequence[NamedLine], titles: list[str], known: list[Decimal]) -> Bar:
    low, high = sorted((weight.without, weight.alone))
    met = [weight.meets.get(place) for place in range(len(lines))]
    return Bar(
        name=weight.name,
        share=percent_of(weight.share),
        without=_shown(weight.without, known),
        alone=_shown(weight.alone, known),
        low=_shown(low, known),
        high=_shown(high, known),
        shown=_span(_shown(low, known), _shown(high, known)),
        x=across(low),
        width=across(high - low),
        text_y=down(top + TEXT),
        bar_y=down(top + BAR),
        middle_y=down(top + BAR + BAR_HEIGHT / 2),
        share_y=down(top + SHARE),
        meetings=[
            Meeting(across(line.value), percent_of(share), "end" if place == 0 and len(lines) > 1 else "start")
            for place, (line, share) in enumerate(zip(lines, met, strict=True))
            if share is not None
        ],
        cells=[(title, "–" if share is None else percent_of(share)) for title, share in zip(titles, met, strict=True)],
    )


def _span(low: str, high: str) -> str:
    return low if low == high else gettext("%(low)s to %(high)s") % {"low": low, "high": high}


def _shown(score: Decimal, lines: list[Decimal]) -> str:
    return out_of_100(half_up(score), lines)


def _line(line: NamedLine, y: Decimal) -> PlacedLine:
    return PlacedLine(
        line.name, out_of_100(line.value), across(line.value), down(y), "end" if line.value >= HALF else "start"
    )


def _headline(ordered: Sequence[Weight], lines: list[Decimal]) -> str:
    widest = ordered[0]
    low, high = (_shown(edge, lines) for edge in sorted((widest.without, widest.alone)))
    if low == high:
        return gettext("No single weight moves the score from %(score)s out of 100.") % {"score": low}
    words = {"name": widest.name, "low": low, "high": high}
    return gettext("%(name)s can move the score most: from %(low)s to %(high)s out of 100.") % words
