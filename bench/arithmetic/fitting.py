"""(h) Training on 2,500 cases of 8 factors, against scikit-learn's Huber regression on the same features."""

import warnings

import numpy as np

from assessments.scoring.learning.fit import descend, fit, starting_points
from assessments.scoring.learning.history import LabelledHistory
from assessments.scoring.learning.objective import DELTA, Objective
from assessments.scoring.learning.variants import AS_PRINTED, DEFAULT
from bench import figures
from bench.arithmetic import side_by_side

FACTORS = 8
LAMBDA = 0.001


def measure(*, rows: int = 2_500, repeats: int = 3) -> None:
    """Print times and ratios."""
    figures.title(f"(h) Training on {rows:,} cases of {FACTORS} factors, against HuberRegressor on the same features")
    rng = np.random.default_rng(20250)
    ratings = rng.uniform(0, 1, size=(rows, FACTORS))
    along = -2.5 + ratings @ rng.uniform(0, 1, size=FACTORS) + ratings[:, 0] * ratings[:, 1]
    labels = np.clip(1 / (1 + np.exp(-along)) + rng.normal(0, 0.05, size=rows), 0, 1)
    history = LabelledHistory(tuple(f"f{place}" for place in range(FACTORS)), ratings, labels)

    def from_zero(variant: object) -> object:
        return descend(
            Objective.of(history, variant, LAMBDA, DELTA), variant, FACTORS, starting_points(variant, FACTORS)[0]
        )

    ways = {
        "lastvote, from zero, as printed": lambda: from_zero(AS_PRINTED),
        "lastvote, from zero, default": lambda: from_zero(DEFAULT),
        "lastvote, with five restarts, default": lambda: fit(history, DEFAULT, LAMBDA),
        "scikit-learn HuberRegressor": huber_regressor(ratings, labels),
    }
    taken = side_by_side.milliseconds(ways, repeats=repeats)
    side_by_side.show(taken)
    *ours, theirs = taken
    for name in ours:
        figures.line(f"{name} / HuberRegressor", f"{side_by_side.ratio(taken, name, theirs):.2f}")


def huber_regressor(ratings: np.ndarray, labels: np.ndarray) -> object:
    """Huber regression on 1, f_i and f_i f_j. It has no sigma and no bounds, so its task is the easier one."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # of other libraries, as they are imported
        from sklearn.linear_model import HuberRegressor  # noqa: PLC0415 -- only this part needs it
        from sklearn.preprocessing import PolynomialFeatures  # noqa: PLC0415

    def train() -> object:
        features = PolynomialFeatures(2, include_bias=False).fit_transform(ratings)
        return HuberRegressor(epsilon=1.35, alpha=LAMBDA, max_iter=2_000, tol=1e-7).fit(features, labels)

    return train
