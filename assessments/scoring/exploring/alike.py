"""Are more answers of a group alike than chance gives? A reason to look, never a finding about anybody (D28).

An answer is read as each item's weight against its own highest, to a step of the policy. Chance is what comes out when
people say how much each of the other items counts independently of everything else: what stands first in an answer
stays, and every item's other values are shuffled among the answers that do not put it first.
"""

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from assessments.scoring.arithmetic import Points
from assessments.scoring.errors import ScoringError

Whole = NDArray[np.int64]


def read_steps(answers: Sequence[Points], within: float) -> Whole:
    """(n, F) each item's weight against the answer's own highest, in whole steps.

    Parameters
    ----------
    answers : (n, F) points, at least one
    within : step, above 0 and at most 1

    Raises
    ------
    ScoringError `E_EMPTY` without answers
    """
    if not answers:
        raise ScoringError("E_EMPTY", "There are no answers to compare.")
    points = np.array(answers, dtype=float)
    steps: Whole = np.rint(points / points.max(axis=1, keepdims=True) / within).astype(np.int64)
    return steps


def largest_alike(steps: Whole) -> int:
    """How many answers the largest set of equal rows has."""
    return int(np.unique(_names(steps), return_counts=True)[1].max())


def as_many_by_chance(steps: Whole, observed: int, draws: int, seed: Sequence[int]) -> int:
    """Count the shuffles whose largest set of equal answers is no smaller than the one observed.

    Parameters
    ----------
    steps : (n, F) from `read_steps`
    draws : shuffles to try
    seed : of this block of shuffles; the same seed gives the same count on every machine
    """
    generator = np.random.Generator(np.random.PCG64(list(seed)))
    rest = [np.flatnonzero(column) for column in (steps != steps.max(axis=1, keepdims=True)).T]
    return sum(largest_alike(_shuffled(steps, rest, generator)) >= observed for _ in range(draws))


def _shuffled(steps: Whole, rest: Sequence[NDArray[np.intp]], generator: np.random.Generator) -> Whole:
    """Shuffle each item's values among the answers in which it does not stand first; those are ``rest``."""
    mixed = steps.copy()
    for item, places in enumerate(rest):
        mixed[places, item] = steps[generator.permutation(places), item]
    return mixed


def _names(steps: Whole) -> Whole:
    """One number for each row, the same for equal rows alone."""
    base = int(steps.max()) + 1
    names: Whole = steps @ np.array([base**place for place in range(steps.shape[1])], dtype=np.int64)
    return names
