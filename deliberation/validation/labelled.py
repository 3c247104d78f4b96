"""The rules over labelled histories: only those whose training is published, and only what needs no groups."""

import json
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

from assessments import policy
from assessments.learning_reads import training_records
from assessments.models import ComputationRun, LabelledCase, PolicyVersion
from assessments.models import LabelledHistory as HistoryRow
from assessments.scoring.aggregators import LINEAR, CommonForm
from assessments.scoring.arithmetic import PLACES
from assessments.scoring.computation import Computation
from assessments.scoring.learning.accuracy import accuracy
from assessments.scoring.learning.arrays import Floats
from assessments.scoring.learning.history import LabelledHistory
from assessments.scoring.learning.learned_form import learned_form
from assessments.scoring.learning.polynomial import Coefficients
from assessments.scoring.learning.variants import AS_PRINTED, DEFAULT
from assessments.scoring.lines import lines_of
from assessments.training.settings import Settings
from deliberation.validation.fixed_rules import fixed_scores, same_levels
from stakeholders.models import Jurisdiction

LEARNED = "learned"
LEARNED_AS_PRINTED = "learned_as_printed"
LOSS_PLACES = PLACES + 2


@dataclass(frozen=True)
class LabelledRule:
    """One rule over one history: mean Huber loss, and how often it gives the level of the adding-up method.

    The learned rules predict each case by a fit that never saw it. The others learn nothing, so their loss is the same
    whichever case is left out.
    """

    rule: str
    loss: str
    same: int


@dataclass(frozen=True)
class TriedHistory:
    """One labelled history whose newest training record everybody can read."""

    history: HistoryRow
    run: ComputationRun
    rules: Sequence[LabelledRule]


@dataclass(frozen=True)
class Trained:
    """The newest published training record on a history."""

    run: ComputationRun
    record: dict[str, Any]

    @property
    def history(self) -> HistoryRow:
        """What was learned from."""
        return self.run.history  # type: ignore[return-value] # a training always has one

    def form_for(self, run: Computation) -> dict[str, CommonForm]:
        """Return the learned form for a case, if the history rates what the case is rated on."""
        scheme = run.inputs.scheme
        if (self.history.scheme, tuple(self.history.factors)) != (scheme.code, scheme.factors):
            return {}
        coefficients = Coefficients.from_json(self.record["fits"][DEFAULT.name]["coefficients"])
        return {LEARNED: learned_form(run.ratings.values, coefficients)}


def newest_trained(jurisdiction: Jurisdiction) -> list[Trained]:
    """Return the newest published record of each history, the newest first."""
    newest: dict[int | None, ComputationRun] = {}
    for run in training_records(jurisdiction):
        newest.setdefault(run.history_id, run)
    return [Trained(run, json.loads(run.result)) for run in newest.values()]


def tried_histories(trained: Sequence[Trained], version: PolicyVersion | None) -> list[TriedHistory]:
    """Try the rules on each history, under the lines of both ends of the roadmap; without a policy on none."""
    if version is None:
        return []
    cases = _cases([one.history.pk for one in trained])
    return [TriedHistory(one.history, one.run, _rules(one, cases[one.history.pk], version)) for one in trained]


def _cases(histories: Sequence[int]) -> dict[int, list[tuple[list[str], Any]]]:
    found: dict[int, list[tuple[list[str], Any]]] = defaultdict(list)
    rows = LabelledCase.objects.filter(history__in=histories).order_by("history", "number")
    for history, ratings, label in rows.values_list("history_id", "ratings", "label"):
        found[history].append((ratings, label))
    return found


def _rules(one: Trained, cases: Sequence[tuple[list[str], Any]], version: PolicyVersion) -> list[LabelledRule]:
    parameters = policy.read(version).parameters
    history = LabelledHistory(
        factors=tuple(one.history.factors),
        ratings=np.array([[float(value) for value in ratings] for ratings, _label in cases]),
        labels=np.array([float(label) for _ratings, label in cases]),
    )
    scores = fixed_scores(history, float(parameters.eta)) | _left_out(one.record)
    delta, times = float(Settings.from_json(one.run.settings).learning.delta), lines_of(None, parameters)
    return [
        LabelledRule(
            rule=rule,
            loss=f"{accuracy(predicted, history.labels, delta).loss:.{LOSS_PLACES}f}",
            same=same_levels(predicted, scores[LINEAR], times),
        )
        for rule, predicted in scores.items()
    ]


def _left_out(record: dict[str, Any]) -> dict[str, Floats]:
    """Return what the learned score said about each case when a fit had never seen it."""
    names = {LEARNED: DEFAULT.name, LEARNED_AS_PRINTED: AS_PRINTED.name}
    return {rule: np.array([float(value) for value in record["left_out"][name]]) for rule, name in names.items()}
