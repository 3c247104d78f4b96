"""What follows from the finished fits and folds of a training: errors, the chosen penalty, the verdict."""

from dataclasses import asdict, dataclass
from functools import cached_property
from typing import Any

from assessments.scoring.learning.accuracy import accuracy, linear_predictions
from assessments.scoring.learning.admission import Verdict, admission
from assessments.scoring.learning.arrays import Floats
from assessments.scoring.learning.fit import FitReport, report_of
from assessments.scoring.learning.history import LabelledHistory
from assessments.scoring.learning.leave_one_out import choose_lambda
from assessments.scoring.learning.polynomial import learned_scores
from assessments.scoring.learning.reliability import Bin, reliability_table
from assessments.scoring.learning.variants import Variant, variant_named
from assessments.training.checkpoint import Checkpoint
from assessments.training.plan import Plan, Series
from assessments.training.settings import Settings


@dataclass(frozen=True, eq=False)
class Findings:
    """Everything that a training has worked out, and what can be said from it."""

    settings: Settings
    cases: LabelledHistory
    checkpoint: Checkpoint

    @property
    def plan(self) -> Plan:
        """The units that were to be done."""
        return self.settings.plan(self.cases.cases)

    @property
    def delta(self) -> float:
        """Width of the Huber loss."""
        return float(self.settings.learning.delta)

    def variant(self, series: Series) -> Variant:
        """The way to fit that a series stands for, within the policy's bounds."""
        return variant_named(series.variant, float(self.settings.learning.zero_risk_score))

    @cached_property
    def chosen(self) -> Series:
        """The default fit under the penalty whose folds predict best (D14)."""
        best = choose_lambda({float(one.lam): self.left_out(one)["loss"] for one in self.plan.path})
        return next(one for one in self.plan.path if float(one.lam) == best)

    def report(self, series: Series) -> FitReport:
        """Choose among the ends of a full fit; a series without a penalty of its own took the chosen one."""
        lam = float(series.lam or self.chosen.lam)
        return report_of(self.checkpoint.ends[series.name], self.cases, self.variant(series), lam, self.delta)

    def fitted(self, series: Series) -> dict[str, Any]:
        """Errors on the very cases that the fit has seen."""
        return self._accuracy(learned_scores(self.cases.ratings, self.report(series).coefficients))

    def left_out(self, series: Series) -> dict[str, Any]:
        """Errors on each case, predicted by a fit that never saw it."""
        unsure = sum(not fold.is_converged for fold in self.checkpoint.folds[series.name])
        return {**self._accuracy(self.checkpoint.predictions(series)), "folds_not_converged": unsure}

    def linear(self) -> dict[str, Any]:
        """Errors of eq. (2) at equal weights, which learns nothing and so has seen no case."""
        return self._accuracy(linear_predictions(self.cases))

    def reliability(self) -> tuple[Bin, ...]:
        """Mean prediction beside mean label in bins of equal count."""
        bins = self.settings.learning.reliability_bins
        return reliability_table(self.checkpoint.predictions(self.chosen), self.cases.labels, bins)

    def verdict(self) -> Verdict:
        """Hold the chosen fit against the conditions of D15."""
        return admission(
            self.cases,
            self.report(self.chosen).coefficients,
            self.checkpoint.predictions(self.chosen),
            self.reliability(),
            per_parameter=self.settings.learning.cases_per_number,
            standard_errors=float(self.settings.learning.standard_errors),
            zero_risk=float(self.settings.learning.zero_risk_score),
            raters=self.settings.learning.raters_per_label,
            delta=self.delta,
        )

    def _accuracy(self, predictions: Floats) -> dict[str, Any]:
        return asdict(accuracy(predictions, self.cases.labels, self.delta))
