"""How far two positions lie apart: the points that must move to turn one into the other."""

from fractions import Fraction

from assessments.scoring.arithmetic import POINTS, Points


def total_variation(one: Points, other: Points) -> Fraction:
    """TV in [0, 1]: share of the weight that must move.

    Parameters
    ----------
    one, other : (F,) points

    Source: D23.
    """
    return Fraction(sum(abs(p - q) for p, q in zip(one, other, strict=True)), 2 * POINTS)
