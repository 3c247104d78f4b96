"""Counting what a demo act owes at once, at the time of that act, instead of leaving it to a worker of today."""

import datetime as dt

from assessments import reads
from assessments.models import Assessment, ComputationRun
from assessments.states import ComputationKind, ComputationState
from deliberation.actions.cases import ADVANCE
from deliberation.computing.kinds import STEPS
from lastvote.jobs.outbox import deliver


def settle(assessment: Assessment, now: dt.datetime) -> None:
    """Fold and score what was accepted, publish a round that waits for it, judge the case, work out what follows.

    A worker would try a failed count again later; here nobody would, so it stops the loading.
    """
    deliver("recompute", assessment.pk, now)
    waiting = reads.freshness(assessment).waiting
    if waiting:
        raise RuntimeError(f"{assessment.incident.reference}: {waiting} inputs could not be counted.")
    deliver(ADVANCE, assessment.pk, now)
    for run in ComputationRun.objects.filter(round__assessment=assessment, state=ComputationState.WAITING):
        while deliver(STEPS[ComputationKind(run.kind)], run.pk, now):
            pass
