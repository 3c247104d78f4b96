"""Covariance of members' answers from the exact sums of a group: whole numbers first, divided last (D3)."""

from collections.abc import Sequence
from itertools import combinations_with_replacement

import numpy as np
from numpy.typing import NDArray

from assessments.scoring.arithmetic import POINTS
from assessments.scoring.group_sums import GroupSums

Floats = NDArray[np.float64]


def covariance(sums: GroupSums) -> Floats | None:
    """(F, F) covariance of shares, divisor n - 1; None below two answers.

    Source: D3, C = (n Q - s s') / (1e8 n (n - 1)).
    """
    if sums.n < 2:  # noqa: PLR2004 -- a spread needs two
        return None
    divisor = POINTS**2 * sums.n * (sums.n - 1)
    matrix = np.empty((sums.size, sums.size))
    for (i, j), product in zip(combinations_with_replacement(range(sums.size), 2), sums.q, strict=True):
        # Python's whole numbers cannot overflow and their quotient is rounded once
        matrix[i, j] = matrix[j, i] = (sums.n * product - sums.s[i] * sums.s[j]) / divisor
    return matrix


def pooled_covariance(groups: Sequence[GroupSums]) -> tuple[Floats, int] | None:
    """Covariance pooled over groups, with its degrees of freedom; None if no group has two answers.

    Source: D3, sum (n - 1) C / sum (n - 1).
    """
    known = [(group.n - 1, matrix) for group in groups if (matrix := covariance(group)) is not None]
    if not known:
        return None
    freedom = sum(weight for weight, _ in known)
    total: Floats = np.sum([weight * matrix for weight, matrix in known], axis=0)
    return total / freedom, freedom
