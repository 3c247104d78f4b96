"""A case that is not judged yet is neither rated again nor merged: nobody would ever judge it."""

import datetime as dt

import pytest

from assessments.actions import merges, publication, rounds
from assessments.actions.answers import keep_answer
from deliberation.actions.cases import advance_case, advance_due_cases
from deliberation.actions.requests import request_talks
from lastvote.access import Role
from lastvote.errors import Refused
from tests import factories as make
from tests import rating_world as rw
from tests.deliberation import talks_world as t
from tests.deliberation import world as w
from tests.deliberation.actions.test_requests import HIGH

pytestmark = pytest.mark.django_db


def refusal(act, *arguments, **wanted):
    with pytest.raises(Refused) as refused:
        act(*arguments, **wanted)
    return refused.value.status, refused.value.code


def closed_early(world) -> dt.datetime:
    """Let everybody keep their answers, and two people close the round before its talks are over."""
    now = t.talks_of(world).follow_up.opens_at + dt.timedelta(minutes=1)
    rounds.open_due_rounds(now)
    advance_due_cases(now)
    one = t.talks_of(world)
    for person in (person for members in world.town.members.values() for person in members):
        keep_answer(weight_round=one.follow_up, by=person, key=f"keep-{person.pk}", now=now)
    publication.count_and_publish(world.assessment.pk, now)
    proposal = rounds.propose_early_close(
        weight_round=one.follow_up, reason="All are in.", by=world.staff(Role.SECRETARIAT), now=now
    )
    rounds.confirm_proposal(proposal=proposal, by=world.staff(Role.CHAIR), now=now)
    publication.count_and_publish(world.assessment.pk, now)
    advance_case(world.assessment.pk, now)
    return now


def rate_again(world, now):
    return rw.rate_again(world.town, world.assessment, now)


def merge_away(world, now):
    return merges.merge_incident(
        incident=world.assessment.incident, into=make.make_incident(world.town), reason="The same night.",
        by=world.staff(Role.SECRETARIAT), now=now,
    )  # fmt: skip


def test_while_talks_go_on_a_case_is_neither_rated_again_nor_merged_even_with_its_answers_published():
    world, _now = t.judged(t.SPLIT)
    now = closed_early(world)
    one = t.talks_of(world)
    assert (one.state, one.follow_up.state, t.case_of(world).state) == ("session", "published", "deliberating")
    for act in (rate_again, merge_away):
        assert refusal(act, world, now) == (409, "proceeding_running")
    advance_due_cases(one.clocks.get(kind="session").due_at)
    assert t.talks_of(world).number == 2


def test_from_publication_to_judgement_a_case_is_neither_rated_again_nor_merged():
    world = w.published(make.make_town(size=5))
    for act in (rate_again, merge_away):
        assert refusal(act, world, w.CLOSED) == (409, "proceeding_running")
    advance_case(world.assessment.pk, w.CLOSED)
    assert t.case_of(world).state == "awaiting"
    assert rate_again(world, w.CLOSED).number == 2


def test_once_enough_people_ask_for_talks_a_case_is_neither_rated_again_nor_merged():
    world, now = t.judged(t.AGREED, values=HIGH)
    for person in world.town.members["C"]:
        request_talks(case=t.case_of(world), by=person, now=now)
    for act in (rate_again, merge_away):
        assert refusal(act, world, now) == (409, "proceeding_running")


def test_a_past_case_has_no_proceeding_that_could_go_on():
    town = make.make_town(size=5)
    world = w.published(town, incident=make.make_incident(town, retrospective=True))
    assert rate_again(world, w.CLOSED).number == 2
