"""Work that accepted acts owe. The rows are the truth: work is owed as long as its row is there.

A worker takes the rows of one subject on a short lease, calls the handler, and deletes exactly the rows it had taken
before the handler started. A worker that dies leaves the rows; the lease runs out and the sweeper hands them to
another. So a handler may run twice and must not mind.
"""

import datetime as dt
from collections.abc import Callable, Sequence
from typing import Any

import structlog
from django.db import models, transaction

from lastvote.audit.record import record
from lastvote.jobs.models import OutboxItem
from lastvote.jobs.wake import wake

Handler = Callable[[int, dt.datetime], object]

MAX_ATTEMPTS = 8
LEASE = dt.timedelta(seconds=10)
"""How long taken work is left alone. Short, so that a killed worker is replaced soon."""
LONGEST_BACK_OFF = 16
"""Seconds. With the sweeps this keeps the pause after the end of a disturbance near half a minute."""
WORKER_LOST = "WorkerLost"

log = structlog.get_logger(__name__)
handlers: dict[str, Handler] = {}


def register(kind: str, handler: Handler) -> None:
    """Say who does the work of ``kind``; called when the apps are ready."""
    handlers[kind] = handler


def enqueue(*, kind: str, subject_id: int, now: dt.datetime, payload: dict[str, Any] | None = None) -> OutboxItem:
    """Write down work in the transaction of the act that owes it, and wake a worker once that has committed."""
    item = OutboxItem.objects.create(
        kind=kind, subject_id=subject_id, payload=payload or {}, created_at=now, next_attempt_at=now
    )
    wake(kind, subject_id)
    return item


def enqueue_together(*, work: Sequence[tuple[str, int]], now: dt.datetime) -> None:
    """Write down several kinds of work that one act owes, each as (kind, subject), in one statement."""
    OutboxItem.objects.bulk_create(
        OutboxItem(kind=kind, subject_id=subject_id, created_at=now, next_attempt_at=now) for kind, subject_id in work
    )
    for kind, subject_id in work:
        wake(kind, subject_id)


def pending(kind: str, subject_id: int) -> int:
    """Count the work of ``kind`` that is owed to a subject, dead work included: that is owed as well."""
    return OutboxItem.objects.filter(kind=kind, subject_id=subject_id).count()


def dead_items() -> models.QuerySet[OutboxItem]:
    """Return the work that was given up, oldest first."""
    return OutboxItem.objects.filter(dead_at__isnull=False).order_by("id")


def due_subjects(now: dt.datetime, *, limit: int) -> list[tuple[str, int]]:
    """Return which kinds of work on which subjects are due, the longest waiting first."""
    subjects = _due(now).values_list("kind", "subject_id").annotate(oldest=models.Min("id")).order_by("oldest")
    return [(kind, subject_id) for kind, subject_id, _oldest in subjects[:limit]]


def deliver(kind: str, subject_id: int, now: dt.datetime) -> int:
    """Do the due work of ``kind`` on one subject. Returns how many rows that settled."""
    taken = _take(kind, subject_id, now)
    if not taken:
        return 0
    try:
        handlers[kind](subject_id, now)
    except Exception as error:  # noqa: BLE001 -- whatever fails is tried again, and given up in the end
        _put_back(taken, type(error).__name__, now)
        return 0
    OutboxItem.objects.filter(id__in=taken).delete()
    return len(taken)


def revive(now: dt.datetime) -> int:
    """Give dead work another eight attempts, once whoever runs the site has removed the cause."""
    return dead_items().update(dead_at=None, attempts=0, next_attempt_at=now)


def _due(now: dt.datetime) -> models.QuerySet[OutboxItem]:
    return OutboxItem.objects.filter(dead_at__isnull=True, next_attempt_at__lte=now)


def _take(kind: str, subject_id: int, now: dt.datetime) -> list[int]:
    """Lease the due rows of a subject; rows that another worker is just taking are left to it."""
    with transaction.atomic():
        rows = list(_due(now).filter(kind=kind, subject_id=subject_id).select_for_update(skip_locked=True))
        spent = [row for row in rows if row.attempts >= MAX_ATTEMPTS]
        for row in spent:  # it never came back to report: each worker that took it was lost
            _bury(row, WORKER_LOST, now)
        taken = [row.id for row in rows if row.attempts < MAX_ATTEMPTS]
        OutboxItem.objects.filter(id__in=taken).update(attempts=models.F("attempts") + 1, next_attempt_at=now + LEASE)
    return taken


@transaction.atomic
def _put_back(taken: list[int], error: str, now: dt.datetime) -> None:
    """Note a failed attempt by the name of its error alone: messages of errors may quote what people wrote."""
    for row in OutboxItem.objects.select_for_update().filter(id__in=taken):
        if row.attempts >= MAX_ATTEMPTS:
            _bury(row, error, now)
        else:
            row.last_error = error[:64]
            row.next_attempt_at = now + back_off(row.attempts)
            row.save(update_fields=["last_error", "next_attempt_at"])
    log.warning("work_failed", error=error, rows=len(taken))


def back_off(attempts: int) -> dt.timedelta:
    """Return how long work waits after its n-th failed attempt."""
    return dt.timedelta(seconds=min(2 ** (attempts - 1), LONGEST_BACK_OFF))


def _bury(row: OutboxItem, error: str, now: dt.datetime) -> None:
    row.dead_at = now
    row.last_error = error[:64]
    row.save(update_fields=["dead_at", "last_error"])
    record(
        kind="outbox.died",
        subject="outbox",
        subject_id=row.id,
        jurisdiction_id=None,
        actor_id=None,
        now=now,
        facts={"work": row.kind, "subject_id": row.subject_id, "attempts": row.attempts, "error": row.last_error},
    )
