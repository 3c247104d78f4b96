"""Imports of cases as a job: all or nothing, once, whoever dies or comes twice on the way."""

import datetime as dt
import json

import pytest
from django.core.cache import cache
from django.db import OperationalError

from assessments import import_progress
from assessments.actions import case_imports, import_runs
from assessments.actions.case_imports import keep_cases_file
from assessments.actions.computations import GIVEN_UP
from assessments.actions.import_runs import STEP, import_step, look_after_imports, start_import
from assessments.actions.uploads import drop_stale_uploads, keep_upload
from assessments.models import ComputationRun, Incident, PendingImport
from assessments.states import ComputationState
from lastvote.access import Role
from lastvote.audit.models import AuditEvent
from lastvote.errors import Refused
from lastvote.jobs import outbox
from lastvote.jobs.models import OutboxItem
from tests import case_files
from tests import factories as make

pytestmark = pytest.mark.django_db


@pytest.fixture
def town():
    return make.make_town(size=1)


def kept(town, content=None):
    by = town.staff[Role.SECRETARIAT]
    content = content or case_files.aiid_file(150)
    return keep_cases_file(jurisdiction=town.jurisdiction, content=content, by=by, now=make.NOW)


def started(town, content=None):
    return start_import(upload=kept(town, content), by=town.staff[Role.SECRETARIAT], now=make.NOW)


def kinds():
    return list(AuditEvent.objects.filter(subject="computation").order_by("pk").values_list("kind", flat=True))


def standing(run):
    run.refresh_from_db()
    return run.state, run.steps_done, run.error_code, Incident.objects.count(), PendingImport.objects.count()


def test_an_import_is_owed_and_a_worker_does_it(town):
    run = started(town)
    assert standing(run) == (ComputationState.WAITING, 0, "", 0, 1)
    assert outbox.deliver(STEP, run.pk, make.NOW) == 1
    assert standing(run) == (ComputationState.DONE, 150, "", 150, 0)
    assert json.loads(run.result) == {"new": 150, "here": 0, "different": 0}
    assert kinds() == ["import.started"]
    assert AuditEvent.objects.get(kind="incident.imported").facts["cases"] == 150


def test_asking_twice_starts_it_once(town):
    upload, by = kept(town), town.staff[Role.SECRETARIAT]
    runs = [start_import(upload=upload, by=by, now=make.NOW) for _twice in range(2)]
    assert (runs[0], OutboxItem.objects.filter(kind=STEP).count(), len(kinds())) == (runs[1], 1, 1)
    import_step(runs[0].pk, make.NOW)
    assert start_import(upload=upload, by=by, now=make.NOW) == runs[0]


def test_the_step_done_twice_brings_everything_in_once(town):
    run = started(town)
    import_step(run.pk, make.NOW)
    import_step(run.pk, make.NOW)
    assert standing(run) == (ComputationState.DONE, 150, "", 150, 0)
    assert AuditEvent.objects.filter(kind="incident.imported").count() == 1


def test_a_worker_that_dies_halfway_leaves_nothing_and_the_next_begins_anew(town, monkeypatch):
    run, real, calls = started(town), case_imports._store_facts, []

    def die_once(*arguments):
        calls.append(arguments)
        if len(calls) == 2:
            raise SystemExit
        return real(*arguments)

    monkeypatch.setattr(case_imports, "_store_facts", die_once)
    with pytest.raises(SystemExit):
        outbox.deliver(STEP, run.pk, make.NOW)
    assert standing(run) == (ComputationState.RUNNING, 0, "", 0, 1)
    later = make.NOW + outbox.LEASE + dt.timedelta(seconds=1)
    assert outbox.deliver(STEP, run.pk, later) == 1
    assert standing(run) == (ComputationState.DONE, 150, "", 150, 0)


def test_what_another_import_brought_in_meanwhile_is_not_brought_in_again(town):
    first = started(town)
    second = started(town, case_files.aiid_file(160))
    for run in (first, second):
        import_step(run.pk, make.NOW)
    assert standing(second) == (ComputationState.DONE, 10, "", 160, 0)
    assert (second.steps_total, json.loads(second.result)) == (10, {"new": 10, "here": 150, "different": 0})


def test_whoever_may_no_longer_record_cases_brings_nothing_in(town):
    run = started(town)
    town.staff[Role.SECRETARIAT].role_grants.update(valid_until=make.START)
    import_step(run.pk, make.NOW)
    assert standing(run) == (ComputationState.FAILED, 0, "not_allowed", 0, 0)
    assert kinds() == ["import.started", "import.failed"]
    import_runs.fail_import(run, GIVEN_UP, make.NOW)
    assert run.error_code == "not_allowed"


def test_a_database_that_is_busy_is_tried_again(town, monkeypatch):
    def busy(**_arguments):
        raise OperationalError("database is locked")

    run = started(town)
    monkeypatch.setattr(import_runs, "import_cases", busy)
    assert outbox.deliver(STEP, run.pk, make.NOW) == 0
    assert (OutboxItem.objects.get(kind=STEP).last_error, standing(run)[0]) == ("Refused", ComputationState.RUNNING)


def test_an_import_that_nobody_owes_is_owed_again_and_one_given_up_ends(town):
    run = started(town)
    assert look_after_imports(make.NOW) == 0
    OutboxItem.objects.filter(kind=STEP).delete()
    assert look_after_imports(make.NOW) == 1
    OutboxItem.objects.filter(kind=STEP).update(dead_at=make.NOW)
    assert look_after_imports(make.NOW) == 1
    assert standing(run) == (ComputationState.FAILED, 0, GIVEN_UP, 0, 0)
    import_step(run.pk, make.NOW)
    import_step(0, make.NOW)
    assert Incident.objects.count() == 0


def test_the_file_stays_with_its_import_whatever_else_is_chosen(town):
    run, by = started(town), town.staff[Role.SECRETARIAT]
    kept(town, case_files.own_file())
    keep_upload(jurisdiction=town.jurisdiction, content=b"x", by=by, now=make.NOW)
    drop_stale_uploads(make.NOW + 9 * make.DAY)
    import_step(run.pk, make.NOW)
    assert standing(run) == (ComputationState.DONE, 150, "", 150, 0)


def test_a_file_in_whose_place_another_was_chosen_meanwhile_is_not_started(town):
    """The page in the first tab still shows it; a run without its file could never end."""
    first, by = kept(town), town.staff[Role.SECRETARIAT]
    kept(town, case_files.own_file())
    with pytest.raises(Refused) as refused:
        start_import(upload=first, by=by, now=make.NOW)
    assert (refused.value.code, refused.value.status) == ("gone", 409)
    assert (ComputationRun.objects.count(), OutboxItem.objects.filter(kind=STEP).count(), kinds()) == (0, 0, [])


def test_a_second_worker_that_waits_does_not_set_the_page_back(town, monkeypatch):
    run, real = started(town), import_runs.locked
    import_progress.tell(run, 120)

    def while_the_other_is_at_work(one):
        assert import_progress.told(run) == 120
        return real(one)

    monkeypatch.setattr(import_runs, "locked", while_the_other_is_at_work)
    import_step(run.pk, make.NOW)
    assert standing(run) == (ComputationState.DONE, 150, "", 150, 0)


def test_nobody_starts_the_import_of_somebody_else_or_of_a_file_without_cases(town):
    upload, other = kept(town), make.make_town(slug="elsewhere", code="EW", size=1)
    broken = PendingImport(
        jurisdiction=town.jurisdiction, token="broken", content=b"a,b\n", uploaded_by=town.staff[Role.SECRETARIAT]
    )
    for file, by, code in (
        (upload, town.evaluators[0], "not_allowed"), (upload, other.staff[Role.SECRETARIAT], "not_allowed"),
        (broken, town.staff[Role.SECRETARIAT], "unreadable"),
    ):  # fmt: skip
        with pytest.raises(Refused) as refused:
            start_import(upload=file, by=by, now=make.NOW)
        assert refused.value.code == code
    assert ComputationRun.objects.count() == 0


def test_an_import_does_not_depend_on_the_cache(town, monkeypatch):
    def gone(*_arguments):
        raise ConnectionError

    run = started(town)
    monkeypatch.setattr(cache, "set", gone)
    monkeypatch.setattr(cache, "get", gone)
    assert import_progress.told(run) == 0
    import_step(run.pk, make.NOW)
    run.refresh_from_db()
    assert import_progress.told(run) == 150
