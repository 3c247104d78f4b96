"""Working out what follows from a close, as the workers would."""

import datetime as dt

from assessments.models import Assessment, ComputationRun
from assessments.states import ComputationKind
from deliberation.actions import computing
from deliberation.computing.kinds import STEPS
from lastvote.jobs import outbox


def work_out(assessment: Assessment, now: dt.datetime) -> None:
    """Begin what the published rounds of an assessment lack, and take every step."""
    computing.begin_all(assessment.pk, now)
    for run in ComputationRun.objects.filter(round__assessment=assessment):
        finish(run, now)


def finish(run: ComputationRun, now: dt.datetime) -> int:
    """Deliver what is owed until nothing is; return how many deliveries that took."""
    count = 0
    while outbox.deliver(STEPS[ComputationKind(run.kind)], run.pk, now):
        count += 1
    run.refresh_from_db()
    return count
