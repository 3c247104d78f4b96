"""How far a computation on a published round is, and what it found. Read by its inputs, so it is never a stale one."""

import json
from dataclasses import dataclass
from typing import Any

from assessments.models import ComputationRun, PolicyVersion, RoundRecord
from assessments.models.learning import UNFINISHED
from assessments.states import ComputationKind, ComputationState
from deliberation.computing.kinds import STEPS
from deliberation.computing.subject import inputs_of
from lastvote.jobs.outbox import dead_items
from stakeholders.models import Jurisdiction

Json = dict[str, Any]


@dataclass(frozen=True)
class WorkedOut:
    """One computation. ``found`` is there once it is done; ``stuck`` says that people have to look after it."""

    run: ComputationRun | None
    stuck: bool = False
    found: Json | None = None

    @property
    def done(self) -> int:
        """Parts that are done."""
        return self.run.steps_done if self.run else 0

    @property
    def total(self) -> int | None:
        """Parts in all; not known before it has begun."""
        return self.run.steps_total if self.run else None


def worked_out(kind: ComputationKind, record: RoundRecord, policy: PolicyVersion) -> WorkedOut:
    """Return the computation of a kind on exactly these inputs."""
    run = ComputationRun.objects.filter(kind=kind, inputs_sha256=inputs_of(kind, record, policy)).first()
    if run is None or run.state == ComputationState.DONE:
        return WorkedOut(run, found=json.loads(run.result) if run else None)
    failed = run.state == ComputationState.FAILED
    return WorkedOut(run, stuck=failed or dead_items().filter(kind=STEPS[kind], subject_id=run.pk).exists())


def stuck_in(jurisdiction: Jurisdiction) -> list[ComputationRun]:
    """Return the newest computations of each round that failed or were given up; the desk is told of these."""
    dead = {(one.kind, one.subject_id) for one in dead_items().filter(kind__in=STEPS.values())}
    runs = ComputationRun.objects.filter(
        jurisdiction=jurisdiction, kind__in=list(STEPS), state__in=(*UNFINISHED, ComputationState.FAILED)
    ).select_related("round__assessment__incident")
    return [
        run
        for run in runs.defer("checkpoint", "result").order_by("pk")
        if run.state == ComputationState.FAILED or (STEPS[ComputationKind(run.kind)], run.pk) in dead
    ]
