"""Rules that learn nothing, over many labelled cases at once: every factor counts the same, for nobody weighed them."""

import numpy as np

from assessments.scoring.aggregators import LINEAR, MULTIPLICATIVE, TEMPERED
from assessments.scoring.arithmetic import PLACES
from assessments.scoring.learning.accuracy import linear_predictions
from assessments.scoring.learning.arrays import Floats, Whole
from assessments.scoring.learning.history import LabelledHistory
from assessments.scoring.lines import Lines


def fixed_scores(history: LabelledHistory, eta: float) -> dict[str, Floats]:
    """Return the scores of eq. (2), eq. (3) and the tempered form at equal weights, by name."""
    return {
        LINEAR: linear_predictions(history),
        TEMPERED: _compounded((1 - eta) * history.ratings) / (1 - eta),
        MULTIPLICATIVE: _compounded(history.ratings),
    }


def same_levels(scores: Floats, others: Floats, times: tuple[Lines, ...]) -> int:
    """Count the cases that two rules put on the same level at every moment of the roadmap."""
    same = [_levels(scores, lines) == _levels(others, lines) for lines in times]
    return int(np.logical_and.reduce(same).sum())


def _compounded(ratings: Floats) -> Floats:
    """Eq. (3) at equal weights; a factor at 1 makes the score exactly 1."""
    certain = ratings >= 1
    logarithms = np.log1p(-np.where(certain, 0.0, ratings)).mean(axis=1)
    scores: Floats = 0.0 - np.expm1(logarithms)  # a difference, because minus 0.0 would be printed with its sign
    scores[certain.any(axis=1)] = 1.0
    return scores


def _levels(scores: Floats, lines: Lines) -> Whole:
    """Number of lines that each score reaches, as it would be published: 4 decimals, a half upwards."""
    published = np.floor(scores * 10**PLACES + 0.5) / 10**PLACES
    found: Whole = np.searchsorted([float(line) for line in lines.s.values()], published, side="right")
    return found
