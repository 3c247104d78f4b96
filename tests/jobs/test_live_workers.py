"""Real workers over a real Redis: nothing is lost and nothing counts twice, whatever is killed, emptied or frozen."""

import os
import time
from collections import Counter

import pytest
from django.db import transaction

from lastvote.clock import now as clock_now
from lastvote.jobs import heartbeats, outbox, publisher, wake
from lastvote.jobs.models import Heartbeat, IdempotencyKey, OutboxItem
from tests.jobs import live

FREEZE_SECONDS = float(os.environ.get("FREEZE_SECONDS", "5"))
"""How long Redis stays frozen here; the full measure is 20."""
ACCEPT_SECONDS = 0.5
"""Longer than this nobody may wait for an answer to be accepted."""

pytestmark = [
    pytest.mark.broker,
    pytest.mark.django_db(transaction=True),
    pytest.mark.skipif(live.REDIS is None, reason="no redis-server here"),
]


@pytest.fixture
def redis(tmp_path):
    server = live.Redis(tmp_path)
    yield server
    server.thaw()
    server.kill()


@pytest.fixture
def site(redis, tmp_path, settings, monkeypatch):
    """Start processes of the site, and let this process publish to their broker."""
    settings.WAKE = True
    settings.CELERY_BROKER_URL = redis.url
    monkeypatch.setattr(wake, "publisher", publisher.Publisher(size=wake.QUEUE_SIZE))
    site = Site(redis, tmp_path)
    yield site
    site.end()


class Site:
    def __init__(self, redis, directory):
        self.redis = redis
        self.diary = directory / "diary"
        self.log = directory / "log"
        self.processes = []

    def start(self, command, *arguments, **environment):
        told = live.environment(self.redis.url, COUNT_DIARY=str(self.diary), **environment)
        process = live.manage(command, *arguments, environment=told, log=self.log)
        self.processes.append(process)
        return process

    def start_worker(self, **environment):
        before = Heartbeat.objects.filter(kind="worker").count()
        worker = self.start("worker", "--concurrency=2", **environment)
        live.wait_until(lambda: Heartbeat.objects.filter(kind="worker").count() > before, live.TIME_TO_START)
        return worker

    def told(self, word):
        lines = self.diary.read_text().splitlines() if self.diary.exists() else []
        return Counter(int(line.split()[1]) for line in lines if line.startswith(word))

    def end(self):
        for process in self.processes:
            process.end()


def accept(subject_id):
    """Do what an accepted act does, and return how long the visitor waited."""
    started = time.monotonic()
    with transaction.atomic():
        outbox.enqueue(kind="count", subject_id=subject_id, now=clock_now())
    return time.monotonic() - started


def counted():
    return sorted(IdempotencyKey.objects.filter(scope="counted").values_list("outcome_id", flat=True))


def settled(subjects):
    return lambda: OutboxItem.objects.count() == 0 and counted() == sorted(subjects)


def test_a_wake_up_reaches_a_worker_at_once(site):
    site.start_worker(SWEEP_SECONDS="600")
    accept(1)
    assert live.wait_until(settled([1])) < 5
    assert wake.publisher.counts() == {"published": 1, "failed": 0, "dropped": 0}
    assert site.redis.client.llen("celery") == 0


def test_without_wake_ups_the_sweep_does_the_work(site, settings):
    settings.WAKE = False
    site.start_worker()
    accept(1)
    live.wait_until(settled([1]))
    assert wake.publisher.counts() == {"published": 0, "failed": 0, "dropped": 0}


def test_a_worker_killed_in_the_middle_loses_nothing(site):
    worker = site.start_worker(COUNT_SECONDS="60")
    accept(1)
    live.wait_until(lambda: site.told("start") == {1: 1})
    worker.kill()
    assert counted() == []

    site.start_worker()
    live.wait_until(settled([1]))
    assert site.told("end") == {1: 1}


def test_an_emptied_redis_loses_nothing(site):
    for subject in range(20):
        accept(subject)
    live.wait_until(lambda: site.redis.client.llen("celery") == 20)
    site.redis.client.flushall()

    site.start_worker()
    live.wait_until(settled(range(20)))


def test_a_frozen_redis_makes_nobody_wait_and_loses_nothing(site):
    site.start_worker()
    accept(0)
    live.wait_until(settled([0]))

    site.redis.freeze()
    until = time.monotonic() + FREEZE_SECONDS
    waits = []
    while time.monotonic() < until:
        waits.append(accept(len(waits) + 1))
        time.sleep(0.05)
    assert max(waits) < ACCEPT_SECONDS
    assert wake.publisher.counts()["failed"] > 0

    site.redis.thaw()
    live.wait_until(settled(range(len(waits) + 1)))


def test_a_dead_redis_makes_nobody_wait_and_the_sweep_works_without_it(site):
    site.start_worker()
    site.redis.kill()
    waits = [accept(subject) for subject in range(10)]
    assert max(waits) < ACCEPT_SECONDS
    live.wait_until(settled(range(10)))


def test_two_workers_and_two_beats_do_everything_once(site):
    site.start_worker()
    site.start_worker()
    for _twice in range(2):
        site.start("beat")
    live.wait_until(lambda: heartbeats.seconds_since("beat", clock_now()) is not None, live.TIME_TO_START)
    for subject in range(60):
        accept(subject)
    live.wait_until(settled(range(60)))
    assert counted() == list(range(60))
    assert site.told("end") == Counter(range(60))


def test_beat_alone_gets_swept_by_workers(site):
    """A worker whose own timer sleeps still sweeps when the beat asks."""
    site.start_worker(SWEEP_SECONDS="600")
    live.wait_until(lambda: Heartbeat.objects.filter(name="sweeper").exists(), live.TIME_TO_START)
    Heartbeat.objects.filter(name="sweeper").delete()
    site.start("beat", SWEEP_SECONDS="1")
    live.wait_until(lambda: Heartbeat.objects.filter(name="sweeper").exists(), live.TIME_TO_START)
