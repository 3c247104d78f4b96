"""The sweep finds what was left undone, and one trouble does not hide another."""

import datetime as dt
from functools import partial

import pytest
from django.db import OperationalError, transaction

from lastvote.errors import Refused
from lastvote.jobs import health, heartbeats, once, outbox, sweeper
from lastvote.jobs.models import Heartbeat, IdempotencyKey, OutboxItem
from lastvote.jobs.tasks import beat_heartbeat, deliver, sweep

NOW = dt.datetime(2027, 5, 4, 9, 0, tzinfo=dt.UTC)
pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _own_registers(monkeypatch):
    monkeypatch.setattr(outbox, "handlers", {})
    monkeypatch.setattr(sweeper, "sweeps", {"outbox": sweeper.sweep_outbox})


def test_work_whose_wake_up_was_lost_is_done():
    calls = []
    outbox.register("count", lambda subject_id, _now: calls.append(subject_id))
    for subject_id in (3, 1, 3):
        outbox.enqueue(kind="count", subject_id=subject_id, now=NOW)
    assert sweeper.sweep(NOW) == {"outbox": 3}
    assert calls == [3, 1]
    assert OutboxItem.objects.count() == 0


def test_a_failing_sweep_does_not_keep_the_others_from_running():
    def failing(_now):
        raise OperationalError

    sweeper.register_sweep("failing", failing)
    sweeper.register_sweep("rounds", lambda _now: 2)
    assert sweeper.sweep(NOW) == {"outbox": 0, "failing": 0, "rounds": 2}
    check = next(one for one in health.checks(NOW) if one.name == "sweep")
    assert (check.ok, "failed at 1 thing" in check.sentence) == (False, True)


def test_one_of_many_that_fails_keeps_no_other_from_its_own_and_shows_in_the_sites_health():
    def act(subject_id):
        if subject_id == 1:
            raise ValueError
        if subject_id == 2:
            raise Refused("case_merged", "", status=409)
        return 1

    def many(_now):
        return sum(sweeper.alone(partial(act, number), sweep="many", subject_id=number) for number in (1, 2, 3, 4))

    sweeper.register_sweep("many", many)
    assert sweeper.sweep(NOW) == {"outbox": 0, "many": 2}
    assert Heartbeat.objects.get().counters["failed"] == 1
    del sweeper.sweeps["many"]
    sweeper.sweep(NOW)
    assert next(one for one in health.checks(NOW) if one.name == "sweep").ok


def test_failing_work_does_not_keep_other_work_from_being_done():
    def handler(subject_id, _now):
        with transaction.atomic():
            if subject_id == 1:
                raise ValueError

    outbox.register("count", handler)
    for subject_id in (1, 2):
        outbox.enqueue(kind="count", subject_id=subject_id, now=NOW)
    assert sweeper.sweep(NOW)["outbox"] == 1
    assert list(OutboxItem.objects.values_list("subject_id", flat=True)) == [1]


def test_a_sweep_leaves_a_sign_of_life_with_what_it_did():
    sweeper.register_sweep("rounds", lambda _now: 2)
    sweeper.sweep(NOW)
    assert Heartbeat.objects.values("name", "kind", "seen_at", "counters").get() == {
        "name": "sweeper",
        "kind": "sweeper",
        "seen_at": NOW,
        "counters": {"outbox": 0, "rounds": 2},
    }


def test_the_apps_register_their_sweeps():
    from django.apps import apps

    apps.get_app_config("jobs").ready()
    assert list(sweeper.sweeps) == ["outbox", "idempotency_keys", "heartbeats"]


def test_sweeping_forgets_old_keys_and_old_processes():
    from django.apps import apps

    apps.get_app_config("jobs").ready()
    once.remember(scope="s", key="k", body=b"", outcome_id=1, purge_after=NOW)
    heartbeats.note(name="old", kind="worker", now=NOW - dt.timedelta(days=1))
    heartbeats.note(name="new", kind="worker", now=NOW)
    assert sweeper.sweep(NOW) == {"outbox": 0, "idempotency_keys": 1, "heartbeats": 1}
    assert IdempotencyKey.objects.count() == 0
    assert list(Heartbeat.objects.values_list("name", flat=True).order_by("name")) == ["new", "sweeper"]


def test_a_heartbeat_is_one_row_that_moves():
    heartbeats.note(name="beat", kind="beat", now=NOW)
    heartbeats.note(name="beat", kind="beat", now=NOW + dt.timedelta(seconds=5), counters={"n": 1})
    assert list(Heartbeat.objects.values_list("seen_at", "counters")) == [(NOW + dt.timedelta(seconds=5), {"n": 1})]
    assert heartbeats.seconds_since("beat", NOW + dt.timedelta(seconds=8)) == 3
    assert heartbeats.seconds_since("worker", NOW) is None


def test_the_deliver_task_does_the_work():
    calls = []
    outbox.register("count", lambda subject_id, _now: calls.append(subject_id))
    outbox.enqueue(kind="count", subject_id=7, now=NOW - dt.timedelta(days=9999))
    deliver("count", 7)
    assert calls == [7]


def test_the_sweep_and_heartbeat_tasks_leave_their_signs():
    sweep()
    beat_heartbeat()
    assert list(Heartbeat.objects.values_list("kind", flat=True).order_by("kind")) == ["beat", "sweeper"]
