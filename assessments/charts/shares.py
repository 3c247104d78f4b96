"""C12, a person's own shares: one bar in patterns, and the same in words beside it."""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from django.utils.functional import Promise

from assessments.charts.geometry import across
from assessments.scoring.elicitation import display_percentages

Words = str | Promise
PATTERNS = 7
WHOLE = 10_000


@dataclass(frozen=True)
class Share:
    """One item's share. ``shown`` is a whole percentage; all of them add up to 100."""

    name: Words
    shown: str
    x: str
    width: str
    fill: str


@dataclass(frozen=True)
class Shares:
    """The bar and its list. ``key`` keeps the patterns of several bars on one page apart."""

    key: str
    shares: list[Share]


def shares(points: Sequence[int], names: Sequence[Words], key: str = "shares") -> Shares:
    """Lay the shares end to end in the order given."""
    percentages = display_percentages(tuple(points))
    starts = [sum(points[:place]) for place in range(len(points))]
    rows = zip(names, points, percentages, starts, strict=True)
    return Shares(key, [_share(*row, place=place, key=key) for place, row in enumerate(rows)])


def _share(name: Words, points: int, percentage: int, start: int, *, place: int, key: str) -> Share:
    return Share(
        name=name,
        shown=f"{percentage}%",
        x=across(Decimal(start) / WHOLE),
        width=across(Decimal(points) / WHOLE),
        fill=f"url(#{key}-{place % PATTERNS})",
    )
