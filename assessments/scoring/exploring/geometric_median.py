"""The point with the least summed distance to all members: a centre that few members cannot drag away (D28).

It needs every answer, so it runs at night. The position that binds stays the mean: exact, reversible, explainable.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from assessments.scoring.arithmetic import POINTS, Points
from assessments.scoring.errors import ScoringError

Floats = NDArray[np.float64]
TOLERANCE = 1e-9  # length of the mean pull that is left at the median; 0 in exact arithmetic
MOST_STEPS = 10_000
FEW = 2


@dataclass(frozen=True)
class Centre:
    """Geometric median of a group's answers.

    shares : (F,) in [0, 1], sum 1
    converged : False if the steps ran out before the pull was below the tolerance
    """

    shares: tuple[float, ...]
    steps: int
    converged: bool


@dataclass(frozen=True)
class _Cloud:
    """Different answers and how many members gave each."""

    places: Floats
    counts: NDArray[np.int64]

    def pull(self, at: Floats) -> Floats:
        """Sum of unit vectors towards all answers that lie elsewhere."""
        away = self.places - at
        distances = np.linalg.norm(away, axis=1)
        far = distances > 0
        pull: Floats = (self.counts[far] / distances[far]) @ away[far]
        return pull

    def middle(self) -> Floats:
        """Mean of all answers."""
        mean: Floats = self.counts @ self.places / self.counts.sum()
        return mean


def geometric_median(answers: Sequence[Points], tolerance: float = TOLERANCE, most_steps: int = MOST_STEPS) -> Centre:
    """Find the geometric median of single answers.

    Parameters
    ----------
    answers : (n, F) points, at least one

    Raises
    ------
    ScoringError `E_EMPTY` without answers

    Answers are tested first, because the iteration stalls at one that is the median itself.

    Degenerate: one or two answers give their mean; where several answers qualify, their mean, which is a median too.
    Source: D28; Weiszfeld's iteration, kept off the answers as in Vardi and Zhang (2000).
    """
    if not answers:
        raise ScoringError("E_EMPTY", "A group without answers has no centre.")
    places, counts = np.unique(np.array(answers, dtype=float) / POINTS, axis=0, return_counts=True)
    cloud = _Cloud(places, counts)
    if len(answers) <= FEW:
        return _centre(cloud.middle(), 0, converged=True)
    found = _among_answers(cloud, tolerance)
    return _centre(found, 0, converged=True) if found is not None else _iterate(cloud, tolerance, most_steps)


def _among_answers(cloud: _Cloud, tolerance: float) -> Floats | None:
    """An answer is the median if all others together pull no stronger than the members who gave it."""
    held = [
        place
        for place, count in zip(cloud.places, cloud.counts, strict=True)
        if np.linalg.norm(cloud.pull(place)) <= count + tolerance
    ]
    if not held:
        return None
    middle: Floats = np.mean(held, axis=0)
    return middle


def _iterate(cloud: _Cloud, tolerance: float, most_steps: int) -> Centre:
    at = cloud.middle()
    for step in range(most_steps):
        if np.linalg.norm(cloud.pull(at)) <= tolerance * cloud.counts.sum() and not _meets(cloud, at).any():
            return _centre(at, step, converged=True)
        at = _next(cloud, at)
    return _centre(at, most_steps, converged=False)


def _next(cloud: _Cloud, at: Floats) -> Floats:
    met = _meets(cloud, at)
    weights = cloud.counts[~met] / np.linalg.norm(cloud.places[~met] - at, axis=1)
    towards: Floats = weights @ cloud.places[~met] / weights.sum()
    if not met.any():
        return towards
    # on an answer that is not the median: go as far as the others outpull its members
    stay = cloud.counts[met].sum() / np.linalg.norm(cloud.pull(at))
    kept_off: Floats = (1 - stay) * towards + stay * at
    return kept_off


def _meets(cloud: _Cloud, at: Floats) -> NDArray[np.bool_]:
    met: NDArray[np.bool_] = (cloud.places == at).all(axis=1)
    return met


def _centre(at: Floats, steps: int, *, converged: bool) -> Centre:
    return Centre(tuple(float(value) for value in at), steps, converged)
