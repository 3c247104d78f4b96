"""The learned score, eq. (4): a second-order polynomial of the ratings, bent into (0, 1)."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Self

import numpy as np

from assessments.scoring.errors import ScoringError
from assessments.scoring.learning.arrays import Floats, Whole, checked_floats

SYMMETRY = 1e-12  # by which two halves of the interaction matrix may differ


@dataclass(frozen=True, eq=False)
class Coefficients:
    """The parameter set theta of eq. (4).

    Parameters
    ----------
    bias : b, the score's z where nothing is rated above 0
    linear : (F,) w, the effect of each factor by itself
    interactions : (F, F) W, symmetric; a pair acts twice, once from each half

    Raises
    ------
    ScoringError `E_SYMMETRY` beyond 1e-12, `E_SHAPE`, `E_NONFINITE`, `E_TYPE`

    Source: eq. (4); D9.
    """

    bias: float
    linear: Floats
    interactions: Floats

    def __post_init__(self) -> None:
        object.__setattr__(self, "bias", float(checked_floats(self.bias, "b", 0)))
        object.__setattr__(self, "linear", checked_floats(self.linear, "w", 1))
        object.__setattr__(self, "interactions", checked_floats(self.interactions, "W", 2))
        if not self.size or self.interactions.shape != (self.size, self.size):
            raise ScoringError("E_SHAPE", "W needs one row and one column for each factor.")
        if np.abs(self.interactions - self.interactions.T).max() > SYMMETRY:
            raise ScoringError("E_SYMMETRY", "W must be the same above and below its diagonal.", tolerance=SYMMETRY)

    @property
    def size(self) -> int:
        """Number of factors, d in the paper."""
        return len(self.linear)

    def packed(self) -> Floats:
        """(1 + F + F(F + 1) / 2,) theta as b, w, then W_ij for i <= j row by row."""
        i, j = pairs(self.size)
        return np.concatenate(([self.bias], self.linear, self.interactions[i, j]))

    @classmethod
    def unpacked(cls, theta: Floats, size: int) -> Self:
        """Read what `packed` wrote; `E_SHAPE` if theta has another length."""
        if len(theta) != free_parameters(size):
            raise ScoringError("E_SHAPE", f"{free_parameters(size)} numbers needed, got {len(theta)}.")
        clean = theta + 0.0  # -0.0 becomes 0.0, so equal coefficients are written alike
        interactions = np.zeros((size, size))
        i, j = pairs(size)
        interactions[i, j] = interactions[j, i] = clean[1 + size :]
        return cls(clean[0], clean[1 : 1 + size], interactions)

    def to_json(self) -> dict[str, Any]:
        """Plain data in the names of the paper; numbers are strings that give back the same float64."""
        return {
            "b": repr(self.bias),
            "w": [repr(value) for value in self.linear.tolist()],
            "W": [[repr(value) for value in row] for row in self.interactions.tolist()],
        }

    @classmethod
    def from_json(cls, data: Mapping[str, Any]) -> Self:
        """Read what `to_json` wrote.

        Raises
        ------
        ScoringError `E_SHAPE` for a name too many or too few, `not_a_number`, and what the class refuses
        """
        if not isinstance(data, Mapping) or set(data) != {"b", "w", "W"}:
            raise ScoringError("E_SHAPE", "Coefficients have the names b, w and W.")
        return cls(_read(data["b"]), _read(data["w"]), _read(data["W"]))


def _read(data: Any) -> Any:
    if isinstance(data, list):
        return [_read(part) for part in data]
    try:
        return float(data)
    except (TypeError, ValueError) as error:
        raise ScoringError("not_a_number", f"{data!r} is not a number.") from error


def pairs(size: int) -> tuple[Whole, Whole]:
    """Rows and columns of the interactions i <= j, in the order in which they are packed."""
    i, j = np.triu_indices(size)
    return i, j


def free_parameters(size: int) -> int:
    """Numbers that training is free to choose: 1 + d + d(d + 1) / 2; 36 for seven factors."""
    return 1 + size + size * (size + 1) // 2


def sigma(z: Floats) -> Floats:
    """1 / (1 + e^-z) without overflow: e^z / (1 + e^z) below 0. Rounds to exactly 1 from about 37."""
    small = np.exp(-np.abs(z))
    bent: Floats = np.where(z >= 0, 1.0, small) / (1 + small)
    return bent


def learned_scores(ratings: Floats, coefficients: Coefficients) -> Floats:
    """Eq. (4) for every row: sigma(b + w.f + f'Wf).

    Parameters
    ----------
    ratings : (N, F) in [0, 1]

    Returns
    -------
    (N,) in [0, 1]

    Raises
    ------
    ScoringError `E_SHAPE` if a row has another number of factors than the coefficients

    Degenerate: ratings of 0 give sigma(b); coefficients of 0 give 0.5 whatever is rated.
    Source: eq. (4); D9. The stakeholders' weights have no place in it; `weighted.py` gives them one.
    """
    return sigma(coefficients.bias + contributions(ratings, coefficients).sum(axis=-1))


def contributions(ratings: Floats, coefficients: Coefficients) -> Floats:
    """(..., F) c_i = f_i (w_i + (Wf)_i), which add up to w.f + f'Wf; each interaction is split half and half.

    Source: D10.
    """
    if ratings.shape[-1] != coefficients.size:
        raise ScoringError("E_SHAPE", f"{coefficients.size} ratings needed, got {ratings.shape[-1]}.")
    return ratings * (coefficients.linear + ratings @ coefficients.interactions)
