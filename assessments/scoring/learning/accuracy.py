"""How far predictions lie from labels."""

from dataclasses import dataclass

import numpy as np

from assessments.scoring.errors import ScoringError
from assessments.scoring.learning.arrays import Floats
from assessments.scoring.learning.history import LabelledHistory
from assessments.scoring.learning.objective import DELTA, huber


@dataclass(frozen=True)
class Accuracy:
    """Errors of one set of predictions.

    loss : mean L_H, eq. (6H)
    mae : mean distance between prediction and label
    r2 : 1 for perfect, 0 for no better than the mean label, below 0 for worse; None if all labels are equal
    lowest, highest : range of the predictions; the ridge pulls it together
    """

    loss: float
    mae: float
    r2: float | None
    lowest: float
    highest: float


def accuracy(predictions: Floats, labels: Floats, delta: float = DELTA) -> Accuracy:
    """Measure predictions against labels.

    Parameters
    ----------
    predictions, labels : (N,) in [0, 1], N at least 1

    Raises
    ------
    ScoringError `E_EMPTY`, `E_SHAPE`

    Degenerate: labels that are all equal leave nothing to explain, so r2 is None.
    """
    check_pair(predictions, labels)
    errors = predictions - labels
    unexplained, around_mean = errors @ errors, ((labels - labels.mean()) ** 2).sum()
    return Accuracy(
        loss=float(huber(errors, delta).mean()),
        mae=float(np.abs(errors).mean()),
        r2=None if np.ptp(labels) == 0 else float(1 - unexplained / around_mean),
        lowest=float(predictions.min()),
        highest=float(predictions.max()),
    )


def linear_predictions(history: LabelledHistory) -> Floats:
    """(N,) eq. (2) at equal weights: what a score that learned nothing says."""
    means: Floats = history.ratings.mean(axis=1)
    return means


def check_pair(predictions: Floats, labels: Floats) -> None:
    """Refuse no predictions, or another number of them than of labels."""
    if not len(labels):
        raise ScoringError("E_EMPTY", "There is nothing to compare.")
    if len(predictions) != len(labels):
        raise ScoringError("E_SHAPE", f"{len(labels)} predictions needed, got {len(predictions)}.")
