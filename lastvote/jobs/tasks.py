"""What Celery runs: each task takes ids, calls one function and may run twice."""

from celery import shared_task

from lastvote import clock
from lastvote.jobs import heartbeats, outbox, sweeper


@shared_task(name="jobs.deliver")
def deliver(kind: str, subject_id: int) -> None:
    """Do the due work of one kind on one subject."""
    outbox.deliver(kind, subject_id, clock.now())


@shared_task(name="jobs.sweep")
def sweep() -> None:
    """Repair what was left undone."""
    sweeper.sweep(clock.now())


@shared_task(name="jobs.beat_heartbeat")
def beat_heartbeat() -> None:
    """Write down that the beat is alive: this task got here."""
    heartbeats.note(name="beat", kind="beat", now=clock.now())
