"""Labelled past cases come in whole or not at all, once, and never change afterwards."""

import datetime as dt
import json
from dataclasses import replace
from decimal import Decimal as D

import pytest
from django.db import DatabaseError, IntegrityError, transaction

from assessments.actions import histories
from assessments.actions.histories import PastCase, content_bytes, import_history
from assessments.models import ComputationRun, LabelledCase, LabelledHistory
from assessments.scoring.record import digest
from assessments.scoring.schemes import TAXONOMY
from assessments.states import ComputationKind, ComputationState
from lastvote.access import Role
from lastvote.audit.models import AuditEvent
from lastvote.errors import Refused
from lastvote.texts import text
from tests import factories as make
from tests import learning_world as lw
from tests.keeping import copied, kept

pytestmark = pytest.mark.django_db


built = kept(lambda: make.make_town(size=1))


@pytest.fixture
def town(built, db):
    return copied(built)


def bring_in(town, **other):
    wanted = {
        "jurisdiction": town.jurisdiction, "origin": lw.origin(), "factors": lw.FACTORS, "cases": lw.past_cases(3),
        "by": town.staff[Role.SECRETARIAT], "now": make.NOW,
    }  # fmt: skip
    return import_history(**wanted | other)


def refusal(town, **other):
    with pytest.raises(Refused) as caught:
        bring_in(town, **other)
    assert (LabelledHistory.objects.count(), LabelledCase.objects.count()) == (0, 0)
    return caught.value.code


def test_import_stores_every_case_exactly(town):
    history = bring_in(town)
    facts = (history.reference, history.number, history.case_count, history.scheme, history.factors, history.synthetic)
    assert facts == ("TV-HIS-1", 1, 3, "classic", ["I", "E", "R", "X"], True)
    first = history.cases.order_by("number").first()
    assert (first.name, first.ratings, first.label, first.raters, first.day) == (
        "Past case 1", ["0.11", "0.11", "0.11", "0.11"], D("0.11"), 2, dt.date(2020, 1, 1),
    )  # fmt: skip
    assert [case.number for case in history.cases.order_by("number")] == [1, 2, 3]


def test_hash_is_that_of_the_content_and_not_of_how_it_was_written(town):
    history = bring_in(town)
    cases = [
        PastCase(row.name, tuple(map(D, row.ratings)), row.label, row.raters, row.day)
        for row in history.cases.order_by("number")
    ]
    assert history.sha256 == digest(content_bytes(history.factors, cases))
    assert json.loads(content_bytes(history.factors, cases))["cases"][0]["label"] == "0.11"


def test_import_is_recorded_with_its_size_and_hash(town):
    history = bring_in(town)
    event = AuditEvent.objects.get(kind="history.imported")
    assert (event.subject_id, event.actor_id) == (history.pk, town.staff[Role.SECRETARIAT].pk)
    assert event.facts == {"number": 1, "sha256": history.sha256, "cases": 3, "factors": ["I", "E", "R", "X"]}


def test_same_cases_again_are_answered_with_the_first_import(town):
    first = bring_in(town)
    again = bring_in(town, origin=lw.origin("Another name"))
    assert (again.pk, LabelledHistory.objects.count(), LabelledCase.objects.count()) == (first.pk, 1, 3)
    assert AuditEvent.objects.filter(kind="history.imported").count() == 1


def test_another_town_and_other_cases_are_histories_of_their_own(town):
    other = make.make_town(slug="elsewhere", code="EW", size=1)
    found = [bring_in(town), bring_in(town, cases=lw.past_cases(4)), lw.imported(other, number=3)]
    assert [history.reference for history in found] == ["TV-HIS-1", "TV-HIS-2", "EW-HIS-1"]


def test_factors_of_no_scheme_of_ours_have_none(town):
    cases = [PastCase("One", (D(1), D(0)), D("0.5"))]
    assert bring_in(town, factors=("left", "right"), cases=cases).scheme == ""
    seven = [PastCase("One", (D("0.5"),) * 7, D("0.5"))]
    assert bring_in(town, factors=TAXONOMY.factors, cases=seven).scheme == "taxonomy"


@pytest.mark.parametrize(
    ("code", "other"),
    [
        ("E_EMPTY", {"cases": []}),
        ("E_SHAPE", {"factors": ("I",)}),
        ("E_SHAPE", {"factors": ("I", "E", "R", "I")}),
        ("E_SHAPE", {"cases": [PastCase("Short", (D(1),), D(0))]}),
        ("E_RANGE", {"cases": [PastCase("High", (D(1), D(1), D(1), D("1.0001")), D(0))]}),
        ("E_RANGE", {"cases": [PastCase("Low", (D(1), D(1), D(1), D(1)), D("-0.1"))]}),
        ("E_RANGE", {"cases": [PastCase("None", (D("NaN"), D(1), D(1), D(1)), D(0))]}),
        ("max_decimal_places", {"cases": [PastCase("Long", (D(1), D(1), D(1), D(1)), D("0.12345678901"))]}),
        ("name_required", {"origin": lw.origin("  ")}),
        ("name_required", {"origin": replace(lw.origin(), source=text(""))}),
    ],
)
def test_what_is_refused_leaves_nothing(town, code, other):
    assert refusal(town, **other) == code
    assert not AuditEvent.objects.filter(kind="history.imported").exists()


@pytest.mark.parametrize("role", [Role.CHAIR, Role.COMMITTEE, Role.AUDITOR, Role.ADMIN, Role.DEPLOYER])
def test_only_the_secretariat_imports(town, role):
    assert refusal(town, by=town.staff[role]) == "not_allowed"


def test_secretariat_of_another_town_is_nobody_here(town):
    other = make.make_town(slug="elsewhere", code="EW", size=1)
    assert refusal(town, by=other.staff[Role.SECRETARIAT]) == "not_allowed"


def test_import_that_fails_half_way_leaves_nothing(town, monkeypatch):
    def fail(**_facts):
        raise RuntimeError

    monkeypatch.setattr(histories, "record", fail)
    with pytest.raises(RuntimeError):
        bring_in(town)
    assert (LabelledHistory.objects.count(), LabelledCase.objects.count()) == (0, 0)


def test_database_refuses_changes(town):
    history = bring_in(town)
    for rows, change in ((LabelledHistory.objects.all(), {"case_count": 2}), (history.cases.all(), {"label": D(1)})):
        for act in (
            lambda rows=rows, change=change: rows.update(**change),
            lambda rows=rows: rows._raw_delete("default"),
        ):
            with pytest.raises(DatabaseError), transaction.atomic():
                act()


def run_row(history, **other):
    facts = {
        "jurisdiction": history.jurisdiction, "token": "t", "kind": ComputationKind.TRAINING, "history": history,
        "settings": {}, "steps_total": 2, "started_by": history.imported_by, "started_at": make.NOW,
    }  # fmt: skip
    return ComputationRun(**facts | other)


@pytest.mark.parametrize(
    "wrong",
    [
        {"steps_done": 3},
        {"state": ComputationState.DONE, "ended_at": make.NOW},
        {"state": ComputationState.DONE, "result": "{}", "result_sha256": "0" * 64},
        {"state": ComputationState.FAILED, "ended_at": make.NOW},
        {"state": ComputationState.CANCELLED},
        {"result": "{}", "result_sha256": "0" * 64},
        {"error_code": "E_RANGE"},
        {"ended_at": make.NOW},
        {"cancel_requested_at": make.NOW},
    ],
)
def test_database_refuses_runs_that_contradict_themselves(town, wrong):
    history = bring_in(town)
    with pytest.raises(IntegrityError), transaction.atomic():
        run_row(history, **wrong).save()


def test_database_keeps_one_unfinished_run_for_each_history(town):
    history = bring_in(town)
    run_row(history, token="one").save()
    with pytest.raises(IntegrityError), transaction.atomic():
        run_row(history, token="two").save()
    run_row(history, token="three", state=ComputationState.CANCELLED, ended_at=make.NOW).save()
    assert ComputationRun.objects.count() == 2
