"""The command by which cases come in from a file without pages."""

import json

import pytest
import time_machine
from django.core.management import CommandError

from assessments.models import Incident
from tests import case_files
from tests import factories as make
from tests.assessments.test_commands import run
from tests.keeping import copied, kept

pytestmark = pytest.mark.django_db

SECRETARY = "secretariat1@testville.example"


@pytest.fixture(autouse=True)
def _clock():
    with time_machine.travel(make.NOW, tick=False):
        yield


built = kept(lambda: make.make_town(size=1))


@pytest.fixture
def town(built, db):
    return copied(built)


@pytest.fixture
def file(tmp_path):
    path = tmp_path / "cases.csv"
    path.write_bytes(case_files.aiid_file(250))
    return path


def bring_in(file, **options):
    return run("import-incidents", str(file), jurisdiction="testville", by=SECRETARY, **options)


def test_import_tells_how_far_it_is_and_what_it_did(town, file):
    assert bring_in(file)[:2] == (0, (
        "100 of 250 cases written\n200 of 250 cases written\n250 of 250 cases written\n"
        "250 new, 0 here already, 0 left as they are\n"
    ))  # fmt: skip
    assert bring_in(file)[1] == "0 new, 250 here already, 0 left as they are\n"
    assert Incident.objects.count() == 250


def test_import_as_json(town, file):
    code, out, err = bring_in(file, json=True)
    wanted = {"ok": True, "new": 250, "here": 0, "different": 0, "left_as_they_are": []}
    assert (code, json.loads(out), err) == (0, wanted, "")


def test_a_file_with_faults_brings_in_nothing_and_lists_them(town, file):
    rows = case_files.aiid_rows(3)
    rows[0][1], rows[2][7] = "soon", ""
    file.write_bytes(case_files.written(case_files.AIID_HEADING, rows))
    code, out, err = bring_in(file)
    assert (code, out, Incident.objects.count()) == (1, "", 0)
    assert [line.partition(":")[0] for line in err.splitlines()] == [
        "row 2, date",
        "row 4, title",
        "Nothing was imported.",
    ]
    code, out, _err = bring_in(file, json=True)
    assert (code, [fault["code"] for fault in json.loads(out)["faults"]]) == (1, ["not_a_day", "empty_cell"])


@pytest.mark.parametrize(("options", "words"), [
    ({"jurisdiction": "nowhere"}, "There is no jurisdiction nowhere."),
    ({"by": "nobody@testville.example"}, "has the address nobody@testville.example"),
    ({"by": "chair1@testville.example"}, "Your role here does not include this."),
])  # fmt: skip
def test_whoever_may_not_is_told(town, file, options, words):
    with pytest.raises(CommandError, match=words):
        run("import-incidents", str(file), **{"jurisdiction": "testville", "by": SECRETARY, **options})
    assert not Incident.objects.exists()


def test_a_file_that_is_not_there_is_named(town, file):
    with pytest.raises(CommandError, match="cannot be read"):
        bring_in(file.parent / "none.csv")
