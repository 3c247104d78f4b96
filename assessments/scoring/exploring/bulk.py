"""The same scores for many weight vectors at once, in float64. They explore; they never bind."""

from collections.abc import Callable, Sequence
from decimal import Decimal

import numpy as np
from numpy.typing import NDArray

from assessments.scoring.aggregators import LINEAR, MULTIPLICATIVE, TEMPERED
from assessments.scoring.categories import MEAN, RMS
from assessments.scoring.errors import ScoringError

Floats = NDArray[np.float64]
Scorer = Callable[[Floats], Floats]  # (S, F) shares to (S,) scores


def linear_scores(shares: Floats, ratings: Floats) -> Floats:
    """Eq. (2) for every row.

    Parameters
    ----------
    shares : (S, F), rows sum to 1
    ratings : (F,) in [0, 1]

    Returns
    -------
    (S,) in [0, 1]
    """
    return shares @ ratings


def multiplicative_scores(shares: Floats, ratings: Floats) -> Floats:
    """Eq. (3) for every row of (S, F) shares, with 0^0 = 1; (S,) in [0, 1].

    Works in logarithms, because one matrix product is far quicker than a power for each share.
    """
    certain = ratings >= 1
    logarithms = np.log1p(-np.where(certain, 0.0, ratings))
    scores: Floats = -np.expm1(shares @ logarithms)
    if certain.any():
        scores[(shares[:, certain] > 0).any(axis=1)] = 1.0
    return scores


def tempered_scores(shares: Floats, ratings: Floats, eta: float) -> Floats:
    """D8 for every row of (S, F) shares; eta in (0, 1); (S,) in [0, 1]."""
    return multiplicative_scores(shares, (1 - eta) * ratings) / (1 - eta)


def scorer(kind: str, ratings: Sequence[Decimal], eta: Decimal) -> Scorer:
    """Bind one case to an aggregator, ready for many weight vectors.

    Parameters
    ----------
    kind : `linear`, `multiplicative` or `tempered`
    ratings : (F,) published

    Raises
    ------
    ScoringError `E_MODE` for another aggregator
    """
    floats = np.array([float(value) for value in ratings])
    known: dict[str, Scorer] = {
        LINEAR: lambda shares: linear_scores(shares, floats),
        MULTIPLICATIVE: lambda shares: multiplicative_scores(shares, floats),
        TEMPERED: lambda shares: tempered_scores(shares, floats, float(eta)),
    }
    if kind not in known:
        raise ScoringError("E_MODE", f"There is no aggregator {kind!r}.", known=tuple(known))
    return known[kind]


def category_values(components: Floats, ratios: Sequence[Sequence[int]], rule: str = MEAN) -> Floats:
    """Category values of many ratings at once.

    Parameters
    ----------
    components : (N, F, C) in [0, 1]
    ratios : (F, C) whole ratios, no row all 0
    rule : `mean` or `rms`

    Returns
    -------
    (N, F) in [0, 1]

    Source: D5.
    """
    whole = np.array(ratios, dtype=float)
    weights = whole / whole.sum(axis=1, keepdims=True)
    means: Floats = np.einsum("nfc,fc->nf", components**2 if rule == RMS else components, weights)
    return np.sqrt(means) if rule == RMS else means
