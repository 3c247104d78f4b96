"""Did the last hours move a group's mean farther than chance gives? A reason to look, never a finding about anybody.

Chance is what comes out when as many answers, drawn by lot from the same group, are called the late ones.
"""

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from assessments.scoring.arithmetic import POINTS, Points, apportion
from assessments.scoring.errors import ScoringError

Whole = NDArray[np.int64]


def moved_by_late(answers: Sequence[Points], late: Sequence[bool]) -> float:
    """Distance, in [0, 1], between the mean of all answers and the mean of those that were not late.

    Parameters
    ----------
    answers : (n, F) points
    late : (n,) at least one answer that is not

    Raises
    ------
    ScoringError `E_EMPTY` if every answer is late

    Degenerate: no late answer gives 0.
    """
    points, early = _points(answers), ~np.array(late, dtype=bool)
    if not early.any():
        raise ScoringError("E_EMPTY", "Every answer is late.")
    return int(_moved(points, early)) / _whole_of(points, early)


def as_far_by_chance(
    answers: Sequence[Points], late: Sequence[bool], draws: int, seed: Sequence[int]
) -> int:  # fmt: skip
    """Count the draws in which as many answers, chosen by lot, move the mean no less far than the late ones did.

    Parameters
    ----------
    draws : sets of answers to try
    seed : of this block of draws; the same seed gives the same count on every machine
    """
    generator = np.random.Generator(np.random.PCG64(list(seed)))
    points, early = _points(answers), ~np.array(late, dtype=bool)
    observed = _moved(points, early)
    return sum(int(_moved(points, generator.permutation(early)) >= observed) for _ in range(draws))


def without_late(answers: Sequence[Points], late: Sequence[bool]) -> Points:
    """(F,) mean of the answers that were not late, in whole points like a position."""
    early = [points for points, is_late in zip(answers, late, strict=True) if not is_late]
    if not early:
        raise ScoringError("E_EMPTY", "Every answer is late.")
    return apportion([sum(column) for column in zip(*early, strict=True)])


def _points(answers: Sequence[Points]) -> Whole:
    return np.array(answers, dtype=np.int64)


def _moved(points: Whole, early: NDArray[np.bool_]) -> np.int64:
    """Distance in whole numbers, so that equal draws compare as equal."""
    moved: np.int64 = np.abs(points.sum(axis=0) * early.sum() - points[early].sum(axis=0) * len(points)).sum()
    return moved


def _whole_of(points: Whole, early: NDArray[np.bool_]) -> int:
    return 2 * POINTS * len(points) * int(early.sum())
