"""Named queries about who takes part."""

import datetime as dt

import pytest
from django.contrib.auth.models import AnonymousUser
from django.http import Http404

from lastvote.access import EVERYBODY, Permission, Role, permissions_of
from lastvote.errors import Refused
from stakeholders import reads, rules
from stakeholders.actions import grant_role, join_group
from stakeholders.states import RoleScope
from tests.stakeholders.makers import NOW, TODAY, a_group, a_jurisdiction, a_person

DAY = dt.timedelta(days=1)
pytestmark = pytest.mark.django_db


def test_jurisdictions_are_in_the_order_of_their_addresses(town):
    a_jurisdiction("eastbrook", "EB")
    assert [place.slug for place in reads.jurisdictions()] == ["eastbrook", "northbrook", "southbrook"]


def test_jurisdiction_or_404(town):
    assert reads.jurisdiction_or_404("northbrook") == town.here
    with pytest.raises(Http404):
        reads.jurisdiction_or_404("nowhere")


def test_person_of_an_account_is_local(town):
    assert reads.person_of(town.ana.account, town.here) == town.ana
    assert reads.person_of(town.ana.account, town.elsewhere) is None
    assert reads.person_of(AnonymousUser(), town.here) is None


def test_people_of_an_account_are_everywhere(town):
    again = a_person(town.elsewhere, "Ana", email="ana@demo.example")
    assert list(reads.people_of(town.ana.account)) == [town.ana, again]


def test_groups_are_in_canonical_order(town):
    third, second = a_group(town.here, 3), a_group(town.here, 2)
    assert list(reads.groups_of(town.here)) == [town.group, second, third]


def test_memberships_on_a_day_are_by_group_and_person(town):
    second = a_group(town.here, 2)
    late = a_person(town.here, "Late")
    join_group(person=late, group=second, valid_from=TODAY + DAY, now=NOW)
    past = a_person(town.here, "Past")
    join_group(person=past, group=second, valid_from=TODAY - DAY, valid_until=TODAY, now=NOW)

    def names(day):
        return [membership.person.name for membership in reads.memberships_on(town.here, day)]

    assert names(TODAY - DAY) == ["Past"]
    assert names(TODAY) == ["Ana", "Bea", "Past"]
    assert names(TODAY + DAY) == ["Ana", "Bea", "Late"]


def grant(town, person, role, **more):
    return grant_role(
        person=person, role=role, proposed_by=town.sam, confirmed_by=town.cho, now=NOW, **{"valid_from": TODAY, **more}
    )


def test_roles_hold_from_first_to_last_day(town):
    grant(town, town.ana, Role.EVALUATOR, valid_until=TODAY + DAY)
    held = [reads.roles_of(town.ana, on=TODAY + number * DAY) for number in (-1, 0, 1, 2)]
    member = frozenset({Role.MEMBER})
    assert held == [frozenset(), member | {Role.EVALUATOR}, member | {Role.EVALUATOR}, member]


def test_role_for_one_assessment_holds_there_alone(town):
    grant(town, town.ana, Role.EVALUATOR, scope=RoleScope.ASSESSMENT, scope_id=7)
    assert reads.roles_of(town.ana, on=TODAY, assessment_id=7) == {Role.MEMBER, Role.EVALUATOR}
    assert reads.roles_of(town.ana, on=TODAY, assessment_id=8) == {Role.MEMBER}
    assert reads.roles_of(town.ana, on=TODAY) == {Role.MEMBER}


def test_holds_office_counts_any_scope_but_not_membership(town):
    assert reads.holds_office(town.ana.account, on=TODAY) is False
    grant(town, town.ana, Role.MEMBER)
    assert reads.holds_office(town.ana.account, on=TODAY) is False
    grant(town, town.ana, Role.EVALUATOR, scope=RoleScope.ASSESSMENT, scope_id=7, valid_until=TODAY)
    assert reads.holds_office(town.ana.account, on=TODAY) is True
    assert reads.holds_office(town.ana.account, on=TODAY + DAY) is False


def test_permissions_join_roles_in_force(town):
    assert rules.permissions_for(None, on=TODAY) == EVERYBODY
    assert rules.permissions_for(town.sam, on=TODAY) == permissions_of(frozenset({Role.SECRETARIAT}))
    assert rules.permissions_for(town.sam, on=TODAY - DAY) == EVERYBODY


def test_require_refuses_with_403(town):
    rules.require(town.sam, Permission.READ_DESK, on=TODAY)
    for person, day in ((town.ana, TODAY), (None, TODAY), (town.sam, TODAY - DAY)):
        with pytest.raises(Refused) as refused:
            rules.require(person, Permission.READ_DESK, on=day)
        assert (refused.value.code, refused.value.status) == ("not_allowed", 403)
