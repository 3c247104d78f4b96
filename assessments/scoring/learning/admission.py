"""Whether the learned score has earned being the headline: five conditions, each with its numbers (D15)."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from assessments.scoring.learning.accuracy import check_pair, linear_predictions
from assessments.scoring.learning.arrays import Floats
from assessments.scoring.learning.history import LabelledHistory
from assessments.scoring.learning.objective import DELTA, huber
from assessments.scoring.learning.polynomial import Coefficients, free_parameters
from assessments.scoring.learning.reliability import Bin
from assessments.scoring.learning.variants import DEFAULT, ZERO_RISK, variant_named
from assessments.scoring.parameters_learning import LearningParameters

PER_PARAMETER = LearningParameters().cases_per_number  # cases needed for each number that training chooses
STANDARD_ERRORS = float(LearningParameters().standard_errors)  # by which the learned score must beat eq. (2)
RATERS = LearningParameters().raters_per_label  # people who label a case without seeing each other's label


@dataclass(frozen=True)
class Reason:
    """One condition: its code for programs, whether it is met, and the numbers that show it."""

    code: str
    is_met: bool
    numbers: Mapping[str, float | int | None]


@dataclass(frozen=True)
class Verdict:
    """All conditions in the order of D15. Being admissible admits nothing: people decide, and it is recorded."""

    reasons: tuple[Reason, ...]

    @property
    def is_admissible(self) -> bool:
        """Whether every condition is met; otherwise the learned score is shown as experimental."""
        return all(reason.is_met for reason in self.reasons)


def admission(
    history: LabelledHistory,
    coefficients: Coefficients,
    predictions: Floats | None,
    table: Sequence[Bin],
    *,
    per_parameter: int = PER_PARAMETER,
    standard_errors: float = STANDARD_ERRORS,
    zero_risk: float = ZERO_RISK,
    raters: int = RATERS,
    delta: float = DELTA,
) -> Verdict:
    """Check the five conditions of D15.

    Parameters
    ----------
    coefficients : of the fit on the whole history
    predictions : (N,) of leave-one-out folds under the chosen lambda; None if there are none
    table : reliability table of the same predictions
    per_parameter, standard_errors, zero_risk, raters, delta : what the policy asks for

    Raises
    ------
    ScoringError `E_SHAPE` if predictions and history differ in size

    Degenerate: without predictions, or with a single case, nothing is beaten. Beating takes a difference above 0,
    so two scores that agree everywhere do not beat each other.
    Source: D15.
    """
    return Verdict(
        (
            enough_cases(history, per_parameter),
            beats_linear(history, predictions, standard_errors, delta),
            bounds_hold(coefficients, zero_risk),
            reliability_shown(history, table),
            two_raters(history, raters),
        )
    )


def cases_needed(size: int, per_parameter: int = PER_PARAMETER) -> int:
    """2 (1 + d + d(d + 1) / 2): 30 for four factors, 72 for seven."""
    return per_parameter * free_parameters(size)


def enough_cases(history: LabelledHistory, per_parameter: int = PER_PARAMETER) -> Reason:
    """Two cases for each number that training chooses."""
    needed = cases_needed(history.size, per_parameter)
    return Reason("enough_cases", history.cases >= needed, {"cases": history.cases, "needed": needed})


def beats_linear(
    history: LabelledHistory,
    predictions: Floats | None,
    standard_errors: float = STANDARD_ERRORS,
    delta: float = DELTA,
) -> Reason:
    """Mean loss below that of eq. (2) at equal weights by one standard error of the paired differences."""
    linear = huber(linear_predictions(history) - history.labels, delta)
    if predictions is None:
        return _beaten(None, float(linear.mean()), None, None, standard_errors)
    check_pair(predictions, history.labels)
    learned = huber(predictions - history.labels, delta)
    gains = linear - learned
    error = float(gains.std(ddof=1) / np.sqrt(history.cases)) if history.cases > 1 else None
    return _beaten(float(learned.mean()), float(linear.mean()), float(gains.mean()), error, standard_errors)


def _beaten(
    learned: float | None, linear: float, gain: float | None, error: float | None, standard_errors: float
) -> Reason:
    is_met = gain is not None and error is not None and gain > 0 and gain >= standard_errors * error
    numbers = {"learned_loss": learned, "linear_loss": linear, "gain": gain, "standard_error": error}
    return Reason("beats_linear", is_met, {**numbers, "standard_errors_needed": standard_errors})


def bounds_hold(coefficients: Coefficients, zero_risk: float = ZERO_RISK) -> Reason:
    """No risk scores `zero_risk` at most, and no rating can lower the score."""
    theta = coefficients.packed()
    low, high = variant_named(DEFAULT.name, zero_risk).bounds(coefficients.size)
    is_met = bool((theta >= low).all() and (theta <= high).all())
    numbers = {"bias": coefficients.bias, "bias_limit": float(high[0]), "lowest": float(theta[1:].min())}
    return Reason("bounds_hold", is_met, numbers)


def reliability_shown(history: LabelledHistory, table: Sequence[Bin]) -> Reason:
    """A reliability table is there, and every case is in it."""
    shown = sum(one.count for one in table)
    return Reason("reliability_shown", shown == history.cases, {"shown": shown, "cases": history.cases})


def two_raters(history: LabelledHistory, needed: int = RATERS) -> Reason:
    """Every label comes from enough raters who did not see each other's label."""
    enough = 0 if history.raters is None else int((history.raters >= needed).sum())
    numbers = {"cases": history.cases, "with_enough": enough, "raters_needed": needed}
    return Reason("two_raters", enough == history.cases, numbers)
