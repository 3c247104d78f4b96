"""The learned score on the binding side: the same common form as every other score, in exact decimals (D4, D10)."""

from collections.abc import Sequence
from decimal import Decimal

from assessments.scoring.aggregators import LEARNED, CommonForm
from assessments.scoring.arithmetic import in_context
from assessments.scoring.errors import ScoringError
from assessments.scoring.learning.polynomial import Coefficients


@in_context
def learned_form(ratings: Sequence[Decimal], coefficients: Coefficients) -> CommonForm:
    """Prepare a case for scoring by eq. (4) with the stakeholders' weights; O(F^2).

    Parameters
    ----------
    ratings : (F,) published ratings in [0, 1]
    coefficients : of a finished training run; each enters as the decimal that its file holds

    Returns
    -------
    Common form with a0 = b, a_i = F c_i, c_i = f_i (w_i + (Wf)_i), and G logistic

    Raises
    ------
    ScoringError `E_SHAPE` for another number of ratings than of coefficients

    Degenerate: at uniform weights it is eq. (4).
    Source: eq. (4); D4, D10.
    """
    size = coefficients.size
    if len(ratings) != size:
        raise ScoringError("E_SHAPE", f"{size} ratings needed, got {len(ratings)}.")
    linear = _decimals(coefficients.linear.tolist())
    rows = [_decimals(row) for row in coefficients.interactions.tolist()]
    effects = tuple(
        size * f * (w + sum((part * other for part, other in zip(row, ratings, strict=True)), Decimal(0)))
        for f, w, row in zip(ratings, linear, rows, strict=True)
    )
    return CommonForm(LEARNED, Decimal(repr(coefficients.bias)), effects, Decimal(1))


def _decimals(values: Sequence[float]) -> list[Decimal]:
    return [Decimal(repr(value)) for value in values]
