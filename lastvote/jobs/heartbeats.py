"""Signs of life of workers, beats and sweepers."""

import datetime as dt
import os
import socket

from lastvote.clock import now as clock_now
from lastvote.jobs.models import Heartbeat

FORGOTTEN_AFTER = dt.timedelta(days=1)


def note(*, name: str, kind: str, now: dt.datetime, counters: dict[str, int] | None = None) -> None:
    """Write down that ``name`` was alive at ``now``."""
    Heartbeat.objects.bulk_create(
        [Heartbeat(name=name, kind=kind, seen_at=now, counters=counters or {})],
        update_conflicts=True,
        unique_fields=["name"],
        update_fields=["kind", "seen_at", "counters"],
    )


def note_worker() -> None:
    """Write down that the worker of this process is alive."""
    note(name=f"worker {socket.gethostname()} {os.getpid()}", kind="worker", now=clock_now())


def seconds_since(kind: str, now: dt.datetime) -> float | None:
    """Return how long ago the last sign of life of this kind was, or nothing if there never was one."""
    last = Heartbeat.objects.filter(kind=kind).order_by("-seen_at").values_list("seen_at", flat=True).first()
    return None if last is None else max(0.0, (now - last).total_seconds())


def newest_counters(kind: str) -> dict[str, int]:
    """Return what the newest sign of life of this kind says was done; nothing if there never was one."""
    newest = Heartbeat.objects.filter(kind=kind).order_by("-seen_at").values_list("counters", flat=True).first()
    return dict(newest or {})


def purge(now: dt.datetime) -> int:
    """Forget processes that ended long ago."""
    deleted, _by_model = Heartbeat.objects.filter(seen_at__lte=now - FORGOTTEN_AFTER).delete()
    return deleted
