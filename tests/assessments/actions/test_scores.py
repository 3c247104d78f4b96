"""Counting answers: what was scored stays as it is, whatever happens later."""

import datetime as dt

import pytest
from django.db import connection
from django.urls import reverse

from assessments.actions import publication, rounds, scores
from assessments.models import RoundRecord, ScoreRun, WeightRound
from assessments.verification import verify
from lastvote.audit import guards
from lastvote.texts import text
from stakeholders import actions as people
from tests import factories as make
from tests.keeping import copied, kept

pytestmark = pytest.mark.django_db
AFTER = make.NOW + dt.timedelta(days=22)


built = kept(lambda: make.make_town(size=5, voices="eq7"))


@pytest.fixture
def town(built, db):
    return copied(built)


@pytest.fixture
def answered(town):
    weight_round = make.open_round(town)
    for members in town.members.values():
        for person in members:
            make.answer(weight_round, person, (4000, 3000, 2000, 1000))
    scores.recompute(assessment_id=weight_round.assessment_id, now=make.NOW)
    return weight_round


def add_group(town):
    return people.add_group(
        jurisdiction=town.jurisdiction, code="H", position_order=8, name=text("Group H"), description=text("Late"),
        label="Hh", slot=8, now=make.NOW,
    )  # fmt: skip


def publish(weight_round):
    rounds.close_due_rounds(AFTER)
    publication.count_and_publish(weight_round.assessment_id, AFTER)


def test_a_group_added_while_a_round_is_open_has_no_part_in_it(town, answered):
    before = scores.recompute(assessment_id=answered.assessment_id, now=make.NOW)
    add_group(town)
    assert scores.recompute(assessment_id=answered.assessment_id, now=make.NOW) == before


def test_a_group_added_after_the_close_changes_nothing_that_was_published(town, answered, client):
    publish(answered)
    add_group(town)
    answered.assessment.refresh_from_db()
    assert [finding.problem for finding in verify(answered.assessment)] == [""] * 5
    incident = answered.assessment.incident
    page = client.get(reverse("working", args=[town.jurisdiction.slug, incident.reference]))
    assert page.status_code == 200


def test_a_group_added_before_any_round_changes_nothing_that_was_scored(town):
    assessment = make.make_assessment(town)
    before = scores.recompute(assessment_id=assessment.pk, now=make.NOW)
    add_group(town)
    assert scores.recompute(assessment_id=assessment.pk, now=make.NOW) == before
    assessment.refresh_from_db()
    assert {finding.problem for finding in verify(assessment)} == {""}


def without_guards(table):
    """Take the append-only triggers away, as somebody with the database's own rights could; undone with the test."""
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
        for statement in guards.drop_statements(connection, table):
            cursor.execute(statement)


@pytest.mark.parametrize(("row", "changes", "problem"), [
    ("round", {"frozen": "{}"}, "what was fixed before its first answer does not have its published hash"),
    ("record", {"score_string": "ISS:1.0/M:C4L"}, "its score string is not that of the published score run"),
])  # fmt: skip
def test_verification_finds_what_was_changed_behind_the_record(answered, row, changes, problem):
    publish(answered)
    rows = {"round": WeightRound.objects.filter(pk=answered.pk), "record": RoundRecord.objects.filter(round=answered)}
    without_guards("assessments_roundrecord")
    rows[row].update(**changes)
    answered.assessment.refresh_from_db()
    assert [finding.problem for finding in verify(answered.assessment) if finding.problem] == [problem]


def test_a_count_that_ends_after_the_publication_leaves_no_run(town, answered, monkeypatch):
    honest = scores.engine.score

    def slow(inputs):
        monkeypatch.setattr(scores.engine, "score", honest)
        make.answer(answered, town.members["A"][0], (10000, 0, 0, 0))
        publish(answered)
        return honest(inputs)

    make.answer(answered, town.members["A"][0], (0, 10000, 0, 0))
    monkeypatch.setattr(scores.engine, "score", slow)
    scores.recompute(assessment_id=answered.assessment_id, now=make.NOW)
    answered.assessment.refresh_from_db()
    found = ScoreRun.objects.filter(round=answered).values_list("rev", "published")
    assert list(found) == [(answered.assessment.input_rev, True)]
