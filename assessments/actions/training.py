"""Training the learned score: a chain of checkpointed steps that people can start, follow and stop.

Each step does a few seconds of work outside any transaction, then stores the checkpoint and owes the next step in one.
A step that was done twice, by two workers or after a kill, finds the checkpoint further on and changes nothing.
"""

import datetime as dt
import secrets
from typing import Any

from django.utils.translation import gettext_lazy as _

from assessments.actions.computations import end_run, locked, look_after
from assessments.models import ComputationRun, LabelledHistory
from assessments.models.learning import UNFINISHED
from assessments.policy_reads import policy_in_force
from assessments.scoring.errors import ScoringError
from assessments.states import ComputationKind, ComputationState
from assessments.training.settings import Settings
from assessments.training.steps import Progress, work_on
from lastvote.access import Permission
from lastvote.audit.record import record
from lastvote.errors import Refused
from lastvote.jobs.outbox import enqueue
from lastvote.transactions import locking
from stakeholders.models import Jurisdiction, Person
from stakeholders.rules import require

STEP = "training.step"
FEWEST_CASES, MOST_CASES = 2, 5_000
"""Leaving one out needs another one; more cases than this would keep a worker busy for hours."""
TOKEN_BYTES = 16


def start_training(*, history: LabelledHistory, by: Person, now: dt.datetime) -> ComputationRun:
    """Owe the first step of a training; while one runs on the same history, return that one.

    Refuses people without the right, too few or too many cases, and a town without a policy in force.
    Records ``training.started``.
    """
    jurisdiction = history.jurisdiction
    _require(jurisdiction, by, now)
    if not FEWEST_CASES <= history.case_count <= MOST_CASES:
        words = _("A training needs between %(fewest)s and %(most)s past cases.")
        raise Refused("case_count", words % {"fewest": FEWEST_CASES, "most": MOST_CASES}, status=409)
    policy = policy_in_force(jurisdiction, now.astimezone(jurisdiction.zone).date())
    if policy is None:
        raise Refused("no_policy", _("No policy is in force yet. A training takes its numbers from it."), status=409)
    settings = Settings.under(policy)
    with locking():
        Jurisdiction.objects.select_for_update().get(pk=jurisdiction.pk)
        running = ComputationRun.objects.filter(
            history=history, kind=ComputationKind.TRAINING, state__in=UNFINISHED
        ).first()
        if running is not None:
            return running
        run = ComputationRun.objects.create(
            jurisdiction=jurisdiction,
            token=secrets.token_hex(TOKEN_BYTES),
            kind=ComputationKind.TRAINING,
            history=history,
            settings=settings.to_json(),
            steps_total=settings.plan(history.case_count).total,
            started_by=by,
            started_at=now,
        )
        enqueue(kind=STEP, subject_id=run.pk, now=now)
        _record(run, "training.started", now, by=by, facts={"history": history.number, "policy": policy.number})
    return run


def cancel_training(*, run: ComputationRun, by: Person, now: dt.datetime) -> ComputationRun:
    """Ask a training to stop; it does so before it stores its next step. Asking twice is asking once.

    Refuses people without the right, and a training that has ended. Records ``training.cancel_requested``.
    """
    _require(run.jurisdiction, by, now)
    with locking():
        fresh = locked(run)
        if not fresh.unfinished:
            raise Refused("already_ended", _("This training has ended already."), status=409)
        if fresh.cancel_requested_at is None:
            fresh.cancel_requested_by, fresh.cancel_requested_at = by, now
            fresh.save(update_fields=["cancel_requested_by", "cancel_requested_at"])
            _record(fresh, "training.cancel_requested", now, by=by)
    return fresh


def training_step(run_id: int, now: dt.datetime) -> None:
    """Do the next few seconds of a training, store them and owe the step after them.

    Input that the core refuses ends the run with its code. Any other fault is left to the outbox, which tries again.
    Records ``training.finished``, ``training.cancelled`` or ``training.failed`` when the run ends.
    """
    run = ComputationRun.objects.select_related("history").filter(pk=run_id).first()
    if run is None or not run.unfinished:
        return
    if run.cancel_requested_at is not None:
        _store(run, Progress(run.steps_done, run.checkpoint), now)
        return
    try:
        progress = work_on(run)
    except ScoringError as error:
        fail(run, error.code, now)
        return
    _store(run, progress, now)


def fail(run: ComputationRun, code: str, now: dt.datetime) -> None:
    """End a run that cannot be finished, with the code that says why. Records ``training.failed``."""
    with locking():
        fresh = locked(run)
        if fresh.unfinished:
            _end(fresh, ComputationState.FAILED, now, error_code=code)


def look_after_runs(now: dt.datetime) -> int:
    """Owe the step of a training that nobody owes, and end trainings whose step was given up."""
    return look_after(ComputationKind.TRAINING, STEP, fail, now)


def _require(jurisdiction: Jurisdiction, by: Person, now: dt.datetime) -> None:
    if by.jurisdiction_id != jurisdiction.pk:
        raise Refused("not_allowed", _("Your role here does not include this."), status=403)
    require(by, Permission.TRAIN_SCORE, on=now.astimezone(jurisdiction.zone).date())


def _store(run: ComputationRun, progress: Progress, now: dt.datetime) -> None:
    """Store a step unless somebody stored it first; whoever asked to stop is heard even after the last step."""
    with locking():
        fresh = locked(run)
        if not fresh.unfinished or fresh.steps_done != run.steps_done:
            return
        fresh.steps_done = progress.done
        if fresh.cancel_requested_at is not None:
            _end(fresh, ComputationState.CANCELLED, now)
        elif progress.result is not None:
            _end(fresh, ComputationState.DONE, now, result=progress.result)
        else:
            fresh.state, fresh.checkpoint = ComputationState.RUNNING, progress.checkpoint
            fresh.save(update_fields=["state", "checkpoint", "steps_done"])
            enqueue(kind=STEP, subject_id=fresh.pk, now=now)


_ENDINGS = {
    ComputationState.DONE: "training.finished",
    ComputationState.CANCELLED: "training.cancelled",
    ComputationState.FAILED: "training.failed",
}


def _end(
    run: ComputationRun, state: ComputationState, now: dt.datetime, *, result: str = "", error_code: str = ""
) -> None:
    """Write the end of a run and its event."""
    end_run(run, state, now, result=result, error_code=error_code)
    _record(run, _ENDINGS[state], now, facts={"sha256": run.result_sha256, "code": error_code})


def _record(
    run: ComputationRun, kind: str, now: dt.datetime, *, by: Person | None = None, facts: dict[str, Any] | None = None
) -> None:
    record(
        kind=kind,
        subject="computation",
        subject_id=run.pk,
        jurisdiction_id=run.jurisdiction_id,
        actor_id=by.pk if by else None,
        acting_as="secretariat" if by else "",
        now=now,
        facts={"token": run.token, **(facts or {})},
        formula_version=run.settings["formula_version"],
    )
