"""The commands by which past cases are brought in and a training is run without pages."""

import json

import pytest
import time_machine
from django.core.management import CommandError

from assessments.actions import training
from assessments.models import ComputationRun, LabelledHistory
from assessments.scoring.errors import ScoringError
from assessments.scoring.record import digest
from lastvote.access import Role
from tests import factories as make
from tests import learning_world as lw
from tests.assessments.test_commands import run
from tests.keeping import copied, kept

pytestmark = pytest.mark.django_db

SECRETARY = "secretariat1@testville.example"
FILE = "id;impact;exploit;replic;expos;judged;people;on\n" + "".join(
    f"Case {place};{place / 10};0,5;0.{place};1;{place};2;2020-01-0{place}\n" for place in range(1, 5)
)


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
    path = tmp_path / "past.csv"
    path.write_text(FILE)
    return path


def import_it(file, *more, **other):
    options = {
        "jurisdiction": "testville", "by": SECRETARY, "name": "Past cases", "source": "A test", "licence": "CC0",
        "case": ["id"], "map": ["I=impact", "E=exploit", "R=replic", "X=expos"], "label": "judged",
        "scale": ["judged=10"], "raters": "people", "day": "on",
    }  # fmt: skip
    return run("import-history", str(file), *more, **options | other)


def test_import_stores_the_rows_and_names_the_history(town, file):
    code, out, err = import_it(file)
    history = LabelledHistory.objects.get()
    assert (code, err, out.strip()) == (0, "", f"TV-HIS-1: 4 cases, SHA-256 {history.sha256}")
    first = history.cases.get(number=1)
    assert (first.name, first.ratings, str(first.label), first.raters, first.day.isoformat()) == (
        "Case 1", ["0.1", "0.5", "0.1", "1"], "0.1000000000", 2, "2020-01-01",
    )  # fmt: skip
    assert (history.scheme, history.imported_by) == ("classic", town.staff[Role.SECRETARIAT])


def test_import_as_json_and_twice(town, file):
    first, second = (json.loads(import_it(file, json=True)[1]) for _time in range(2))
    assert first == second == {"ok": True, "history": "TV-HIS-1", "cases": 4, "sha256": first["sha256"]}


def test_import_reports_every_wrong_row_and_stores_none(town, file):
    file.write_text(FILE.replace("Case 2;0.2", "Case 2;zero").replace("Case 4;0.4", "Case 4;4"))
    code, out, err = import_it(file)
    assert (code, out) == (1, "")
    assert [line.split(":")[0] for line in err.splitlines()] == [
        "row 3, impact", "row 5, impact", "Nothing was imported.",
    ]  # fmt: skip
    code, out, _err = import_it(file, json=True)
    assert (code, [fault["row"] for fault in json.loads(out)["faults"]]) == (1, [3, 5])
    assert not LabelledHistory.objects.exists()


@pytest.mark.parametrize(
    ("other", "words"),
    [
        ({"jurisdiction": "nowhere"}, "There is no jurisdiction nowhere."),
        ({"by": "nobody@testville.example"}, "has the address"),
        ({"by": "chair1@testville.example"}, "Your role here does not include this."),
        ({"map": ["I"]}, "Write --map FACTOR=COLUMN."),
        ({"map": ["I=impact", "I=exploit"]}, "each name once"),
        ({"scale": ["judged=ten"]}, "A scale is a number"),
    ],
)
def test_import_says_what_it_cannot_do(town, file, other, words):
    with pytest.raises(CommandError, match=words):
        import_it(file, **other)
    assert not LabelledHistory.objects.exists()


def test_import_says_that_a_file_is_not_there(town, tmp_path):
    with pytest.raises(CommandError, match="cannot be read"):
        import_it(tmp_path / "none.csv")


def test_train_tells_each_step_and_names_the_record(town):
    lw.imported(town, number=3)
    code, out, err = run("train", history="TV-HIS-1", by=SECRETARY)
    record = ComputationRun.objects.get()
    assert (code, err) == (0, "")
    assert out.splitlines()[-2:] == [
        f"{record.steps_total} of {record.steps_total}", f"Record {record.token}, SHA-256 {record.result_sha256}",
    ]  # fmt: skip


def test_train_as_json_prints_the_record_alone(town):
    lw.imported(town, number=3)
    _code, out, _err = run("train", history="TV-HIS-1", by=SECRETARY, json=True)
    assert digest(out.strip().encode()) == ComputationRun.objects.get().result_sha256


def test_train_leaves_with_1_when_the_run_fails(town, monkeypatch):
    def refusing(_run):
        raise ScoringError("E_NONFINITE", "No.")

    monkeypatch.setattr(training, "work_on", refusing)
    lw.imported(town, number=3)
    code, out, err = run("train", history="TV-HIS-1", by=SECRETARY)
    assert (code, err.strip()) == (1, "The training ended without a record: Failed E_NONFINITE")
    assert out.strip().startswith("0 of")


@pytest.mark.parametrize("reference", ["TV-HIS-2", "XX-HIS-1", "TV-HIS-one", "nothing"])
def test_train_says_that_a_history_is_not_there(town, reference):
    lw.imported(town, number=3)
    with pytest.raises(CommandError, match=f"There is no history {reference}"):
        run("train", history=reference, by=SECRETARY)


def test_train_refuses_who_may_not(town):
    lw.imported(town, number=3)
    with pytest.raises(CommandError, match="Your role here"):
        run("train", history="TV-HIS-1", by="chair1@testville.example")
