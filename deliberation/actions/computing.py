"""Beginning, carrying on and looking after what follows from a close and takes long.

The close of a round owes two chains of steps: the long part of what would change its score, and the report on possible
manipulation. Both are named by their inputs, so a new close, policy or formula has its own and none is ever stale.
"""

import datetime as dt
import json
import time
from collections.abc import Callable, Sequence
from functools import partial
from typing import Any

from django.db.models import Exists, OuterRef, QuerySet

from assessments.actions.chains import SECONDS, Chain, Progress, new_token, owed_by_nobody, take_step
from assessments.models import ComputationRun, WeightRound
from assessments.scoring.version import FORMULA_VERSION
from assessments.states import ComputationKind, ComputationState, RoundState
from deliberation.computing import panel
from deliberation.computing.kinds import STEPS, VERSIONS
from deliberation.computing.look_out import LookOut
from deliberation.computing.subject import Published, inputs_of, published_of
from deliberation.manipulation.checks import asks_to_look
from deliberation.notices import names
from lastvote.jobs.outbox import enqueue
from lastvote.jobs.sweeper import alone
from lastvote.transactions import locking
from stakeholders.notices.telling import tell

A_SWEEP = 20
"""Computations that one sweep begins: after an upgrade of the formulas every round needs them anew."""


def begin_all(assessment_id: int, now: dt.datetime) -> None:
    """Begin what the published rounds of an assessment still lack; the work that a close owes ends with this."""
    for kind in CHAINS:
        for weight_round in _lacking(kind).filter(assessment=assessment_id):
            begin(kind, weight_round, now)


def begin_missing(now: dt.datetime) -> int:
    """Begin what published rounds lack, and owe steps that nobody owes; called by each sweep, normally for nothing."""
    lacking = [(kind, weight_round) for kind in CHAINS for weight_round in _lacking(kind)[:A_SWEEP]]
    for kind, weight_round in lacking:
        alone(partial(_begin_one, kind, weight_round, now), sweep="computations", subject_id=weight_round.pk)
    lost = [(chain, run) for chain in CHAINS.values() for run in owed_by_nobody(chain)]
    for chain, run in lost:
        enqueue(kind=chain.step, subject_id=run.pk, now=now)
    return len(lacking) + len(lost)


def _begin_one(kind: ComputationKind, weight_round: WeightRound, now: dt.datetime) -> int:
    begin(kind, weight_round, now)
    return 1


def begin(kind: ComputationKind, weight_round: WeightRound, now: dt.datetime) -> None:
    """Owe the first step of a computation on a published round. Asking twice is asking once."""
    units = UNITS[kind](published_of(weight_round))
    with locking():
        run, new = ComputationRun.objects.get_or_create(
            kind=kind,
            inputs_sha256=inputs_of(kind, weight_round.record, weight_round.assessment.policy),
            defaults={
                "jurisdiction": weight_round.assessment.incident.jurisdiction,
                "token": new_token(),
                "round": weight_round,
                "settings": {"formula_version": FORMULA_VERSION, "version": VERSIONS[kind]},
                "steps_total": len(units),
                "started_at": now,
            },
        )
        if new:
            enqueue(kind=STEPS[kind], subject_id=run.pk, now=now)


def panel_step(run_id: int, now: dt.datetime) -> None:
    """Do the next few seconds of the long part of a panel. Records ``panel.finished`` or ``panel.failed``."""
    take_step(CHAINS[ComputationKind.PANEL], _run(run_id), now)


def look_out_step(run_id: int, now: dt.datetime) -> None:
    """Do the next few seconds of a report. Records ``report.finished`` or ``report.failed``."""
    take_step(CHAINS[ComputationKind.LOOK_OUT], _run(run_id), now)


def _lacking(kind: ComputationKind) -> QuerySet[WeightRound]:
    """Return published rounds without this computation under the formulas in use, the newest first."""
    made = ComputationRun.objects.filter(
        kind=kind, round=OuterRef("pk"), settings__formula_version=FORMULA_VERSION, settings__version=VERSIONS[kind]
    )
    rounds = WeightRound.objects.filter(~Exists(made), state=RoundState.PUBLISHED)
    return rounds.select_related(*WITH).order_by("-published_at", "-pk")


def _run(run_id: int) -> ComputationRun | None:
    return ComputationRun.objects.filter(pk=run_id).select_related(*(f"round__{name}" for name in WITH)).first()


def _panel(run: ComputationRun) -> Progress:
    found = _published(run)
    units = panel.units_of(found)
    return _go_on(run, units, partial(panel.work_out, found), partial(panel.result_of, found, units))


def _look_out(run: ComputationRun) -> Progress:
    looked = LookOut(_published(run))
    units = looked.units()
    return _go_on(run, units, looked.work_out, partial(looked.result, units))


def _tell_of_flags(run: ComputationRun, now: dt.datetime) -> None:
    """Owe it to those who have to look that they hear of a report with a flag, once for each round."""
    if run.round_id is not None and asks_to_look(json.loads(run.result)):
        tell(names.REPORT_FLAGGED, run.round_id, now)


def _published(run: ComputationRun) -> Published:
    if run.round is None:
        raise LookupError(f"Run {run.pk} is on no round.")
    return published_of(run.round)


def _go_on(
    run: ComputationRun, units: Sequence[Any], work_out: Callable[[Any], Any], result: Callable[[list[Any]], str]
) -> Progress:
    """Go on from the checkpoint for a few seconds, at least one unit. How it is cut into steps changes no byte."""
    parts = list(run.checkpoint.get("parts", []))
    until = time.monotonic() + SECONDS
    while len(parts) < len(units):
        parts.append(work_out(units[len(parts)]))
        if time.monotonic() >= until:
            break
    if len(parts) == len(units):
        return Progress(len(parts), {}, result(parts))
    return Progress(len(parts), {"parts": parts})


WITH = ("record", "assessment__policy__jurisdiction", "assessment__incident__jurisdiction")
UNITS: dict[ComputationKind, Callable[[Published], list[Any]]] = {
    ComputationKind.PANEL: panel.units_of,
    ComputationKind.LOOK_OUT: lambda found: LookOut(found).units(),
}
CHAINS = {
    ComputationKind.PANEL: Chain(
        ComputationKind.PANEL,
        STEPS[ComputationKind.PANEL],
        _panel,
        {ComputationState.DONE: "panel.finished", ComputationState.FAILED: "panel.failed"},
    ),
    ComputationKind.LOOK_OUT: Chain(
        ComputationKind.LOOK_OUT,
        STEPS[ComputationKind.LOOK_OUT],
        _look_out,
        {ComputationState.DONE: "report.finished", ComputationState.FAILED: "report.failed"},
        after=_tell_of_flags,
    ),
}
