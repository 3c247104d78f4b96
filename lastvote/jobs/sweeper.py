"""The sweep repairs whatever a lost wake-up, a killed worker or a stopped timer left undone.

Beat asks for it and every worker does it by its own timer. Two sweeps at once do no harm: work is taken on a lease.
"""

import datetime as dt
import time
from collections.abc import Callable
from contextvars import ContextVar
from functools import partial
from typing import Any

import structlog
from django.db import connection

from lastvote.errors import Refused
from lastvote.jobs import heartbeats, outbox

Sweep = Callable[[dt.datetime], int]

SUBJECTS_AT_A_TIME = 200
FAILED = "failed"
"""How much of a sweep failed, beside its other counters; not there when nothing did."""

log = structlog.get_logger(__name__)
sweeps: dict[str, Sweep] = {}
_failures: ContextVar[list[str]] = ContextVar("failures")
"""Names of what failed in the sweep that runs."""


def register_sweep(name: str, function: Sweep) -> None:
    """Have ``function`` called in every sweep. It returns how many things it repaired."""
    sweeps[name] = function


def sweep(now: dt.datetime) -> dict[str, int]:
    """Run every registered sweep; one that fails does not keep the others from running."""
    failures: list[str] = []
    token = _failures.set(failures)
    counters = {name: _tried(partial(function, now), sweep=name) for name, function in list(sweeps.items())}
    _failures.reset(token)
    failed = {FAILED: len(failures)} if failures else {}
    heartbeats.note(name="sweeper", kind="sweeper", now=now, counters=counters | failed)
    return counters


def sweep_outbox(now: dt.datetime) -> int:
    """Do the work that is due."""
    started = time.monotonic()
    settled = 0
    for kind, subject_id in outbox.due_subjects(now, limit=SUBJECTS_AT_A_TIME):
        # A lease counted from the start of a long sweep would have run out before its work began.
        elapsed = dt.timedelta(seconds=time.monotonic() - started)
        settled += outbox.deliver(kind, subject_id, now + elapsed)
    return settled


def alone(act: Callable[[], int], *, sweep: str, subject_id: int) -> int:
    """Do what is due of one of many: what is refused or fails there keeps no other from its own.

    Either is logged, and tried again in the next sweep; a failure also shows where the site's health is asked for.
    """

    def unless_refused() -> int:
        try:
            return act()
        except Refused as refused:
            log.warning("sweep_refused", sweep=sweep, subject=subject_id, code=refused.code)
            return 0

    return _tried(unless_refused, sweep=sweep, subject=subject_id)


def _tried(act: Callable[[], int], **where: Any) -> int:
    try:
        return act()
    except Exception as error:  # noqa: BLE001 -- each stands alone
        log.warning("sweep_failed", **where, error=type(error).__name__)
        _failures.get([]).append(where["sweep"])
        if not connection.in_atomic_block:
            connection.close_if_unusable_or_obsolete()
        return 0
