"""A group asks for talks: its delegate alone, or five of its people; in a High case only, and while one is left."""

import pytest

from assessments.models import Incident
from deliberation.actions.cases import advance_case, advance_due_cases
from deliberation.actions.requests import request_talks, why_no_talks
from deliberation.models import RoundRequest
from deliberation.states import Convened, NotRequested
from lastvote.access import Role
from lastvote.errors import Refused
from stakeholders import actions as people
from tests import factories as make
from tests.deliberation import talks_world as t

pytestmark = pytest.mark.django_db
HIGH = {"I": "0.95", "E": "0.9", "R": "0.95", "X": "0.9"}


def refusal(**wanted):
    with pytest.raises(Refused) as refused:
        request_talks(**wanted)
    return refused.value.status, refused.value.code


@pytest.fixture
def high():
    world, now = t.judged(t.AGREED, values=HIGH)
    assert (t.case_of(world).path, t.case_of(world).outcome) == ("H", "proceed")
    return world, now


def test_five_people_of_one_group_convene_a_round_and_fewer_do_not(high):
    world, now = high
    for person in (*world.town.members["C"][:4], world.town.members["D"][0]):
        request_talks(case=t.case_of(world), by=person, now=now)
    advance_due_cases(now)
    assert t.case_of(world).state == "awaiting"
    again = request_talks(case=t.case_of(world), by=world.town.members["C"][0], now=now)
    assert again.group.code == "C"
    request_talks(case=t.case_of(world), by=world.town.members["C"][4], now=now)
    advance_due_cases(now)
    assert (t.case_of(world).state, t.talks_of(world).because) == ("deliberating", Convened.REQUEST)
    assert t.case_of(world).outcome == ""


def test_a_high_case_that_is_rated_again_lower_stays_on_its_path(high):
    world, now = high
    again = t.rated_again(world, now, values=t.MILD)
    now = t.judge(again, t.AGREED, now + 10 * make.DAY)
    case = t.case_of(again)
    assert (case.state, case.path, why_no_talks(case, now)) == ("awaiting", "H", None)


def test_a_delegate_asks_alone(high):
    world, now = high
    member = world.town.members["C"][0]
    people.grant_role(
        person=member, role=Role.DELEGATE, valid_from=make.START, now=make.NOW,
        proposed_by=world.staff(Role.SECRETARIAT), confirmed_by=world.staff(Role.CHAIR),
    )  # fmt: skip
    request_talks(case=t.case_of(world), by=member, now=now)
    advance_due_cases(now)
    assert t.case_of(world).state == "deliberating"


def test_nobody_asks_below_the_high_path_or_while_talks_run(high):
    world, now = high
    case = t.case_of(world)
    assert refusal(case=case, by=world.staff(Role.CHAIR), now=now) == (404, "not_on_roll")
    for person in world.town.members["C"]:
        request_talks(case=case, by=person, now=now)
    advance_due_cases(now)
    assert refusal(case=case, by=world.town.members["D"][0], now=now) == (409, "not_to_be_requested")


def test_nobody_asks_in_a_case_that_was_merged_and_the_sweep_leaves_it_alone(high):
    world, now = high
    for person in world.town.members["C"]:
        request_talks(case=t.case_of(world), by=person, now=now)
    kept = make.make_incident(world.town)
    Incident.objects.filter(pk=world.assessment.incident_id).update(merged_into=kept)
    assert refusal(case=t.case_of(world), by=world.town.members["D"][0], now=now) == (409, "not_to_be_requested")
    assert why_no_talks(t.case_of(world), now) == NotRequested.MERGED
    assert (advance_due_cases(now), t.case_of(world).state) == (0, "awaiting")
    Incident.objects.filter(pk=world.assessment.incident_id).update(merged_into=None)
    assert (advance_due_cases(now), t.case_of(world).state) == (1, "deliberating")


def test_nobody_asks_in_a_case_that_is_not_high():
    world, now = t.judged(t.AGREED, values=t.LOW)
    assert refusal(case=t.case_of(world), by=world.town.members["C"][0], now=now) == (409, "not_to_be_requested")


def test_nobody_asks_in_a_case_that_was_rated_again_and_nothing_begins_in_it(high):
    """The people who asked before may have been too few, so that rating again was not refused."""
    world, now = high
    old = t.case_of(world)
    for person in world.town.members["C"][:4]:
        request_talks(case=old, by=person, now=now)
    t.rated_again(world, now)
    assert refusal(case=old, by=world.town.members["C"][4], now=now) == (409, "not_to_be_requested")
    assert why_no_talks(old, now) == NotRequested.RATED_AGAIN
    RoundRequest.objects.filter(case=old).update(as_delegate=True)
    assert (advance_case(world.assessment.pk, now), t.case_of(world).state) == (0, "awaiting")
