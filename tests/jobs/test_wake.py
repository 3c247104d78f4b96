"""Waking the workers: after the commit, never waiting, never in the way."""

import queue
import threading
import time

import pytest
from django.db import transaction

from lastvote.jobs import publisher, wake
from lastvote.jobs.publisher import BrokerLink, Publisher, Wakeup
from tests.jobs import live

pytestmark = pytest.mark.django_db(transaction=True)


class Broker:
    """Stands where the broker stands: remembers, waits or fails as told."""

    def __init__(self):
        self.sent = queue.Queue()
        self.gate = threading.Event()
        self.gate.set()
        self.error = None

    def send(self, wakeup):
        self.gate.wait(10)
        if self.error:
            raise self.error
        self.sent.put(wakeup)


@pytest.fixture
def broker(monkeypatch, settings):
    settings.WAKE = True
    stand_in = Broker()
    monkeypatch.setattr(publisher, "BrokerLink", lambda: stand_in)
    monkeypatch.setattr(wake, "publisher", Publisher(size=3))
    return stand_in


def counts():
    return wake.publisher.counts()


def test_a_wake_up_leaves_after_the_commit_and_not_before(broker):
    with transaction.atomic():
        wake.wake("count", 7)
        time.sleep(0.05)
        assert broker.sent.qsize() == 0
    assert broker.sent.get(timeout=5) == Wakeup("count", 7)


def test_an_act_that_is_undone_wakes_nobody(broker):
    with transaction.atomic():
        wake.wake("count", 7)
        transaction.set_rollback(True)
    wake.wake("count", 8)
    assert broker.sent.get(timeout=5) == Wakeup("count", 8)
    assert broker.sent.qsize() == 0


def test_with_wake_off_nobody_is_woken(broker, settings):
    settings.WAKE = False
    wake.wake("count", 7)
    time.sleep(0.05)
    assert counts() == {"published": 0, "failed": 0, "dropped": 0}


def test_a_full_queue_drops_and_counts(broker):
    broker.gate.clear()
    started = time.monotonic()
    for subject_id in range(10):
        wake.wake("count", subject_id)
    assert time.monotonic() - started < 0.5
    broker.gate.set()
    live.wait_until(lambda: counts()["published"] + counts()["dropped"] == 10, 5)
    assert counts()["dropped"] in (6, 7)  # three wait, and the thread may have one in hand


def test_a_failure_is_counted_and_the_next_one_goes_through(broker):
    broker.error = ConnectionError()
    wake.wake("count", 1)
    live.wait_until(lambda: counts()["failed"] == 1, 5)
    assert wake.publisher.failed_within(60) is True
    broker.error = None
    wake.wake("count", 2)
    assert broker.sent.get(timeout=5) == Wakeup("count", 2)


def test_a_process_that_never_failed_says_so():
    assert Publisher(size=3).failed_within(60) is False


@pytest.mark.filterwarnings("ignore::pytest.PytestUnhandledThreadExceptionWarning")
def test_a_thread_that_died_is_replaced(broker):
    broker.error = KeyboardInterrupt()
    wake.wake("count", 1)
    live.wait_until(lambda: not wake.publisher._thread.is_alive(), 5)
    broker.error = None
    wake.wake("count", 2)
    assert broker.sent.get(timeout=5) == Wakeup("count", 2)


def test_a_forked_process_gets_a_queue_and_a_thread_of_its_own(broker, monkeypatch):
    wake.wake("count", 1)
    live.wait_until(lambda: counts()["published"] == 1, 5)
    parents_thread = wake.publisher._thread
    parents_inbox = wake.publisher.inbox()
    monkeypatch.setattr(publisher.os, "getpid", lambda: -1)
    assert wake.publisher.inbox() is not parents_inbox
    assert wake.publisher._thread is not parents_thread
    assert counts() == {"published": 0, "failed": 0, "dropped": 0}


def test_only_kind_and_id_are_sent():
    """Read the message off the embedded queue: nothing in it but a kind, an id and Celery's own headers."""
    from lastvote.celery import app

    with app.connection_for_read() as connection:
        waiting = connection.SimpleQueue("celery")
        waiting.clear()
        BrokerLink().send(Wakeup("count", 7, "request-1"))
        message = waiting.get(timeout=5)
        message.ack()
    assert message.payload[:2] == [["count", 7], {}]
    assert message.headers["__django_structlog__"] == {"request_id": "request-1"}
    assert message.headers["task"] == "jobs.deliver"


@pytest.mark.broker
@pytest.mark.skipif(live.REDIS is None, reason="no redis-server here")
def test_a_frozen_redis_is_given_up_soon_and_accepting_takes_no_notice(tmp_path, settings, monkeypatch):
    redis = live.Redis(tmp_path)
    settings.WAKE = True
    settings.CELERY_BROKER_URL = redis.url
    monkeypatch.setattr(wake, "publisher", Publisher(size=1000))
    try:
        wake.wake("count", 0)
        live.wait_until(lambda: counts()["published"] == 1, 5)
        redis.freeze()
        waits = []
        for subject_id in range(50):
            started = time.monotonic()
            wake.wake("count", subject_id)
            waits.append(time.monotonic() - started)
        assert max(waits) < 0.05
        assert live.wait_until(lambda: counts()["failed"] >= 1, 10) < 5
    finally:
        redis.thaw()
        redis.kill()
