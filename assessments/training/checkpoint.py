"""What has been worked out so far, as data that lies in the run's row. Numbers are texts that give back every bit."""

from dataclasses import dataclass, field
from typing import Any, Self

import numpy as np

from assessments.scoring.learning.arrays import Floats
from assessments.scoring.learning.fit import End
from assessments.scoring.learning.leave_one_out import Fold
from assessments.training.plan import Series


@dataclass
class Checkpoint:
    """Ends of descents and folds by the name of their series, each in order."""

    ends: dict[str, list[End]] = field(default_factory=dict)
    folds: dict[str, list[Fold]] = field(default_factory=dict)

    def add_end(self, series: Series, end: End) -> None:
        """Keep where one more descent came to rest."""
        self.ends.setdefault(series.name, []).append(end)

    def add_fold(self, series: Series, fold: Fold) -> None:
        """Keep one more fold."""
        self.folds.setdefault(series.name, []).append(fold)

    def predictions(self, series: Series) -> Floats:
        """(N,) what each case was predicted to be by the model that never saw it."""
        return np.array([fold.prediction for fold in self.folds[series.name]])

    def to_json(self) -> dict[str, Any]:
        """Plain data for the run's row."""
        return {
            "ends": {name: [_plain_end(end) for end in ends] for name, ends in self.ends.items()},
            "folds": {name: [_plain_fold(fold) for fold in folds] for name, folds in self.folds.items()},
        }

    @classmethod
    def from_json(cls, data: dict[str, Any]) -> Self:
        """Read what ``to_json`` wrote; a run that has not begun holds nothing."""
        return cls(
            {name: [_end(end) for end in ends] for name, ends in data.get("ends", {}).items()},
            {
                name: [Fold(case, float(prediction), sure) for case, (prediction, sure) in enumerate(folds)]
                for name, folds in data.get("folds", {}).items()
            },
        )


def _plain_end(end: End) -> list[Any]:
    return [[repr(value) for value in end.theta.tolist()], repr(end.objective), repr(end.gradient), end.iterations]


def _end(data: list[Any]) -> End:
    theta, objective, gradient, iterations = data
    return End(np.array([float(value) for value in theta]), float(objective), float(gradient), iterations)


def _plain_fold(fold: Fold) -> list[Any]:
    return [repr(fold.prediction), fold.is_converged]
