"""A chosen file waits for its columns to be named, belongs to whoever chose it, and does not stay."""

from decimal import Decimal as D

import pytest

from assessments.actions import uploads
from assessments.actions.uploads import drop_stale_uploads, finish_upload, keep_upload
from assessments.history_table.faults import Report
from assessments.history_table.mapping import ColumnMapping
from assessments.models import LabelledCase, LabelledHistory, PendingImport
from lastvote.access import Role
from lastvote.errors import Refused
from tests import factories as make
from tests import learning_world as lw
from tests.keeping import copied, kept

pytestmark = pytest.mark.django_db

GOOD = b"case,left,right,bad\nOne,0.5,3,0.25\nTwo,1,10,1\n"
BAD = b"case,left,right,bad\nOne,0.5,3,0.25\nTwo,1,11,1\nThree,x,1,2\n"
MAPPING = ColumnMapping(("case",), {"L": "left", "R": "right"}, "bad", {"right": D(10)})


built = kept(lambda: make.make_town(size=1))


@pytest.fixture
def town(built, db):
    return copied(built)


@pytest.fixture
def secretary(town):
    return town.staff[Role.SECRETARIAT]


def keep(town, content=GOOD, now=make.NOW):
    return keep_upload(jurisdiction=town.jurisdiction, content=content, by=town.staff[Role.SECRETARIAT], now=now)


def finish(upload, by):
    return finish_upload(upload=upload, mapping=MAPPING, origin=lw.origin(), by=by, now=make.NOW)


def test_good_file_becomes_rows_and_is_forgotten(town, secretary):
    history = finish(keep(town), secretary)
    assert [(row.name, row.ratings, row.label) for row in history.cases.order_by("number")] == [
        ("One", ["0.5", "0.3"], D("0.25")),
        ("Two", ["1", "1"], D(1)),
    ]
    assert history.columns == {
        "names": ["case"], "factors": {"L": "left", "R": "right"}, "label": "bad", "scales": {"right": "10"},
        "raters": None, "day": None,
    }  # fmt: skip
    assert not PendingImport.objects.exists()


def test_file_with_faults_leaves_nothing_and_is_kept_for_another_try(town, secretary):
    report = finish(keep(town, BAD), secretary)
    assert isinstance(report, Report)
    assert [(fault.row, fault.column, fault.code) for fault in report.faults] == [
        (3, "right", "outside_the_scale"), (4, "left", "not_a_number"), (4, "bad", "outside_the_scale"),
    ]  # fmt: skip
    assert (LabelledHistory.objects.count(), LabelledCase.objects.count(), PendingImport.objects.count()) == (0, 0, 1)


def test_import_that_fails_keeps_the_file(town, secretary, monkeypatch):
    def fail(**_facts):
        raise RuntimeError

    upload = keep(town)
    monkeypatch.setattr(uploads, "import_history", fail)
    with pytest.raises(RuntimeError):
        finish(upload, secretary)
    assert PendingImport.objects.count() == 1


def test_next_upload_of_a_person_takes_the_place_of_the_last(town):
    first, second = keep(town), keep(town, BAD)
    assert list(PendingImport.objects.values_list("token", flat=True)) == [second.token]
    assert first.token != second.token


def test_nobody_else_finishes_an_upload(town):
    with pytest.raises(Refused) as caught:
        finish(keep(town), town.staff[Role.CHAIR])
    assert (caught.value.code, LabelledHistory.objects.count()) == ("not_allowed", 0)


def test_only_the_secretariat_uploads(town):
    with pytest.raises(Refused) as caught:
        keep_upload(jurisdiction=town.jurisdiction, content=GOOD, by=town.staff[Role.CHAIR], now=make.NOW)
    assert (caught.value.status, PendingImport.objects.count()) == (403, 0)


def test_too_large_a_file_is_refused(town, monkeypatch):
    monkeypatch.setattr(uploads, "MOST_BYTES", len(GOOD) - 1)
    with pytest.raises(Refused) as caught:
        keep(town)
    assert (caught.value.code, PendingImport.objects.count()) == ("file_too_large", 0)


def test_files_left_behind_go_after_a_day(town):
    keep(town)
    assert drop_stale_uploads(make.NOW + uploads.LIFETIME - make.DAY / 24) == 0
    assert drop_stale_uploads(make.NOW + uploads.LIFETIME) == 1
    assert not PendingImport.objects.exists()


def test_files_stay_below_what_the_framework_writes_to_a_disk(settings):
    assert uploads.MOST_BYTES < settings.FILE_UPLOAD_MAX_MEMORY_SIZE
