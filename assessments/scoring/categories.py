"""From the components of a category to its value (D5; eq. (6V), (14)-(20))."""

from collections.abc import Sequence
from decimal import Decimal
from fractions import Fraction

from assessments.scoring.arithmetic import Exact, as_decimal, in_context
from assessments.scoring.errors import ScoringError

MEAN = "mean"
RMS = "rms"
RULES = (MEAN, RMS)


def category_mean(values: Sequence[Exact], ratios: Sequence[int]) -> Fraction:
    """Weighted mean of the components, the default.

    Parameters
    ----------
    values : (C,) ratings in [0, 1]
    ratios : (C,) whole ratios of the component weights, not all 0; 1:1:1 at first

    Source: D5; numerator of eq. (14)-(20), divided by the constant sum of its weights.
    """
    return sum((r * Fraction(x) for r, x in zip(ratios, values, strict=True)), Fraction(0)) / sum(ratios)


@in_context
def category_rms(values: Sequence[Exact], ratios: Sequence[int]) -> Decimal:
    """Root of the weighted mean square, in [mean, max]; an L2 aggregate that keeps magnitude.

    Source: D5, alternative.
    """
    return as_decimal(category_mean([Fraction(x) ** 2 for x in values], ratios)).sqrt()


@in_context
def category_printed(values: Sequence[Exact], ratios: Sequence[int]) -> Decimal:
    """Weighted mean divided by the length of the component vector, as printed.

    Raises
    ------
    ScoringError `E_UNDEFINED` where every component is 0

    Degenerate: blind to scale; (c, c, c) gives the same for every c above 0,
    and equal weights stay in [0.333, 0.577].
    Source: eq. (14)-(20).
    """
    length = sum((Fraction(x) ** 2 for x in values), Fraction(0))
    if length == 0:
        raise ScoringError("E_UNDEFINED", "Eq. (14) divides by zero where every component is 0.")
    return as_decimal(category_mean(values, ratios)) / as_decimal(length).sqrt()


def category_value(values: Sequence[Exact], ratios: Sequence[int], rule: str) -> Exact:
    """Value of a category under the rule of the policy, `mean` or `rms`."""
    return category_rms(values, ratios) if rule == RMS else category_mean(values, ratios)
