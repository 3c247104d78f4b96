"""What a training run minimises, and within which bounds: as printed, by default, and with cross-entropy."""

from dataclasses import dataclass, replace
from math import log

import numpy as np

from assessments.scoring.errors import ScoringError
from assessments.scoring.learning.arrays import Floats
from assessments.scoring.learning.polynomial import free_parameters
from assessments.scoring.parameters_learning import LearningParameters

HUBER = "huber"
CROSS_ENTROPY = "cross_entropy"
ZERO_RISK = float(LearningParameters().zero_risk_score)  # what a case without any risk scores at most


@dataclass(frozen=True)
class Variant:
    """One way to train.

    Parameters
    ----------
    name : as it is stored with a result
    loss : `huber`, eq. (6H), or `cross_entropy`
    penalises_bias : whether the ridge pulls b towards 0, that is the score of no risk towards 0.5
    is_bounded : no risk scores `zero_risk` at most, w >= 0 and W >= 0, so that no rating can ever lower the score
    zero_risk : in (0, 1); used where bounded
    """

    name: str
    loss: str
    penalises_bias: bool
    is_bounded: bool
    zero_risk: float = ZERO_RISK

    def bounds(self, size: int) -> tuple[Floats, Floats]:
        """Lowest and highest value of every packed coefficient; infinite where there is none."""
        low, high = np.full(free_parameters(size), -np.inf), np.full(free_parameters(size), np.inf)
        if self.is_bounded:
            low[1:] = 0.0
            high[0] = log(self.zero_risk / (1 - self.zero_risk))
        return low, high


AS_PRINTED = Variant("printed", HUBER, penalises_bias=True, is_bounded=False)  # D13
DEFAULT = Variant("default", HUBER, penalises_bias=False, is_bounded=True)  # D14
FRACTIONAL_LOGIT = Variant("fractional_logit", CROSS_ENTROPY, penalises_bias=False, is_bounded=True)  # D14, alternative
VARIANTS = {variant.name: variant for variant in (AS_PRINTED, DEFAULT, FRACTIONAL_LOGIT)}


def variant_named(name: str, zero_risk: float = ZERO_RISK) -> Variant:
    """Find a variant by the name it is stored under, with the bound that a policy sets.

    Raises
    ------
    ScoringError `E_MODE` for another name, `E_RANGE` for a bound outside (0, 1)
    """
    if name not in VARIANTS:
        raise ScoringError("E_MODE", f"There is no training variant {name!r}.", known=tuple(VARIANTS))
    if not 0 < zero_risk < 1:
        raise ScoringError("E_RANGE", "zero_risk: must be between 0 and 1.", name="zero_risk", minimum=0, maximum=1)
    return replace(VARIANTS[name], zero_risk=zero_risk)
