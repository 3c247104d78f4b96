"""Drawn weightings, for scores that have no closed form and for "62 of 100 possible weightings" (D24).

The seed stands in the policy, so the same input gives the same figures on every machine.
"""

from dataclasses import dataclass
from decimal import Decimal

import numpy as np
from numpy.typing import NDArray

from assessments.scoring.arithmetic import POINTS, Points
from assessments.scoring.errors import ScoringError
from assessments.scoring.exploring.bulk import Floats, Scorer

DOTS = 100


@dataclass(frozen=True)
class Drawn:
    """Scores of drawn weightings, rounded to the published 4 decimals and sorted.

    scores : (D,) whole ten-thousandths
    """

    scores: NDArray[np.int64]

    @property
    def mean(self) -> float:
        """Mean score."""
        return float(self.scores.mean()) / POINTS

    @property
    def deviation(self) -> float:
        """Standard deviation of the scores, divisor D."""
        return float(self.scores.std()) / POINTS

    def share_at_or_over(self, line: Decimal) -> float:
        """Share of weightings whose published score reaches a line."""
        return float(np.mean(self.scores >= int(line * POINTS)))

    def dots(self, count: int = DOTS) -> tuple[Decimal, ...]:
        """`count` equally likely scores: the middle one of each of as many equal parts of the draws."""
        places = ((2 * np.arange(count) + 1) * len(self.scores)) // (2 * count)
        return tuple(Decimal(int(self.scores[place])).scaleb(-4) for place in places)


def weights_near(points: Points, kappa: Decimal, draws: int, seed: int) -> Floats:
    """(D, F) weightings drawn from Dirichlet(kappa w); a factor without weight gets none in any draw.

    Parameters
    ----------
    points : (F,) pooled weights w
    kappa : above 0; the larger, the closer the draws keep to w
    draws, seed : of the policy, 4096 and 20250

    Source: D24 (e).
    """
    weights = np.array(points, dtype=float) / POINTS
    counted = weights > 0
    drawn = np.zeros((draws, len(points)))
    drawn[:, counted] = _generator(seed).dirichlet(float(kappa) * weights[counted], size=draws)
    return drawn


def all_weights(size: int, draws: int, seed: int) -> Floats:
    """(D, F) weightings drawn so that every possible one is equally likely."""
    return _generator(seed).dirichlet(np.ones(size), size=draws)


def drawn_scores(scorer: Scorer, weights: Floats) -> Drawn:
    """Score drawn weightings under any aggregator.

    Parameters
    ----------
    scorer : takes (D, F) shares and gives (D,) scores
    weights : (D, F), rows sum to 1

    Raises
    ------
    ScoringError `E_EMPTY` without draws, `E_NONFINITE` if the scorer gives anything but finite numbers
    """
    if not len(weights):
        raise ScoringError("E_EMPTY", "There are no draws.")
    scores = scorer(weights)
    if not np.isfinite(scores).all():
        raise ScoringError("E_NONFINITE", "A score is not a finite number.")
    return Drawn(np.sort(np.floor(scores * POINTS + 0.5).astype(np.int64)))


def _generator(seed: int) -> np.random.Generator:
    return np.random.Generator(np.random.PCG64(seed))
