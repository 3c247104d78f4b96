"""How well training predicts a case that it has not seen: leave one out, refit from scratch, compare (D14)."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

import numpy as np

from assessments.scoring.errors import ScoringError
from assessments.scoring.learning.fit import descend, starting_points
from assessments.scoring.learning.history import LabelledHistory
from assessments.scoring.learning.objective import DELTA, Objective
from assessments.scoring.learning.polynomial import Coefficients, learned_scores
from assessments.scoring.learning.variants import DEFAULT, Variant

TIE = 1e-9  # mean losses closer than this are equal; a fit is no more exact than that


@dataclass(frozen=True)
class Fold:
    """One case, predicted by a model that never saw it; `is_converged` speaks of that model's fit."""

    case: int
    prediction: float
    is_converged: bool


def fold_prediction(
    history: LabelledHistory, case: int, lam: float, variant: Variant = DEFAULT, delta: float = DELTA
) -> Fold:
    """Train without one case, from zero, and predict it; nothing is carried over from other folds.

    Parameters
    ----------
    case : 0 to N - 1

    Raises
    ------
    ScoringError `E_RANGE` for a case that is not there, `E_EMPTY` if it is the only one

    Source: D14.
    """
    if not 0 <= case < history.cases:
        raise ScoringError("E_RANGE", f"There is no case {case}.", minimum=0, maximum=history.cases - 1)
    others = history.without(case)
    start = starting_points(variant, history.size)[0]
    end = descend(Objective.of(others, variant, lam, delta), variant, history.size, start)
    score = learned_scores(history.ratings[case], Coefficients.unpacked(end.theta, history.size))
    return Fold(case, float(score), end.is_converged)


def fold_predictions(
    history: LabelledHistory, cases: Iterable[int], lam: float, variant: Variant = DEFAULT, delta: float = DELTA
) -> tuple[Fold, ...]:
    """Folds of some cases, in the order given; a job computes them a few at a time."""
    return tuple(fold_prediction(history, case, lam, variant, delta) for case in cases)


def choose_lambda(losses: Mapping[float, float]) -> float:
    """The ridge with the least mean loss over all folds; of equal ones the largest, which shrinks most.

    Raises
    ------
    ScoringError `E_EMPTY` without losses, `E_NONFINITE`

    Source: D14.
    """
    if not losses:
        raise ScoringError("E_EMPTY", "There is no lambda to choose from.")
    if not np.isfinite(list(losses.values())).all():
        raise ScoringError("E_NONFINITE", "A mean loss is not a finite number.")
    least = min(losses.values())
    return max(lam for lam, loss in losses.items() if loss <= least + TIE)
