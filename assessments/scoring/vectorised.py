"""The same scores for many weight vectors at once, in float64. They explore; they never bind."""

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]


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
    """Eq. (3) for every row of (S, F) shares, with 0^0 = 1; (S,) in [0, 1]."""
    products: Floats = np.prod((1 - ratings) ** shares, axis=1)
    return 1 - products


def tempered_scores(shares: Floats, ratings: Floats, eta: float) -> Floats:
    """D8 for every row of (S, F) shares; eta in (0, 1); (S,) in [0, 1]."""
    return multiplicative_scores(shares, (1 - eta) * ratings) / (1 - eta)
