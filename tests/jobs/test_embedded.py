"""Worker and beat inside one process: woken at once, repaired by the sweep, revived when a thread dies."""

import celery.worker.state
import pytest

from lastvote.celery import app
from lastvote.clock import now as clock_now
from lastvote.jobs import heartbeats, outbox, publisher, wake, worker
from lastvote.jobs.embedded import Embedded
from lastvote.jobs.models import Heartbeat, OutboxItem
from tests.jobs import live
from tests.jobs.counting.apps import count

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def embedded(settings, monkeypatch):
    settings.WAKE = True
    monkeypatch.setattr(outbox, "handlers", {"count": count})
    monkeypatch.setattr(wake, "publisher", publisher.Publisher(size=100))
    for timer, seconds in ((worker.sweep_timer, 0.5), (worker.heartbeat_timer, 0.5)):
        monkeypatch.setattr(timer, "_seconds", seconds)
    threads = Embedded(app)
    threads.start()
    yield threads
    threads.stop()
    assert threads.alive() == {"worker": False, "beat": False}
    assert (worker.sweep_timer.alive(), worker.heartbeat_timer.alive()) == (False, False)


def all_done():
    return OutboxItem.objects.count() == 0


def test_everything_is_done_in_one_process(embedded, settings):
    for subject_id in range(5):
        outbox.enqueue(kind="count", subject_id=subject_id, now=clock_now())
    live.wait_until(all_done)
    assert embedded.alive() == {"worker": True, "beat": True}
    assert heartbeats.seconds_since("beat", clock_now()) is not None

    # Without wake-ups the timers do it, a little later.
    settings.WAKE = False
    outbox.enqueue(kind="count", subject_id=9, now=clock_now())
    live.wait_until(all_done)
    live.wait_until(lambda: Heartbeat.objects.filter(name="sweeper").exists())
    live.wait_until(lambda: heartbeats.seconds_since("worker", clock_now()) is not None)

    # A worker thread that dies is started again, and counted.
    assert embedded.restarts == {}
    celery.worker.state.should_stop = 0
    live.wait_until(lambda: embedded.restarts == {"worker": 1} and embedded.alive()["worker"])
    settings.WAKE = True
    outbox.enqueue(kind="count", subject_id=10, now=clock_now())
    live.wait_until(all_done)

    # So is a beat.
    embedded._beat.stop()
    live.wait_until(lambda: embedded.restarts == {"worker": 1, "beat": 1} and embedded.alive()["beat"])
