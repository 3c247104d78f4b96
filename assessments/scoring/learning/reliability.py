"""Whether a predicted 0.7 turns out as 0.7: predictions in five bins beside the mean of their labels (D15)."""

from dataclasses import dataclass

import numpy as np

from assessments.scoring.errors import ScoringError
from assessments.scoring.learning.accuracy import check_pair
from assessments.scoring.learning.arrays import Floats
from assessments.scoring.parameters_learning import LearningParameters

BINS = LearningParameters().reliability_bins


@dataclass(frozen=True)
class Bin:
    """Cases of similar prediction: how many, their mean prediction, their mean label."""

    count: int
    mean_prediction: float
    mean_label: float


def reliability_table(predictions: Floats, labels: Floats, bins: int = BINS) -> tuple[Bin, ...]:
    """Sort cases by prediction and cut them into bins of equal count, lowest first.

    Parameters
    ----------
    predictions : (N,) of leave-one-out folds; labels : (N,)
    bins : how many, at least 1

    Raises
    ------
    ScoringError `E_EMPTY`, `E_SHAPE`, `E_RANGE` for no bin

    Degenerate: fewer cases than bins give one bin each. If the bins cannot be equal, the first ones hold one more.
    Equal predictions keep the order of the history and may fall on both sides of a cut.
    Source: D15.
    """
    check_pair(predictions, labels)
    if bins < 1:
        raise ScoringError("E_RANGE", "bins: must be 1 or more.", name="bins", minimum=1)
    order = np.argsort(predictions, kind="stable")
    cut = np.array_split(order, min(bins, len(labels)))
    return tuple(Bin(len(part), float(predictions[part].mean()), float(labels[part].mean())) for part in cut)
