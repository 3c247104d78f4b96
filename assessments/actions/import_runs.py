"""An import of cases as a job of the site: started by a person, done by a worker, followed on a page.

All of it is one transaction. A worker that dies leaves nothing but the owed work, and the next one begins anew. Of two
workers at once the second waits for the run's row and finds the import done. The file stays with the run until it ends.
"""

import datetime as dt
import json
from collections import Counter
from typing import Any

from django.utils.translation import gettext_lazy as _

from assessments import import_progress
from assessments.actions.case_imports import Outcome, import_cases, plan_of
from assessments.actions.computations import end_run, locked, look_after
from assessments.case_table.table import CaseTable, read_cases
from assessments.models import ComputationRun, PendingImport
from assessments.states import ComputationKind, ComputationState
from lastvote.access import Permission
from lastvote.audit.record import record
from lastvote.errors import Refused
from lastvote.jobs.outbox import enqueue
from lastvote.transactions import locking
from stakeholders.models import Jurisdiction, Person
from stakeholders.rules import require

STEP = "cases.import"
BUSY = "busy"
"""A refusal that passes by itself: the outbox tries again."""
UNREADABLE = "unreadable"


def start_import(*, upload: PendingImport, by: Person, now: dt.datetime) -> ComputationRun:
    """Owe the import of a kept file; asked twice, return the import that was started first.

    Refuses people without the right, anybody but whoever chose the file, a file that holds no cases, and one in whose
    place another was chosen meanwhile (409 ``gone``). Records ``import.started``.
    """
    place = upload.jurisdiction
    require(by, Permission.MANAGE_INCIDENTS, on=now.astimezone(place.zone).date())
    if upload.uploaded_by_id != by.pk:
        raise Refused("not_allowed", _("Your role here does not include this."), status=403)
    table = _table(upload)
    with locking():
        Jurisdiction.objects.select_for_update().get(pk=place.pk)
        running = ComputationRun.objects.filter(kind=ComputationKind.IMPORT, token=upload.token).first()
        if running is not None:
            return running
        new = sum(one.outcome == Outcome.NEW for one in plan_of(place, table))
        run = ComputationRun.objects.create(
            jurisdiction=place, token=upload.token, kind=ComputationKind.IMPORT, settings={"rows": len(table.rows)},
            steps_total=new, started_by=by, started_at=now,
        )  # fmt: skip
        if not PendingImport.objects.filter(pk=upload.pk, run=None).update(run=run):
            raise Refused("gone", _("This file is not here any more. Choose it again."), status=409)
        enqueue(kind=STEP, subject_id=run.pk, now=now)
        _record(run, "import.started", now, by=by, facts={"rows": len(table.rows), "new": new})
    return run


def import_step(run_id: int, now: dt.datetime) -> None:
    """Bring in everything that is new, or nothing. Whatever is refused ends the run with its code.

    Any other fault is left to the outbox, which tries again. Records what ``import_cases`` records, or
    ``import.failed``.
    """
    run = ComputationRun.objects.filter(pk=run_id).first()
    if run is None or not run.unfinished:
        return
    ComputationRun.objects.filter(pk=run_id, state=ComputationState.WAITING).update(state=ComputationState.RUNNING)
    try:
        with locking():
            fresh = locked(run)
            if fresh.unfinished:
                import_progress.tell(run, 0)  # not before the lock: another worker may be far on its way
                _bring_in(fresh, now)
    except Refused as refused:
        if refused.code == BUSY:
            raise
        fail_import(run, refused.code, now)


def fail_import(run: ComputationRun, code: str, now: dt.datetime) -> None:
    """End an import that cannot be done, with the code that says why. Records ``import.failed``."""
    with locking():
        fresh = locked(run)
        if fresh.unfinished:
            end_run(fresh, ComputationState.FAILED, now, error_code=code)
            PendingImport.objects.filter(run=fresh).delete()
            _record(fresh, "import.failed", now, facts={"code": code})


def look_after_imports(now: dt.datetime) -> int:
    """Owe the step of an import that nobody owes, and end imports that were given up."""
    return look_after(ComputationKind.IMPORT, STEP, fail_import, now)


def _bring_in(run: ComputationRun, now: dt.datetime) -> None:
    upload = PendingImport.objects.select_related("jurisdiction").get(run=run)
    plan = import_cases(
        jurisdiction=run.jurisdiction, table=_table(upload), by=upload.uploaded_by, now=now,
        tell=lambda done, _all: import_progress.tell(run, done),
    )  # fmt: skip
    counts = Counter(one.outcome.value for one in plan)
    run.steps_done = run.steps_total = counts[Outcome.NEW]  # others may have brought some in meanwhile
    run.save(update_fields=["steps_done", "steps_total"])
    result = json.dumps({outcome.value: counts[outcome] for outcome in Outcome})
    end_run(run, ComputationState.DONE, now, result=result)
    upload.delete()


def _table(upload: PendingImport) -> CaseTable:
    """Read the kept file again; it was readable when it was kept."""
    table = read_cases(bytes(upload.content), language=str((upload.jurisdiction.languages or ["en"])[0]))
    if not isinstance(table, CaseTable):
        raise Refused(UNREADABLE, _("This file holds no cases."), status=404)
    return table


def _record(
    run: ComputationRun, kind: str, now: dt.datetime, *, facts: dict[str, Any], by: Person | None = None
) -> None:
    record(
        kind=kind, subject="computation", subject_id=run.pk, jurisdiction_id=run.jurisdiction_id,
        actor_id=by.pk if by else None, acting_as="secretariat" if by else "", now=now,
        facts={"token": run.token, **facts},
    )  # fmt: skip
