"""(e) A million weight vectors through each aggregator, against the bare numpy expression of the same equation."""

import numpy as np

from assessments.scoring.exploring.bulk import linear_scores, multiplicative_scores, tempered_scores
from assessments.scoring.learning.polynomial import Coefficients
from assessments.scoring.learning.weighted import weighted_scores
from bench import figures
from bench.arithmetic import side_by_side

AIM = 2.0
ETA = 0.01
TOLERANCE = 1e-9


def measure(*, vectors: int = 1_000_000, repeats: int = 7) -> None:
    """Print times and ratio for every aggregator; stop if two ways differ."""
    figures.title(f"(e) {vectors:,} weight vectors of 7, against the bare numpy expression (aim: at most {AIM:g})")
    rng = np.random.default_rng(20250)
    shares, ratings = rng.dirichlet(np.ones(7), size=vectors), rng.uniform(0.05, 0.95, size=7)
    half = rng.uniform(0, 0.5, size=(7, 7))
    learned = Coefficients(-3.0, rng.uniform(0, 1, size=7), (half + half.T) / 2)
    effects = ratings * (learned.linear + learned.interactions @ ratings)
    # each pair: lastvote's function, and the equation as one would type it
    pairs = {
        "linear, eq. (2)": (lambda: linear_scores(shares, ratings), lambda: shares @ ratings),
        "multiplicative, eq. (3)": (
            lambda: multiplicative_scores(shares, ratings),
            lambda: 1 - np.prod((1 - ratings) ** shares, axis=1),
        ),
        "tempered, D8": (
            lambda: tempered_scores(shares, ratings, ETA),
            lambda: (1 - np.prod((1 - (1 - ETA) * ratings) ** shares, axis=1)) / (1 - ETA),
        ),
        "learned, eq. (4) with D10": (
            lambda: weighted_scores(shares, ratings, learned),
            lambda: 1 / (1 + np.exp(-(learned.bias + 7 * (shares @ effects)))),
        ),
    }
    for name, (ours, bare) in pairs.items():
        if np.abs(ours() - bare()).max() > TOLERANCE:
            raise RuntimeError(f"{name}: the two ways differ")
        taken = side_by_side.milliseconds({"ours": ours, "bare": bare}, repeats=repeats)
        figures.line(name, f"{side_by_side.ratio(taken, 'ours', 'bare'):.2f}")
        side_by_side.show({f"  {way}": values for way, values in taken.items()})
