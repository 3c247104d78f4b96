"""What the system works out by itself, as chains of checkpointed steps.

Each step does a few seconds of work outside any transaction, then stores the checkpoint and owes the next step in one.
A step that was done twice, by two workers or after a kill, finds the checkpoint further on and changes nothing.
"""

import datetime as dt
import secrets
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from assessments.actions.computations import end_run, locked
from assessments.models import ComputationRun
from assessments.models.learning import UNFINISHED
from assessments.scoring.errors import ScoringError
from assessments.states import ComputationKind, ComputationState
from lastvote.audit.record import record
from lastvote.jobs.models import OutboxItem
from lastvote.jobs.outbox import enqueue
from lastvote.transactions import locking

TOKEN_BYTES = 16
SECONDS = 2.5
"""After this long a step begins no further unit: a worker's lease is a few times longer."""


@dataclass(frozen=True)
class Progress:
    """How far a step came. ``result`` is there once everything is done."""

    done: int
    checkpoint: dict[str, Any]
    result: str | None = None


def _nothing(_run: ComputationRun, _now: dt.datetime) -> None:
    """Most chains owe nothing at their end."""


@dataclass(frozen=True)
class Chain:
    """One kind of long computation: the work that a step owes, what it does, and what its end is called.

    ``work`` goes on from the checkpoint of a run for a few seconds and writes nothing. ``after`` is called in the
    transaction that ends a run well.
    """

    kind: ComputationKind
    step: str
    work: Callable[[ComputationRun], Progress]
    endings: dict[ComputationState, str]
    after: Callable[[ComputationRun, dt.datetime], None] = _nothing


def new_token() -> str:
    """Return a name for a run that nobody can guess."""
    return secrets.token_hex(TOKEN_BYTES)


def take_step(chain: Chain, run: ComputationRun | None, now: dt.datetime) -> None:
    """Do the next few seconds of a run, store them and owe the step after them.

    Input that the core refuses ends the run with its code. Any other fault is left to the outbox, which tries again.
    Records the ending of the chain when the run ends.
    """
    if run is None or not run.unfinished:
        return
    try:
        progress = chain.work(run)
    except ScoringError as error:
        fail(chain, run, error.code, now)
        return
    _store(chain, run, progress, now)


def fail(chain: Chain, run: ComputationRun, code: str, now: dt.datetime) -> None:
    """End a run that cannot be finished, with the code that says why. Records the ending of the chain."""
    with locking():
        fresh = locked(run)
        if fresh.unfinished:
            _end(chain, fresh, ComputationState.FAILED, now, error_code=code)


def owed_by_nobody(chain: Chain) -> list[ComputationRun]:
    """Return runs whose next step no row of work stands for; normally there are none."""
    owed = OutboxItem.objects.filter(kind=chain.step).values("subject_id")
    return list(unfinished(chain).exclude(pk__in=owed))


def unfinished(chain: Chain) -> Any:
    """Return the runs of a chain that are not done."""
    return ComputationRun.objects.filter(kind=chain.kind, state__in=UNFINISHED).order_by("pk")


def _store(chain: Chain, run: ComputationRun, progress: Progress, now: dt.datetime) -> None:
    """Store a step unless somebody stored it first."""
    with locking():
        fresh = locked(run)
        if not fresh.unfinished or fresh.steps_done != run.steps_done:
            return
        fresh.steps_done = progress.done
        if progress.result is not None:
            _end(chain, fresh, ComputationState.DONE, now, result=progress.result)
        else:
            fresh.state, fresh.checkpoint = ComputationState.RUNNING, progress.checkpoint
            fresh.save(update_fields=["state", "checkpoint", "steps_done"])
            enqueue(kind=chain.step, subject_id=fresh.pk, now=now)


def _end(
    chain: Chain,
    run: ComputationRun,
    state: ComputationState,
    now: dt.datetime,
    *,
    result: str = "",
    error_code: str = "",
) -> None:
    """Write the end of a run and its event."""
    end_run(run, state, now, result=result, error_code=error_code)
    _record(run, chain.endings[state], now, facts={"sha256": run.result_sha256, "code": error_code})
    if state == ComputationState.DONE:
        chain.after(run, now)


def _record(run: ComputationRun, kind: str, now: dt.datetime, *, facts: dict[str, Any]) -> None:
    """Write an event about a run of the system."""
    record(
        kind=kind,
        subject="computation",
        subject_id=run.pk,
        jurisdiction_id=run.jurisdiction_id,
        actor_id=None,
        acting_as="system",
        now=now,
        facts={"token": run.token, **facts},
        formula_version=run.settings["formula_version"],
    )
