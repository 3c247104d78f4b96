"""Whether a predicted 0.7 turns out as 0.7: predictions in five bins beside the mean of their labels (D15)."""

from dataclasses import dataclass

import numpy as np

from assessments.scoring.learning.accuracy import check_pair
from assessments.scoring.learning.arrays import Floats

BINS = 5


@dataclass(frozen=True)
class Bin:
    """Cases of similar prediction: how many, their mean prediction, their mean label."""

    count: int
    mean_prediction: float
    mean_label: float


def reliability_table(predictions: Floats, labels: Floats) -> tuple[Bin, ...]:
    """Sort cases by prediction and cut them into five bins of equal count, lowest first.

    Parameters
    ----------
    predictions : (N,) of leave-one-out folds; labels : (N,)

    Raises
    ------
    ScoringError `E_EMPTY`, `E_SHAPE`

    Degenerate: fewer than five cases give one bin each. If N is no multiple of five, the first bins hold one more.
    Equal predictions keep the order of the history and may fall on both sides of a cut.
    Source: D15.
    """
    check_pair(predictions, labels)
    order = np.argsort(predictions, kind="stable")
    cut = np.array_split(order, min(BINS, len(labels)))
    return tuple(Bin(len(part), float(predictions[part].mean()), float(labels[part].mean())) for part in cut)
