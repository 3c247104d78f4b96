"""Stakeholders' weights in the learned score, which eq. (4) leaves out; float64, it explores and never binds."""

import numpy as np

from assessments.scoring.errors import ScoringError
from assessments.scoring.learning.arrays import Floats
from assessments.scoring.learning.polynomial import Coefficients, contributions, sigma

SHARE = "share"
REPLACE = "replace"
RESCALE = "rescale"
PRINTED = "printed"
WAYS = (SHARE, REPLACE, RESCALE, PRINTED)


def weighted_scores(shares: Floats, ratings: Floats, coefficients: Coefficients, way: str = SHARE) -> Floats:
    """Score one case under many weight vectors.

    Parameters
    ----------
    shares : (S, F) weights, rows sum to 1
    ratings : (F,) in [0, 1]
    way : `share`, weights scale what the model says each factor contributes (the default);
        `replace`, weights stand where w stood; `rescale`, weights scale the ratings themselves;
        `printed`, as eq. (4) has it, weights have no effect

    Returns
    -------
    (S,) in [0, 1]

    Raises
    ------
    ScoringError `E_MODE` for another way, `E_SHAPE` if the numbers of factors differ

    Degenerate: uniform weights give eq. (4) under `share` and `rescale`.
    Source: D10.
    """
    if shares.shape[-1] != coefficients.size:
        raise ScoringError("E_SHAPE", f"{coefficients.size} weights needed, got {shares.shape[-1]}.")
    return sigma(coefficients.bias + _along(shares, ratings, coefficients, way))


def _along(shares: Floats, ratings: Floats, coefficients: Coefficients, way: str) -> Floats:
    given = contributions(ratings, coefficients)
    if way == SHARE:
        return float(coefficients.size) * (shares @ given)
    if way == REPLACE:
        interacting = float(ratings @ coefficients.interactions @ ratings)
        return shares @ ratings + interacting
    if way == RESCALE:
        along: Floats = contributions(coefficients.size * shares * ratings, coefficients).sum(axis=-1)
        return along
    if way == PRINTED:
        return np.full(len(shares), given.sum())
    raise ScoringError("E_MODE", f"There is no way {way!r} to weigh the learned score.", known=WAYS)
