"""Figures of the same thing that differ. They stand beside each other, each with its date; nobody picks or merges."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass

from assessments.models import EvidenceItem
from assessments.states import Visibility
from deliberation.evidence import plain


@dataclass(frozen=True)
class OneFigure:
    """What one row of evidence says."""

    number: int
    low: str
    high: str
    as_of: str


@dataclass(frozen=True)
class FigureSet:
    """Different figures of one thing, in the order of their evidence."""

    figure_of: str
    unit: str
    figures: tuple[OneFigure, ...]


def figures_beside(items: Iterable[EvidenceItem]) -> list[FigureSet]:
    """Return every thing that is counted in one unit by several rows which do not agree. Withheld rows stay out."""
    counted: dict[tuple[str, str], list[EvidenceItem]] = defaultdict(list)
    for item in items:
        if item.figure_of and item.low is not None and item.visibility == Visibility.PUBLIC:
            counted[_plain(item.figure_of), _plain(item.unit)].append(item)
    return [_set(same) for same in counted.values() if len({(item.low, item.high) for item in same}) > 1]


def _set(items: list[EvidenceItem]) -> FigureSet:
    figures = [
        OneFigure(item.number, plain(item.low), plain(item.high), item.as_of_words)
        for item in items
        if item.low is not None and item.high is not None
    ]
    return FigureSet(items[0].figure_of, items[0].unit, tuple(figures))


def _plain(words: str) -> str:
    return " ".join(words.casefold().split())
