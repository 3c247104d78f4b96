"""The long part of what would change a score: how far it is, what it found, and that it is never a stale one."""

import json

import pytest

from assessments.models import ComputationRun, SubmissionDetail
from assessments.scoring.errors import ScoringError
from assessments.states import ComputationKind
from deliberation.actions import computing
from deliberation.computing import panel
from deliberation.computing.kinds import STEPS
from lastvote.access import Role
from lastvote.jobs import outbox
from tests import factories as make
from tests.computing import work_out
from tests.deliberation import talks_world as t
from tests.deliberation import world as w
from tests.keeping import copied, kept

pytestmark = pytest.mark.django_db


built = kept(lambda: w.published(make.make_town(slug="longville", code="LV", size=5)))


@pytest.fixture
def world(built):
    return copied(built)


def page_of(world, at=w.CLOSED):
    return w.get(world.case_url + "score/", at=at)


def titles(page):
    return [section["id"] for section in w.soup(page).select("main section[id]")]


def test_before_it_begins_the_page_says_so_and_shows_all_the_rest(world):
    page = page_of(world)
    assert "It begins within a minute." in w.text_of(page, "#long")
    assert w.soup(page).select_one("#long .actions a")["href"] == f"{world.case_url}score/"
    assert {"change", "voices", "weights", "ratings", "possible", "differing", "influence", "methods"} <= set(
        titles(page)
    )
    assert not {"brought", "rules", "left-out"} & set(titles(page))


def test_while_it_runs_the_page_counts_the_parts(world, monkeypatch):
    monkeypatch.setattr(computing, "SECONDS", 0)
    computing.begin_all(world.assessment.pk, w.CLOSED)
    run = ComputationRun.objects.get(kind=ComputationKind.PANEL)
    for done in range(1, 4):
        outbox.deliver(STEPS[ComputationKind.PANEL], run.pk, w.CLOSED)
        assert f"Being worked out: {done} of 10." in w.text_of(page_of(world), "#long")
    data = json.loads(w.get(world.case_url + "score/sensitivity.json", at=w.CLOSED).content)
    assert (data["rules"], data["left_out"]) == ([], [])
    assert {row["brought"] for row in data["reach"]} == {None}


def test_once_it_is_done_its_three_parts_stand_there(world):
    work_out(world.assessment, w.CLOSED)
    page = page_of(world)
    assert "long" not in titles(page)
    assert {"brought", "rules", "left-out"} <= set(titles(page))
    rules = w.text_of(page, "#rules")
    assert "As published: positions are put together, then scored" in rules
    assert "Not defined: the items have no parts." in rules
    assert w.text_of(page, "#left-out").count("too few answers to tell") == 2
    data = json.loads(w.get(world.case_url + "score/sensitivity.json", at=w.CLOSED).content)
    assert [row["rule"] for row in data["rules"]][:1] == ["default"]
    assert [row["kind"] for row in data["left_out"]] == ["rank", "not_sure"]


def test_the_rules_of_d29_give_what_they_give_by_hand(world):
    """Of seven equal voices the upper median is the fourth score of a group alone, the upper quartile the sixth."""
    work_out(world.assessment, w.CLOSED)
    data = json.loads(w.get(world.case_url + "score/sensitivity.json", at=w.CLOSED).content)
    rules = {row["rule"]: row for row in data["rules"]}
    working = json.loads(w.get(world.case_url + "score/working.json", at=w.CLOSED).content)
    own = sorted(row["score"] for row in working["groups"])
    assert rules["median"]["score"] == own[3]
    assert rules["upper_quartile"]["score"] == own[5]
    trimmed = sum(float(score) for score in own[1:-1]) / 5
    assert float(rules["trimmed_mean"]["score"]) == pytest.approx(trimmed, abs=0.00006)
    for row in rules.values():
        if row["score"]:
            assert row["captured_low"] <= row["score"] <= row["captured_high"]


def test_what_could_not_be_worked_out_is_told_on_the_page_and_at_the_desk(world, monkeypatch):
    def refuse(_found, _unit):
        raise ScoringError("E_RANGE", "No.")

    monkeypatch.setattr(panel, "work_out", refuse)
    work_out(world.assessment, w.CLOSED)
    page = page_of(world)
    assert "This part could not be worked out. The desk has been told." in w.text_of(page, "#long")
    assert w.soup(page).select_one("#long .actions") is None
    desk = f"/{world.town.jurisdiction.slug}/desk/"
    for role in (Role.SECRETARIAT, Role.COMMITTEE):
        told = w.text_of(w.get(desk, by=world.staff(role), at=w.CLOSED), ".notice")
        assert f"What would change the score of {world.assessment.incident.reference}" in told


def test_work_that_was_given_up_is_told_too(world, monkeypatch):
    def die(_found, _unit):
        raise MemoryError

    monkeypatch.setattr(panel, "work_out", die)
    computing.begin_all(world.assessment.pk, w.CLOSED)
    run = ComputationRun.objects.get(kind=ComputationKind.PANEL)
    for days in range(10):
        outbox.deliver(STEPS[ComputationKind.PANEL], run.pk, w.CLOSED + days * make.DAY)
    assert "could not be worked out" in w.text_of(page_of(world), "#long")
    monkeypatch.undo()
    outbox.revive(w.CLOSED)
    work_out(world.assessment, w.CLOSED)
    assert "brought" in titles(page_of(world))


def test_nothing_at_the_desk_when_all_is_well(world):
    work_out(world.assessment, w.CLOSED)
    told = w.get(f"/{world.town.jurisdiction.slug}/desk/", by=world.staff(Role.COMMITTEE), at=w.CLOSED)
    assert "could not be worked out" not in w.text_of(told)


def test_a_new_published_round_has_a_long_part_of_its_own():
    world, now = t.judged(t.SPLIT)
    work_out(world.assessment, now)
    first = ComputationRun.objects.get(kind=ComputationKind.PANEL)
    later = t.answered_again(world, {"A": t.MISUSE})
    assert "long" in titles(page_of(world, at=later)), "the result of the first round is never shown for the second"
    work_out(world.assessment, later)
    second = ComputationRun.objects.exclude(pk=first.pk).get(kind=ComputationKind.PANEL)
    page = w.text_of(page_of(world, at=later), "#left-out")
    assert (first.round_id != second.round_id, page.count("not told for a second round")) == (True, 2)


def test_a_first_score_has_no_long_part():
    world = w.rated(make.make_town(slug="quietville", code="QV", size=5))
    work_out(world.assessment, make.NOW)
    assert not {"long", "brought", "rules", "left-out"} & set(titles(page_of(world, at=make.NOW)))


def test_left_out_answers_are_scored_on_the_page():
    town = make.make_town(slug="rankville", code="RV", codes=("A", "C", "D"), size=12)
    world = w.answered(town)
    ranked = (
        world.weight_round.roll.filter(group__code="A").order_by("pk").values_list("current__submission", flat=True)
    )
    SubmissionDetail.objects.filter(submission__in=list(ranked[:6])).update(method="rank")
    now = t.publish(world, world.weight_round)
    work_out(world.assessment, now)
    page = w.text_of(page_of(world, at=now), "#left-out")
    assert page.count("too few answers to tell") == 1
    data = json.loads(w.get(world.case_url + "score/sensitivity.json", at=now).content)
    scores = {row["kind"]: row["score"] for row in data["left_out"]}
    assert scores["rank"] != data["verdict"][0]["score"]
    assert scores["not_sure"] is None
