"""Labelled past cases: what was rated, and how severe people later judged it."""

from dataclasses import dataclass
from typing import Self

import numpy as np

from assessments.scoring.errors import ScoringError
from assessments.scoring.learning.arrays import Floats, Whole, check_shares, checked_floats
from assessments.scoring.schemes import SMALLEST


@dataclass(frozen=True, eq=False)
class LabelledHistory:
    """Everything that training reads; checked once, immutable.

    Parameters
    ----------
    factors : (F,) names of the factors, two or more, all different
    ratings : (N, F) in [0, 1], N at least 1
    labels : (N,) severity in [0, 1]
    raters : (N,) whole numbers from 0, how many people labelled each case without seeing each other's label;
        None where that is not known

    Raises
    ------
    ScoringError `E_EMPTY` without a case, `E_RANGE`, `E_NONFINITE`, `E_SHAPE`, `E_TYPE`

    Source: D1; A.2.4.
    """

    factors: tuple[str, ...]
    ratings: Floats
    labels: Floats
    raters: Whole | None = None

    def __post_init__(self) -> None:
        object.__setattr__(self, "ratings", checked_floats(self.ratings, "ratings", 2))
        object.__setattr__(self, "labels", checked_floats(self.labels, "labels", 1))
        if self.raters is not None:
            object.__setattr__(self, "raters", _checked_raters(self.raters))
        self._check_sizes()
        check_shares(self.ratings, "ratings")
        check_shares(self.labels, "labels")

    @property
    def cases(self) -> int:
        """Number of cases, N."""
        return len(self.labels)

    @property
    def size(self) -> int:
        """Number of factors, d in the paper."""
        return len(self.factors)

    def without(self, case: int) -> Self:
        """Leave one case out; `E_EMPTY` if it is the only one."""
        raters = None if self.raters is None else np.delete(self.raters, case)
        kept = np.delete(self.ratings, case, axis=0), np.delete(self.labels, case)
        return type(self)(self.factors, *kept, raters)

    def _check_sizes(self) -> None:
        if not self.cases:
            raise ScoringError("E_EMPTY", "There are no labelled cases.")
        if self.size < SMALLEST or len(set(self.factors)) != self.size:
            raise ScoringError("E_SHAPE", "A history needs two or more different factors.")
        if self.ratings.shape != (self.cases, self.size):
            raise ScoringError("E_SHAPE", "Every case needs a label and one rating for each factor.")
        if self.raters is not None and len(self.raters) != self.cases:
            raise ScoringError("E_SHAPE", "Every case needs its number of raters.")


def _checked_raters(values: Whole) -> Whole:
    exact = checked_floats(values, "raters", 1)
    counts: Whole = exact.astype(np.int64)
    if (counts != exact).any():
        raise ScoringError("E_TYPE", "raters: whole numbers are needed.", name="raters")
    if counts.size and counts.min() < 0:
        raise ScoringError("E_RANGE", "raters: must be 0 or more.", name="raters", minimum=0)
    counts.setflags(write=False)
    return counts
