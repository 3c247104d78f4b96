"""Who may help on paper, and who may not."""

import pytest

from assessments import rules
from assessments.models import RollEntry
from lastvote.access import Role
from stakeholders import actions as people
from tests import factories as make
from tests.assessments.paper.acts import refusal
from tests.assessments.paper_world import printed, typed


@pytest.mark.parametrize("who", [Role.SECRETARIAT, Role.CHAIR, Role.COMMITTEE, Role.DEPLOYER, Role.AUDITOR])
def test_other_roles_neither_print_nor_type(town, open_round, person, sheet, who):
    other = town.staff[who]
    assert refusal(printed, open_round, person, other) == ("not_allowed", 403)
    assert refusal(typed, sheet, other) == ("not_allowed", 403)


def test_neighbours_neither_print_nor_type_for_each_other(town, open_round, person, sheet):
    neighbour = town.members["C"][1]
    assert refusal(printed, open_round, person, neighbour) == ("not_allowed", 403)
    assert refusal(typed, sheet, neighbour) == ("not_allowed", 403)


def test_a_helper_who_is_on_the_roll_helps_nobody_in_that_round(town, open_round, sheet, typist):
    RollEntry.objects.create(round=open_round, group=town.groups["A"], person=typist)
    assert not rules.may_help(typist, open_round, make.NOW)
    assert refusal(typed, sheet, typist) == ("not_allowed", 403)


def test_a_helper_who_joined_a_group_helps_nobody(town, open_round, typist):
    people.join_group(person=typist, group=town.groups["A"], valid_from=make.NOW.date(), now=make.NOW)
    assert not rules.may_help(typist, open_round, make.NOW)


@pytest.mark.parametrize("role", [Role.COMMITTEE, Role.EVALUATOR, Role.DEPLOYER, Role.DELEGATE])
def test_helping_goes_with_no_role_that_has_a_stake(town, open_round, typist, role):
    grant = {
        "person": typist, "role": role, "valid_from": make.START, "now": make.NOW,
        "proposed_by": town.staff[Role.SECRETARIAT], "confirmed_by": town.staff[Role.CHAIR],
    }  # fmt: skip
    assert refusal(people.grant_role, **grant) == ("conflicting_role", 409)
    typist.role_grants.create(role=role, valid_from=make.START)
    assert not rules.may_help(typist, open_round, make.NOW)


def test_a_helper_of_one_assessment_helps_there_alone(town, open_round):
    elsewhere = make.open_round(town)
    person = people.add_person(
        jurisdiction=town.jurisdiction, name="Once", email="once@testville.example", now=make.NOW
    )
    person.role_grants.create(
        role=Role.HELPER, scope="assessment", scope_id=elsewhere.assessment_id, valid_from=make.START
    )
    assert [rules.may_help(person, one, make.NOW) for one in (elsewhere, open_round)] == [True, False]


def test_a_role_that_has_ended_helps_no_more(open_round, typist):
    typist.role_grants.update(valid_until=make.START)
    assert not rules.may_help(typist, open_round, make.NOW)
