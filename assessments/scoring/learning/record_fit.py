"""How well a group's weights have fitted past labels: log p of eq. (7a) with a model that the paper leaves out."""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction

from assessments.scoring.aggregators import weighted_mean
from assessments.scoring.arithmetic import Points, as_decimal, check_decimal, check_points
from assessments.scoring.errors import ScoringError
from assessments.scoring.parameters_learning import LearningParameters

MEAN = "mean"
SUM = "sum"
MODES = (MEAN, SUM)
DELTA = LearningParameters().delta


@dataclass(frozen=True)
class PastPosition:
    """One labelled past case in which the group had a position.

    label : severity in [0, 1]
    ratings : (F,) published ratings in [0, 1]
    points : (F,) the group's position as it stood when that round closed
    """

    label: Decimal
    ratings: tuple[Decimal, ...]
    points: Points

    def __post_init__(self) -> None:
        check_decimal(self.label, "label", places=None)
        for rating in self.ratings:
            check_decimal(rating, "rating", places=None)
        check_points(self.points, len(self.ratings))


def record_fit(past: Sequence[PastPosition], mode: str = MEAN, delta: Decimal = DELTA) -> Decimal:
    """l_k = - mean of L_H(y, f.m_k) / delta^2, for eq. (7a); exact, because voices bind.

    Parameters
    ----------
    past : labelled past cases in which the group had a position, without the case in hand
    mode : `mean` (the default) or `sum`, as printed, under which a long record leaves all voice to one group

    Returns
    -------
    0 or less; with the mean at least -1 / delta

    Raises
    ------
    ScoringError `E_MODE` for another mode, `E_RANGE` for delta not above 0

    Degenerate: 0 without past cases, so that nobody gains or loses by having no record.
    Source: eq. (7a), (6H); D11.
    """
    if mode not in MODES:
        raise ScoringError("E_MODE", f"There is no record fit {mode!r}.", known=MODES)
    if delta <= 0:
        raise ScoringError("E_RANGE", "delta: must be above 0.", name="delta", minimum=0)
    if not past:
        return Decimal(0)
    total = sum((_loss(one, Fraction(delta)) for one in past), Fraction(0)) / Fraction(delta) ** 2
    return as_decimal(-total / (len(past) if mode == MEAN else 1))


def _loss(one: PastPosition, delta: Fraction) -> Fraction:
    size = abs(Fraction(one.label) - weighted_mean(one.points, one.ratings))
    return size**2 / 2 if size <= delta else delta * size - delta**2 / 2
