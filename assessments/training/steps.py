"""One step of a training: as many units as fit into a few seconds, always at least one.

What comes out depends on the units alone and never on how they were cut into steps, so a training that was killed and
went on elsewhere ends with the same bytes.
"""

import time
from dataclasses import dataclass
from typing import Any

import numpy as np

from assessments.models import ComputationRun, LabelledHistory
from assessments.scoring.learning import history as core
from assessments.scoring.learning.fit import descend, starting_points
from assessments.scoring.learning.leave_one_out import fold_prediction
from assessments.scoring.learning.objective import Objective
from assessments.training.checkpoint import Checkpoint
from assessments.training.findings import Findings
from assessments.training.plan import Series, Work
from assessments.training.record import record_text
from assessments.training.settings import Settings

SECONDS = 2.5
"""After this long no further unit is begun: a worker's lease is a few times longer."""


@dataclass(frozen=True)
class Progress:
    """How far a step came. ``result`` is there once everything is done."""

    done: int
    checkpoint: dict[str, Any]
    result: str | None = None


def work_on(run: ComputationRun) -> Progress:
    """Go on from the run's checkpoint for a few seconds; writes nothing."""
    if run.history is None:
        raise LookupError(f"Run {run.pk} has no history.")
    settings = Settings.from_json(run.settings)
    plan, checkpoint = settings.plan(run.history.case_count), Checkpoint.from_json(run.checkpoint)
    cases = rows_of(run.history)
    until, done = time.monotonic() + SECONDS, run.steps_done
    while done == run.steps_done or (time.monotonic() < until and done < plan.total):
        unit = plan.unit(done)
        done += 1
        findings = Findings(settings, cases, checkpoint)
        if unit.series is None:
            return Progress(done, {}, record_text(findings, run.history, run.started_at))
        _do(unit.work, unit.series, unit.number, findings)
    return Progress(done, checkpoint.to_json())


def rows_of(history: LabelledHistory) -> core.LabelledHistory:
    """Read the cases of a history as the core wants them; a label of unknown raters has none that count."""
    rows = list(history.cases.order_by("number"))
    raters = None if all(row.raters is None for row in rows) else np.array([row.raters or 0 for row in rows])
    return core.LabelledHistory(
        tuple(history.factors),
        np.array([[float(value) for value in row.ratings] for row in rows]),
        np.array([float(row.label) for row in rows]),
        raters,
    )


def _do(work: Work, series: Series, number: int, findings: Findings) -> None:
    """Do one unit and keep what came out in the checkpoint."""
    cases, delta, variant = findings.cases, findings.delta, findings.variant(series)
    lam = float(series.lam or findings.chosen.lam)
    if work == Work.FOLD:
        findings.checkpoint.add_fold(series, fold_prediction(cases, number, lam, variant, delta))
        return
    start = starting_points(variant, cases.size)[number]
    end = descend(Objective.of(cases, variant, lam, delta), variant, cases.size, start)
    findings.checkpoint.add_end(series, end)
