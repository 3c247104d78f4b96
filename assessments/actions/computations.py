"""What every long computation shares: its locked row, its end, and looking after one that nobody works on."""

import datetime as dt
from collections.abc import Callable

from assessments.models import ComputationRun
from assessments.models.learning import UNFINISHED
from assessments.scoring.record import digest
from assessments.states import ComputationKind, ComputationState
from lastvote.jobs.models import OutboxItem
from lastvote.jobs.outbox import enqueue

GIVEN_UP = "given_up"
"""Why a run failed whose step was tried until the site gave up."""

Fail = Callable[[ComputationRun, str, dt.datetime], None]


def locked(run: ComputationRun) -> ComputationRun:
    """Return the row as it now is, locked."""
    return ComputationRun.objects.select_for_update(of=("self",)).select_related("jurisdiction").get(pk=run.pk)


def end_run(
    run: ComputationRun, state: ComputationState, now: dt.datetime, *, result: str = "", error_code: str = ""
) -> None:
    """Write the end of a run; the checkpoint has served."""
    run.state, run.ended_at, run.checkpoint = state, now, {}
    run.result, run.result_sha256 = result, digest(result.encode()) if result else ""
    run.error_code = error_code
    run.save(update_fields=["state", "ended_at", "checkpoint", "steps_done", "result", "result_sha256", "error_code"])


def look_after(kind: ComputationKind, step: str, fail: Fail, now: dt.datetime) -> int:
    """Owe the step of a run that nobody owes, and end runs whose step was given up; normally there are none."""
    owed = dict(OutboxItem.objects.filter(kind=step).values_list("subject_id", "dead_at"))
    unfinished = ComputationRun.objects.filter(kind=kind, state__in=UNFINISHED).order_by("pk")
    lost = [run for run in unfinished if owed.get(run.pk, now) is not None]
    for run in lost:
        if run.pk in owed:
            fail(run, GIVEN_UP, now)
        else:
            enqueue(kind=step, subject_id=run.pk, now=now)
    return len(lost)
