"""Many at once: no work is taken twice, no writer is turned away."""

import threading
import time
from concurrent.futures import ThreadPoolExecutor

import pytest
from django.db import connections, transaction

from lastvote.clock import now as clock_now
from lastvote.jobs import outbox
from lastvote.jobs.models import OutboxItem

pytestmark = pytest.mark.django_db(transaction=True)
THREADS = 8


def at_once(function):
    """Return what ``function`` returns in each of several threads that start together."""
    barrier = threading.Barrier(THREADS)

    def run(number):
        try:
            barrier.wait(10)
            return function(number)
        finally:
            connections.close_all()

    with ThreadPoolExecutor(THREADS) as pool:
        return list(pool.map(run, range(THREADS)))


def test_of_many_workers_one_takes_the_work(monkeypatch):
    calls = []

    def handler(subject_id, _now):
        calls.append(subject_id)
        time.sleep(0.3)

    monkeypatch.setattr(outbox, "handlers", {"count": handler})
    for _row in range(3):
        outbox.enqueue(kind="count", subject_id=7, now=clock_now())

    settled = at_once(lambda _number: outbox.deliver("count", 7, clock_now()))
    assert sorted(settled) == [0] * (THREADS - 1) + [3]
    assert calls == [7]
    assert OutboxItem.objects.count() == 0


def test_writers_and_workers_together_lose_nothing(monkeypatch):
    """Half of the threads accept, half deliver; nobody meets a locked database."""
    done = []
    monkeypatch.setattr(outbox, "handlers", {"count": lambda subject_id, _now: done.append(subject_id)})

    def act(number):
        for turn in range(25):
            if number % 2:
                outbox.deliver("count", turn % 3, clock_now())
            else:
                with transaction.atomic():
                    OutboxItem.objects.count()
                    outbox.enqueue(kind="count", subject_id=turn % 3, now=clock_now())

    at_once(act)
    for subject_id in range(3):
        outbox.deliver("count", subject_id, clock_now())
    assert OutboxItem.objects.count() == 0
    assert set(done) == {0, 1, 2}
