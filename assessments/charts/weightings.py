"""C11, one past case under many weightings: a row for each, its score as a mark, what the evaluators leave as a bar.

A past case has no month, so each level's line stands at two places: where the roadmap starts and where it ends. What
lies between is a band. Right of a band the level is reached at both ends, inside it at one of them.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from django.utils.functional import Promise
from django.utils.translation import gettext

from assessments.charts.geometry import across, down
from assessments.charts.scale import NUMBERS_BELOW, Tick, scale
from lastvote.web.scores import out_of_100
from lastvote.web.shapes import shape_path

Words = str | Promise
ROW = Decimal("2.9")
TEXT = Decimal("1.1")
MARK = Decimal("2.0")
LABEL_ROW = Decimal("1.7")
GAP = Decimal("0.6")
HALF = Decimal("0.5")
LETTERS_THAT_FIT_ANYWHERE = 24


@dataclass(frozen=True)
class WeightedScore:
    """What one weighting makes of the case. ``slot`` is the group's colour and shape, none for all others.

    ``short`` takes the place of a long name on a phone.
    ``low`` and ``high`` are the edges that the evaluators' different ratings leave, none where there are none.
    ``told`` are further cells of the table row, in the order of the chart's ``titles``.
    """

    name: Words
    short: Words
    label: str
    slot: int | None
    score: Decimal
    low: Decimal | None
    high: Decimal | None
    told: tuple[Words, ...] = ()


@dataclass(frozen=True)
class Band:
    """A level's line at both ends of the roadmap."""

    name: Words
    start: Decimal
    end: Decimal


@dataclass(frozen=True)
class PlacedScore:
    """A row with its place, and the words of its table row."""

    name: Words
    short: Words
    label: str
    slot: int | None
    path: str
    shown: str
    low: str
    high: str
    x: str
    bar_x: str
    bar_width: str
    text_y: str
    y: str
    told: list[tuple[Words, Words]]


@dataclass(frozen=True)
class PlacedBand:
    """A band with its place and both its lines as people read them."""

    name: Words
    start: str
    end: str
    start_x: str
    end_x: str
    x: str
    width: str
    label_x: str
    label_y: str
    anchor: str


@dataclass(frozen=True)
class Weightings:
    """The drawing, ready to be printed, and the table that says the same."""

    headline: str
    rows: list[PlacedScore]
    bands: list[PlacedBand]
    ticks: list[Tick]
    titles: tuple[Words, ...]
    axis_y: str
    ticks_y: str
    height: str


def weightings(
    *,
    rows: Sequence[WeightedScore],
    bands: Sequence[Band],
    lines: Sequence[Decimal],
    titles: tuple[Words, ...] = (),
    headline: str = "",
) -> Weightings:
    """Place one row under the other, over the bands; ``lines`` are those that no rounding may cross."""
    axis = ROW * len(rows) + GAP
    return Weightings(
        headline=headline or _headline(rows, lines),
        rows=[_placed(row, place, lines, titles) for place, row in enumerate(rows)],
        bands=[_band(band, axis + Decimal("2.8") + LABEL_ROW * place) for place, band in enumerate(bands)],
        ticks=scale(),
        titles=titles,
        axis_y=down(axis),
        ticks_y=down(axis + NUMBERS_BELOW),
        height=down(axis + Decimal("2.8") + LABEL_ROW * (len(bands) - HALF)),
    )


def _placed(row: WeightedScore, place: int, lines: Sequence[Decimal], titles: tuple[Words, ...]) -> PlacedScore:
    low, high = row.low if row.low is not None else row.score, row.high if row.high is not None else row.score
    return PlacedScore(
        name=row.name,
        short=row.short if len(str(row.name)) > LETTERS_THAT_FIT_ANYWHERE else "",
        label=row.label,
        slot=row.slot,
        path="" if row.slot is None else shape_path(row.slot),
        shown=out_of_100(row.score, lines),
        low="" if row.low is None else out_of_100(row.low, lines),
        high="" if row.high is None else out_of_100(row.high, lines),
        x=across(row.score),
        bar_x=across(low),
        bar_width=across(high - low),
        text_y=down(ROW * place + TEXT),
        y=down(ROW * place + MARK),
        told=list(zip(titles, row.told, strict=True)),
    )


def _band(band: Band, y: Decimal) -> PlacedBand:
    low, high = sorted((band.start, band.end))
    return PlacedBand(
        name=band.name,
        start=out_of_100(band.start),
        end=out_of_100(band.end),
        start_x=across(band.start),
        end_x=across(band.end),
        x=across(low),
        width=across(high - low),
        label_x=across(high if low >= HALF else low),
        label_y=down(y),
        anchor="end" if low >= HALF else "start",
    )


def _headline(rows: Sequence[WeightedScore], lines: Sequence[Decimal]) -> str:
    low, high = (out_of_100(edge, lines) for edge in (min(row.score for row in rows), max(row.score for row in rows)))
    if low == high:
        return gettext("%(score)s out of 100 under every weighting.") % {"score": low}
    return gettext("%(low)s to %(high)s out of 100 under different weightings.") % {"low": low, "high": high}
