"""Talks do not end in agreement because those who differed are counted no longer."""

import json

import pytest

from deliberation.governing import found_in
from deliberation.states import CaseOutcome, CaseState
from stakeholders.actions import erase_person
from tests import factories as make
from tests.deliberation import talks_world as t
from tests.deliberation import world as w

pytestmark = pytest.mark.django_db
ALL_BUT = {code: {**dict.fromkeys("ABCDEFG", t.HARM), code: t.MISUSE} for code in "CE"}
"""Groups of five, of which one differs from all others."""


def without_one_of(code):
    """Talks over one group that differs; somebody in it is erased while they run, so that it is counted no longer."""
    world, now = t.judged(ALL_BUT[code])
    assert t.case_of(world).state == CaseState.DELIBERATING
    erase_person(person=world.town.members[code][0], by=None, now=now)
    t.answered_again(world, {})
    return world


def test_where_the_affected_are_gone_talks_go_on_and_end_in_the_highest_score_of_any_group():
    world = without_one_of("C")
    second = t.talks_of(world)
    assert (second.number, second.because) == (2, "absence")
    now = t.answered_again(world, {})
    case = t.case_of(world)
    assert (case.outcome, case.state) == (CaseOutcome.PROTECTIVE_DEFAULT, CaseState.AWAITING_DECISION)
    body = json.loads(found_in(world.assessment).body)
    assert body["affected_absent"]
    assert {term["code"] for term in body["terms"] if term["kind"] == "group"} == set("ABDEFG")
    pages = [w.text_of(w.get(url, at=now)) for url in (world.case_url, "/testville/glossary/")]
    assert [page for page in pages if "groups still differ" in page] == []
    assert "or people directly affected were counted no longer" in pages[0]


def test_where_the_affected_come_back_and_agree_the_groups_have_come_nearer():
    world = without_one_of("C")
    members = world.town.members
    members["C"] = [*members["C"][1:], make.add_member(world.town.jurisdiction, world.town.groups["C"], 99)]
    t.answered_again(world, {"C": t.HARM})
    assert t.case_of(world).outcome == CaseOutcome.CONVERGED


def test_where_another_group_that_differed_is_gone_nobody_says_that_groups_came_nearer():
    world = without_one_of("E")
    assert t.case_of(world).outcome in {CaseOutcome.PROCEED, CaseOutcome.PROCEED_NEAR_LINE}
