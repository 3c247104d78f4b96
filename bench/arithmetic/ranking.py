"""(f) Ranking many cases under one set of weights, against two libraries for decisions with many criteria."""

import warnings
from collections.abc import Callable

import numpy as np

from assessments.scoring.exploring.bulk import linear_scores
from bench import figures
from bench.arithmetic import side_by_side

AIM = 5.0
CRITERIA = 7


def measure(*, cases: int = 10_000, repeats: int = 7) -> None:
    """Print times and ratios; stop if a library ranks otherwise."""
    figures.title(f"(f) Ranking {cases:,} cases on {CRITERIA} categories, eq. (2) (aim: at least {AIM:g} times faster)")
    rng = np.random.default_rng(20250)
    ratings, weights = rng.uniform(0, 1, size=(cases, CRITERIA)), rng.dirichlet(np.ones(CRITERIA))
    ways = {
        "lastvote": lambda: ranks(linear_scores(ratings, weights)),
        "scikit-criteria": scikit_criteria(ratings, weights),
        "pymcdm": pymcdm(ratings, weights),
    }
    ours = ways["lastvote"]()
    for name, way in ways.items():
        if not np.array_equal(ours, way()):
            raise RuntimeError(f"{name} ranks the cases in another order")
    taken = side_by_side.milliseconds(ways, repeats=repeats)
    side_by_side.show(taken)
    for name in ("scikit-criteria", "pymcdm"):
        figures.line(f"{name} / lastvote", f"{side_by_side.ratio(taken, name, 'lastvote'):.1f}")


def ranks(scores: np.ndarray) -> np.ndarray:
    """Place of every case, 1 for the highest score."""
    places = np.empty(len(scores), dtype=int)
    places[np.argsort(-scores, kind="stable")] = np.arange(1, len(scores) + 1)
    return places


def scikit_criteria(ratings: np.ndarray, weights: np.ndarray) -> Callable[[], np.ndarray]:
    """The weighted sum of scikit-criteria, from the same two arrays."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # of other libraries, as they are imported
        from skcriteria import mkdm  # noqa: PLC0415 -- only this part needs it
        from skcriteria.agg.simple import WeightedSumModel  # noqa: PLC0415

    def rank() -> np.ndarray:
        matrix = mkdm(ratings, [max] * CRITERIA, weights=weights)
        return np.asarray(WeightedSumModel().evaluate(matrix).rank_)

    return rank


def pymcdm(ratings: np.ndarray, weights: np.ndarray) -> Callable[[], np.ndarray]:
    """The weighted sum of pymcdm, from the same two arrays."""
    from pymcdm.helpers import rrankdata  # noqa: PLC0415 -- only this part needs it
    from pymcdm.methods import WSM  # noqa: PLC0415

    method, types = WSM(normalization_function=as_it_is), np.ones(CRITERIA)
    return lambda: rrankdata(method(ratings, weights, types, validation=False)).astype(int)


def as_it_is(column: np.ndarray, cost: bool = False) -> np.ndarray:  # noqa: ARG001, FBT001, FBT002 -- pymcdm calls it so
    """Leave a column alone: ratings are on one scale already."""
    return column
