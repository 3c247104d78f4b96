"""The sweep repairs whatever a lost wake-up, a killed worker or a stopped timer left undone.

Beat asks for it and every worker does it by its own timer. Two sweeps at once do no harm: work is taken on a lease.
"""

import datetime as dt
import time
from collections.abc import Callable

import structlog
from django.db import connection

from lastvote.jobs import heartbeats, outbox

Sweep = Callable[[dt.datetime], int]

SUBJECTS_AT_A_TIME = 200

log = structlog.get_logger(__name__)
sweeps: dict[str, Sweep] = {}


def register_sweep(name: str, function: Sweep) -> None:
    """Have ``function`` called in every sweep. It returns how many things it repaired."""
    sweeps[name] = function


def sweep(now: dt.datetime) -> dict[str, int]:
    """Run every registered sweep; one that fails does not keep the others from running."""
    counters = {name: _run(name, function, now) for name, function in list(sweeps.items())}
    heartbeats.note(name="sweeper", kind="sweeper", now=now, counters=counters)
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


def _run(name: str, function: Sweep, now: dt.datetime) -> int:
    try:
        return function(now)
    except Exception as error:  # noqa: BLE001 -- each sweep stands alone
        log.warning("sweep_failed", sweep=name, error=type(error).__name__)
        if not connection.in_atomic_block:
            connection.close_if_unusable_or_obsolete()
        return 0
