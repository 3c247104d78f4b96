"""What training makes small: eq. (5) with the Huber loss of eq. (6H), and its gradient by hand."""

from dataclasses import dataclass
from typing import Self

import numpy as np

from assessments.scoring.errors import ScoringError
from assessments.scoring.learning.arrays import Floats, check_positive
from assessments.scoring.learning.history import LabelledHistory
from assessments.scoring.learning.polynomial import pairs, sigma
from assessments.scoring.learning.variants import CROSS_ENTROPY, Variant
from assessments.scoring.parameters_learning import LearningParameters

DELTA = float(LearningParameters().delta)  # width of the Huber loss, A.2.4
PRINTED_LAMBDA = float(LearningParameters().printed_lambda)  # strength of the ridge, A.2.4


def huber(errors: Floats, delta: float = DELTA) -> Floats:
    """L_H of every error: e^2 / 2 up to delta, then delta |e| - delta^2 / 2.

    Source: eq. (6H).
    """
    size = np.abs(errors)
    return np.where(size <= delta, errors**2 / 2, delta * size - delta**2 / 2)


@dataclass(frozen=True, eq=False)
class Objective:
    """Eq. (5) for one history, in packed coefficients theta = (b, w, W_ij for i <= j).

    features : (N, P) of 1, f_i, f_i f_j; twice f_i f_j off the diagonal, so that z = features @ theta
    labels : (N,)
    ridge : (P,) lambda for each entry, twice lambda off the diagonal because the norm counts all d^2 entries of W
    loss, delta : as in `Variant` and eq. (6H)

    Source: eq. (5), (6H); D13.
    """

    features: Floats
    labels: Floats
    ridge: Floats
    loss: str
    delta: float

    @classmethod
    def of(cls, history: LabelledHistory, variant: Variant, lam: float, delta: float = DELTA) -> Self:
        """Prepare a history for training; O(N d^2).

        Raises
        ------
        ScoringError `E_RANGE` or `E_NONFINITE` for lambda below 0 or delta not above 0
        """
        check_positive(delta, "delta")
        if not np.isfinite(lam) or lam < 0:
            raise ScoringError("E_RANGE", "lambda: must be 0 or more.", name="lambda", minimum=0)
        i, j = pairs(history.size)
        times = np.where(i == j, 1.0, 2.0)
        ratings = history.ratings
        features = np.hstack([np.ones((history.cases, 1)), ratings, ratings[:, i] * ratings[:, j] * times])
        ridge = lam * np.concatenate(([float(variant.penalises_bias)], np.ones(history.size), times))
        return cls(features, history.labels, ridge, variant.loss, delta)

    def predictions(self, theta: Floats) -> Floats:
        """(N,) scores of eq. (4)."""
        return sigma(self._inner(theta))

    def value_and_gradient(self, theta: Floats) -> tuple[float, Floats]:
        """Eq. (5) at theta and its derivative by each packed coefficient; O(N d^2)."""
        losses, slopes = self._losses(self._inner(theta))
        value = losses.mean() + self.ridge @ theta**2
        gradient: Floats = np.einsum("np,n->p", self.features, slopes) / len(self.labels) + 2 * self.ridge * theta
        return float(value), gradient

    def _inner(self, theta: Floats) -> Floats:
        """(N,) z of eq. (4). einsum adds up in one order on one core; `@` may share the sum out among threads."""
        z: Floats = np.einsum("np,p->n", self.features, theta)
        return z

    def _losses(self, z: Floats) -> tuple[Floats, Floats]:
        """Loss of every case and its derivative by z."""
        scores = sigma(z)
        errors = scores - self.labels
        if self.loss == CROSS_ENTROPY:
            return np.logaddexp(0, z) - self.labels * z, errors
        return huber(errors, self.delta), np.clip(errors, -self.delta, self.delta) * scores * (1 - scores)
