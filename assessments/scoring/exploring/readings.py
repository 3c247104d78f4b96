"""Other readings of "variance in w^(k)" of App. E, shown beside the index and deciding nothing (D23)."""

from collections.abc import Sequence
from fractions import Fraction
from itertools import combinations

from assessments.scoring.arithmetic import POINTS, Points
from assessments.scoring.exploring.distance import total_variation
from assessments.scoring.exploring.finding import ONE_GROUP, Finding


def factor_variances(positions: Sequence[Points]) -> Finding[tuple[Fraction, ...]]:
    """(F,) variance of each factor's share over the groups, divisor G' - 1.

    Parameters
    ----------
    positions : (G', F) points of the present groups

    Returns
    -------
    exact variances; no value, `one_group`, below two groups

    Source: App. E (i) read literally, for one factor at a time.
    """
    count = len(positions)
    if count < 2:  # noqa: PLR2004 -- a variance needs two
        return Finding(None, ONE_GROUP)
    divisor = count * (count - 1) * POINTS**2
    return Finding(
        tuple(
            Fraction(count * sum(value * value for value in column) - sum(column) ** 2, divisor)
            for column in zip(*positions, strict=True)
        )
    )


def mean_pairwise_distance(positions: Sequence[Points]) -> Finding[Fraction]:
    """Mean share of weight that must move to turn one group's position into another's, over all pairs.

    Degenerate: 0 if all agree; no value, `one_group`, below two groups.
    Source: D23; 0.46 for random opinions of seven groups on seven factors.
    """
    pairs = list(combinations(positions, 2))
    if not pairs:
        return Finding(None, ONE_GROUP)
    return Finding(sum((total_variation(*pair) for pair in pairs), Fraction(0)) / len(pairs))
