"""Rows are the truth: nothing is lost, and what failed is tried again and given up in the end."""

import datetime as dt

import pytest
from django.db import OperationalError, transaction

from lastvote.audit.models import AuditEvent
from lastvote.jobs import outbox
from lastvote.jobs.models import OutboxItem

NOW = dt.datetime(2027, 5, 4, 9, 0, tzinfo=dt.UTC)
pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _handlers(monkeypatch):
    monkeypatch.setattr(outbox, "handlers", {})


def later(seconds):
    return NOW + dt.timedelta(seconds=seconds)


def test_deliver_calls_the_handler_once_for_all_rows_of_a_subject():
    calls = []
    outbox.register("count", lambda subject_id, now: calls.append((subject_id, now)))
    outbox.enqueue(kind="count", subject_id=7, now=NOW)
    outbox.enqueue(kind="count", subject_id=7, now=NOW)
    outbox.enqueue(kind="count", subject_id=8, now=NOW)

    assert outbox.deliver("count", 7, NOW) == 2
    assert calls == [(7, NOW)]
    assert outbox.pending("count", 7) == 0
    assert outbox.pending("count", 8) == 1


def test_enqueue_leaves_nothing_when_the_act_is_undone():
    with transaction.atomic():
        outbox.enqueue(kind="count", subject_id=7, now=NOW)
        transaction.set_rollback(True)
    assert OutboxItem.objects.count() == 0


def test_a_row_added_while_the_handler_works_is_not_swallowed():
    def handler(subject_id, now):
        outbox.enqueue(kind="count", subject_id=subject_id, now=now)

    outbox.register("count", handler)
    first = outbox.enqueue(kind="count", subject_id=7, now=NOW)

    assert outbox.deliver("count", 7, NOW) == 1
    assert list(OutboxItem.objects.values_list("id", flat=True)) != [first.id]
    assert outbox.pending("count", 7) == 1


def test_taken_work_is_left_alone_until_the_lease_ends():
    calls = []
    outbox.register("count", lambda _id, now: calls.append(now))
    outbox.enqueue(kind="count", subject_id=7, now=NOW)
    taken_by_a_worker_that_dies = outbox._take("count", 7, NOW)
    assert len(taken_by_a_worker_that_dies) == 1

    assert outbox.deliver("count", 7, later(9)) == 0
    assert outbox.deliver("count", 7, later(10)) == 1
    assert calls == [later(10)]


def test_a_failure_is_noted_by_its_name_and_tried_again_later():
    def handler(subject_id, now):
        raise OperationalError("the secret words of somebody")

    outbox.register("count", handler)
    item = outbox.enqueue(kind="count", subject_id=7, now=NOW)
    assert outbox.deliver("count", 7, NOW) == 0
    item.refresh_from_db()
    assert (item.attempts, item.last_error, item.next_attempt_at, item.dead_at) == (
        1,
        "OperationalError",
        later(1),
        None,
    )


def test_a_failed_handler_leaves_none_of_its_writes():
    def handler(subject_id, now):
        with transaction.atomic():
            outbox.enqueue(kind="other", subject_id=subject_id, now=now)
            raise ValueError

    outbox.register("count", handler)
    outbox.enqueue(kind="count", subject_id=7, now=NOW)
    outbox.deliver("count", 7, NOW)
    assert outbox.pending("other", 7) == 0


def test_back_off_grows_and_stops_growing():
    assert [outbox.back_off(n).total_seconds() for n in range(1, 9)] == [1, 2, 4, 8, 16, 16, 16, 16]


def test_after_eight_attempts_work_is_dead_and_the_record_says_so():
    def handler(subject_id, now):
        raise KeyError("x")

    outbox.register("count", handler)
    item = outbox.enqueue(kind="count", subject_id=7, now=NOW)
    for attempt in range(8):
        assert item.dead_at is None
        outbox.deliver("count", 7, later(100 * attempt))
        item.refresh_from_db()

    assert item.dead_at == later(700)
    assert list(outbox.dead_items()) == [item]
    event = AuditEvent.objects.get()
    assert (event.kind, event.subject, event.subject_id) == ("outbox.died", "outbox", item.id)
    assert event.facts == {"work": "count", "subject_id": 7, "attempts": 8, "error": "KeyError"}


def test_dead_work_is_owed_but_not_tried_until_it_is_revived():
    calls = []
    outbox.register("count", lambda _id, now: calls.append(now))
    outbox.enqueue(kind="count", subject_id=7, now=NOW)
    OutboxItem.objects.update(attempts=8, dead_at=NOW)

    assert outbox.pending("count", 7) == 1
    assert outbox.deliver("count", 7, later(1000)) == 0
    assert outbox.due_subjects(later(1000), limit=10) == []
    assert outbox.revive(later(1001)) == 1
    assert outbox.deliver("count", 7, later(1001)) == 1
    assert outbox.pending("count", 7) == 0
    assert calls == [later(1001)]


def test_work_that_loses_every_worker_dies_too():
    outbox.register("count", lambda *_: pytest.fail("it must not be tried a ninth time"))
    item = outbox.enqueue(kind="count", subject_id=7, now=NOW)
    for attempt in range(8):
        assert outbox._take("count", 7, later(100 * attempt)) == [item.id]

    assert outbox.deliver("count", 7, later(900)) == 0
    item.refresh_from_db()
    assert (item.dead_at, item.last_error) == (later(900), "WorkerLost")


def test_work_without_a_handler_is_kept():
    item = outbox.enqueue(kind="unheard-of", subject_id=7, now=NOW)
    outbox.deliver("unheard-of", 7, NOW)
    item.refresh_from_db()
    assert item.last_error == "KeyError"


def test_due_subjects_names_each_once_and_the_longest_waiting_first():
    outbox.enqueue(kind="b", subject_id=1, now=NOW)
    outbox.enqueue(kind="a", subject_id=1, now=NOW)
    outbox.enqueue(kind="b", subject_id=1, now=NOW)
    outbox.enqueue(kind="a", subject_id=2, now=later(60))
    assert outbox.due_subjects(NOW, limit=10) == [("b", 1), ("a", 1)]
    assert outbox.due_subjects(later(60), limit=2) == [("b", 1), ("a", 1)]
    assert outbox.due_subjects(later(60), limit=10) == [("b", 1), ("a", 1), ("a", 2)]
