"""What a year of cases looked like: plain shares, medians and means, each None where there is nothing to count (D32).

All of it is reported only; nothing here changes a level or a line.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from fractions import Fraction
from statistics import median
from typing import TypeVar

from assessments.scoring.arithmetic import Exact, check_whole
from assessments.scoring.errors import ScoringError
from assessments.scoring.history import share_at_or_below
from assessments.scoring.lines import NO_LEVEL, Lines
from assessments.scoring.parameters import LEVELS

Key = TypeVar("Key", int, str)


@dataclass(frozen=True)
class LevelShare:
    """How many cases reached a level, beside what the history would have led one to expect.

    reached : share of this period's cases at this level or above it; None without cases
    expected : 1 - F_S(s_j), the share of past scores above the line; None without past scores
    """

    level: str
    reached: Fraction | None
    expected: Fraction | None


@dataclass(frozen=True)
class DecisionTime:
    """How long decisions took. Cases still waiting have no length yet and are only counted."""

    median_days: Fraction | None
    decided: int
    waiting: int


def level_shares(levels: Sequence[str], lines: Lines, history: Sequence[Decimal]) -> tuple[LevelShare, ...]:
    """Share of cases per level against 1 - F_S.

    Parameters
    ----------
    levels : (N,) level of each case of the period: none, L, M or H
    lines : in force in the period
    history : (P,) published scores of past cases, recomputed under the parameters in force

    Returns
    -------
    one entry for each of L, M, H

    Raises
    ------
    ScoringError `E_MODE` for an unknown level

    Source: D17, D32. Eq. (9) has ">", a level ">=": past scores exactly at a line are reached but not expected.
    """
    known = (NO_LEVEL, *LEVELS)
    if any(level not in known for level in levels):
        raise ScoringError("E_MODE", "There is no such level.", known=known)
    return tuple(
        LevelShare(
            level=j,
            reached=share(sum(known.index(level) >= known.index(j) for level in levels), len(levels)),
            expected=1 - share_at_or_below(history, lines.s[j]) if history else None,
        )
        for j in LEVELS
    )


def share(part: int, whole: int) -> Fraction | None:
    """Part of a whole: members who answered, decisions overturned on appeal; None where the whole is 0.

    Raises
    ------
    ScoringError `E_TYPE`, `E_RANGE` for counts that are none, or a part above the whole
    """
    check_whole(part, "part")
    check_whole(whole, "whole")
    if part > whole:
        raise ScoringError("E_RANGE", "part: more than the whole.", name="part", maximum=whole)
    return Fraction(part, whole) if whole else None


def decision_time(spans: Iterable[tuple[date, date | None]]) -> DecisionTime:
    """Median days from opening to decision.

    Parameters
    ----------
    spans : (opened, decided) of each case; decided is None while it waits

    Raises
    ------
    ScoringError `E_RANGE` for a decision before the opening

    Degenerate: an even number of decisions gives the mean of the two in the middle.
    Source: D32.
    """
    all_spans = list(spans)
    days = [(decided - opened).days for opened, decided in all_spans if decided is not None]
    if any(length < 0 for length in days):
        raise ScoringError("E_RANGE", "A case was decided before it was opened.", minimum=0)
    middle = Fraction(median(map(Fraction, days))) if days else None
    return DecisionTime(middle, decided=len(days), waiting=len(all_spans) - len(days))


def mean_by_year(entries: Iterable[tuple[int, Exact]]) -> dict[int, Fraction]:
    """Mean of a figure by year, years rising: the leave-one-out error of each year's cases."""
    return dict(sorted(_means(entries).items()))


def mean_share_by_group(cases: Iterable[Mapping[str, Exact]]) -> dict[str, Fraction]:
    """Mean Shapley share of each group over the cases in which it was present.

    Parameters
    ----------
    cases : share by group code, one mapping a case; absent groups are left out of it

    Source: D28, D32.
    """
    return _means((code, value) for case in cases for code, value in case.items())


def _means(entries: Iterable[tuple[Key, Exact]]) -> dict[Key, Fraction]:
    values: dict[Key, list[Fraction]] = defaultdict(list)
    for key, value in entries:
        values[key].append(Fraction(value))
    return {key: sum(found, Fraction(0)) / len(found) for key, found in values.items()}
