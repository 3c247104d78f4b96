"""What each group brought to the score, and how often it would tip the level (D28).

Exact over all sets of groups, from published points.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction
from math import comb

from assessments.scoring.aggregators import CommonForm
from assessments.scoring.arithmetic import equal_points, half_up
from assessments.scoring.errors import ScoringError
from assessments.scoring.exploring.present import PresentGroup, pool_of
from assessments.scoring.lines import Lines, level_of

MOST_GROUPS = 12  # 4096 sets; each further group doubles them


@dataclass(frozen=True)
class Shapley:
    """What the groups brought, (G',) each.

    shares : parts of the score that sum to the unrounded score less `start`; negative where a group lowers it
    pivots : share of the sets of the other groups that change level when the group joins, in [0, 1]
    start : score of an equal split of the weights, which stands while nobody has spoken
    """

    shares: tuple[Fraction, ...]
    pivots: tuple[Fraction, ...]
    start: Fraction


def shapley(form: CommonForm, groups: Sequence[PresentGroup], lines: Lines) -> Shapley:
    """Share out the way from an equal split to the score among the present groups.

    Parameters
    ----------
    groups : (G',) present groups, 12 at most

    Raises
    ------
    ScoringError `E_RANGE` for more groups

    The value of a set of groups is the score that they would publish alone, each with its voice.

    Degenerate: nobody gives empty shares; groups that agree share equally.
    Source: D28; pivots are the Banzhaf index.
    """
    if len(groups) > MOST_GROUPS:
        raise ScoringError("E_RANGE", f"At most {MOST_GROUPS} groups can be shared out.", maximum=MOST_GROUPS)
    values = _values(form, groups)
    levels = [level_of(half_up(value), lines) for value in values]
    count = len(groups)
    return Shapley(
        tuple(_share(values, k, count) for k in range(count)),
        tuple(_pivot(levels, k, count) for k in range(count)),
        values[0],
    )


def _values(form: CommonForm, groups: Sequence[PresentGroup]) -> list[Fraction]:
    """Unrounded score of every set of groups; bit k of the place says whether group k is in it."""
    split = equal_points(len(form.a))
    sets = ([group for k, group in enumerate(groups) if members >> k & 1] for members in range(1 << len(groups)))
    return [Fraction(form.score(pool_of(chosen) or split)) for chosen in sets]


def _without(k: int, count: int) -> list[int]:
    return [members for members in range(1 << count) if not members >> k & 1]


def _share(values: Sequence[Fraction], k: int, count: int) -> Fraction:
    """Mean over sizes, and over sets of each size, of what group k adds to a set of others."""
    gains = (
        (values[members | 1 << k] - values[members]) / comb(count - 1, members.bit_count())
        for members in _without(k, count)
    )
    return sum(gains, Fraction(0)) / count


def _pivot(levels: Sequence[str], k: int, count: int) -> Fraction:
    others = _without(k, count)
    return Fraction(sum(levels[members | 1 << k] != levels[members] for members in others), len(others))
