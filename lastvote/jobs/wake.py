"""Telling the workers that there is work, without ever making a visitor wait for the broker.

A wake-up is a hint: the outbox row is the truth and the sweeper finds it anyway. So a wake-up may be dropped, may
fail and may arrive twice. After commit it goes into a bounded queue in memory; one daemon thread takes it from there.
"""

import queue

from django.conf import settings
from django.db import transaction
from structlog.contextvars import get_contextvars

from lastvote.jobs.publisher import Publisher, Wakeup

QUEUE_SIZE = 1000

publisher = Publisher(size=QUEUE_SIZE)
"""The publisher of this process."""


def wake(kind: str, subject_id: int) -> None:
    """Ask a worker, once the transaction has committed, to look after the work of this kind on this subject."""
    if settings.WAKE:
        wakeup = Wakeup(kind, subject_id, get_contextvars().get("request_id"))
        transaction.on_commit(lambda: _put(wakeup), robust=True)


def _put(wakeup: Wakeup) -> None:
    try:
        publisher.inbox().put_nowait(wakeup)
    except queue.Full:
        publisher.count("dropped")
