"""Training: eq. (5) made as small as it gets, from zero and from five other places."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np

from assessments.scoring.learning.arrays import Floats
from assessments.scoring.learning.history import LabelledHistory
from assessments.scoring.learning.objective import DELTA, Objective
from assessments.scoring.learning.polynomial import Coefficients, free_parameters
from assessments.scoring.learning.variants import Variant

GRADIENT = 1e-7  # largest projected gradient of a fit that counts as converged
SAME = 1e-9  # ends whose objectives differ by less are one end; the rest is rounding
RESTARTS = 5
SEED = 20250
ITERATIONS = 10_000
FRESH_RUNS = 5  # from a far start the method can stall on a slope; beginning again there, without memory, frees it
MEMORY = 20  # corrections kept by the optimiser; few enough parameters to afford more than its usual 10


@dataclass(frozen=True, eq=False)
class End:
    """Where one descent came to rest.

    theta : (P,) packed coefficients
    objective : eq. (5) there
    gradient : largest entry of the projected gradient; at most 1e-7 if the descent converged
    """

    theta: Floats
    objective: float
    gradient: float
    iterations: int

    @property
    def is_converged(self) -> bool:
        """Whether the gradient is as small as D13 asks for."""
        return self.gradient <= GRADIENT


@dataclass(frozen=True, eq=False)
class FitReport:
    """A finished training run.

    ends : (1 + 5,) the end from zero first, then one for each restart
    chosen : which end the coefficients come from: the lowest; the one from zero unless another is lower
    """

    variant: Variant
    lam: float
    delta: float
    coefficients: Coefficients
    ends: tuple[End, ...]
    chosen: int

    @property
    def end(self) -> End:
        """The chosen end: objective, gradient and iterations of this fit."""
        return self.ends[self.chosen]

    @property
    def spread(self) -> float:
        """Highest less lowest objective over all ends; above 1e-9 the objective has several valleys."""
        values = [end.objective for end in self.ends]
        return max(values) - min(values)


def starting_points(variant: Variant, size: int) -> tuple[Floats, ...]:
    """(1 + 5,) packed starts, moved into the bounds: zero, then standard normal numbers from a fixed seed."""
    low, high = variant.bounds(size)
    draws = np.random.Generator(np.random.PCG64(SEED)).standard_normal((RESTARTS, free_parameters(size)))
    return tuple(np.clip(start, low, high) for start in (np.zeros(free_parameters(size)), *draws))


def descend(objective: Objective, variant: Variant, size: int, start: Floats) -> End:
    """Follow the gradient downhill from one start by L-BFGS-B; the same start always gives the same end.

    Degenerate: where the objective has no lowest point (every label 0, and b free to fall), it stops where the
    gradient is 1e-7 at most.
    Source: D13.
    """
    low, high = variant.bounds(size)
    end = _one_run(objective, low, high, start)
    for _ in range(FRESH_RUNS):
        if end.is_converged:
            break
        again = _one_run(objective, low, high, end.theta)
        end = replace(again, iterations=end.iterations + again.iterations)
    return end


def _one_run(objective: Objective, low: Floats, high: Floats, start: Floats) -> End:
    from scipy.optimize import Bounds, minimize  # noqa: PLC0415 -- scipy is heavy; only training needs it

    found = minimize(
        objective.value_and_gradient,
        start,
        jac=True,
        method="L-BFGS-B",
        bounds=Bounds(low, high),
        # ftol 0: a small gain per step does not mean that the bottom is reached, the gradient decides
        options={"ftol": 0.0, "gtol": GRADIENT, "maxiter": ITERATIONS, "maxfun": 2 * ITERATIONS, "maxcor": MEMORY},
    )
    value, gradient = objective.value_and_gradient(found.x)
    projected = np.clip(found.x - gradient, low, high) - found.x
    return End(found.x, value, float(np.abs(projected).max()), int(found.nit))


def fit(history: LabelledHistory, variant: Variant, lam: float, delta: float = DELTA) -> FitReport:
    """Train the learned score on a whole history, from all starts.

    Parameters
    ----------
    variant : `AS_PRINTED` (D13), `DEFAULT` (D14) or `FRACTIONAL_LOGIT`
    lam : strength of the ridge, 0 or more; 0.01 in the paper
    delta : width of the Huber loss, above 0

    Raises
    ------
    ScoringError `E_RANGE`, `E_NONFINITE`

    Degenerate: one case, equal labels, a factor that never varies and ratings of 0 all have an answer: the ridge
    keeps what the data leave open at 0. The report says whether the descent converged.
    Source: eq. (5), (6H); D13, D14.
    """
    objective = Objective.of(history, variant, lam, delta)
    starts = starting_points(variant, history.size)
    return report_of(
        [descend(objective, variant, history.size, start) for start in starts], history, variant, lam, delta
    )


def report_of(
    ends: Sequence[End], history: LabelledHistory, variant: Variant, lam: float, delta: float = DELTA
) -> FitReport:
    """Choose among ends in the order of `starting_points`; for a job that makes each descent a step of its own."""
    lowest = min(end.objective for end in ends)
    chosen = next(place for place, end in enumerate(ends) if end.objective <= lowest + SAME)
    coefficients = Coefficients.unpacked(ends[chosen].theta, history.size)
    return FitReport(variant, lam, delta, coefficients, tuple(ends), chosen)
