"""Communities within a group: who registers them, who belongs to them, and since when."""

import datetime as dt

import pytest

from lastvote.access import Role
from lastvote.audit.models import AuditEvent
from lastvote.errors import Refused
from lastvote.texts import text
from stakeholders.communities import join_community, people_in, register_community
from tests import factories as make

pytestmark = pytest.mark.django_db


@pytest.fixture
def town():
    return make.make_town(size=3)


def refusal(act, **wanted):
    with pytest.raises(Refused) as refused:
        act(**wanted)
    return refused.value.status, refused.value.code


def wanted(town, **change):
    return {
        "group": town.groups["C"], "code": "river", "name": text("River estate"),
        "proposed_by": town.staff[Role.SECRETARIAT], "confirmed_by": town.staff[Role.CHAIR], "now": make.NOW,
    } | change  # fmt: skip


def test_two_people_register_a_community_once(town):
    community = register_community(**wanted(town))
    assert (str(community), community.group.code) == ("River estate", "C")
    assert AuditEvent.objects.get(kind="community.registered").facts == {"group": "C", "community": "river"}
    assert refusal(register_community, **wanted(town)) == (409, "community_exists")
    assert refusal(register_community, **wanted(town, group=town.groups["A"])) == (409, "community_exists")
    elsewhere = make.make_town(slug="elsewhere", code="EW", size=0)
    assert str(register_community(**wanted(elsewhere))) == "River estate"


def test_one_person_or_people_without_the_right_do_not(town):
    chair = town.staff[Role.CHAIR]
    assert refusal(register_community, **wanted(town, proposed_by=chair)) == (409, "second_person_needed")
    assert refusal(register_community, **wanted(town, proposed_by=town.staff[Role.AUDITOR])) == (403, "not_allowed")
    elsewhere = make.make_town(slug="elsewhere", code="EW", size=0)
    assert refusal(register_community, **wanted(town, proposed_by=elsewhere.staff[Role.CHAIR])) == (403, "not_allowed")


def test_people_of_the_group_belong_to_one_community_at_a_time(town):
    community = register_community(**wanted(town))
    by, member = town.staff[Role.CHAIR], town.members["C"][0]
    act = {"community": community, "valid_from": make.START, "by": by, "now": make.NOW}
    join_community(person=member, **act)
    event = AuditEvent.objects.get(kind="community.joined")
    assert member.pk not in event.facts.values()
    other = register_community(**wanted(town, code="hill", name=text("Hill estate")))
    assert refusal(join_community, person=member, **(act | {"community": other})) == (409, "in_community")
    assert refusal(join_community, person=town.members["A"][0], **act) == (409, "not_in_group")


def test_who_was_added_later_does_not_count_in_what_was_open_before(town):
    community = register_community(**wanted(town))
    act = {"community": community, "valid_from": make.START, "by": town.staff[Role.CHAIR]}
    first, second = town.members["C"][:2]
    join_community(person=first, **act, now=make.NOW)
    join_community(person=second, **act, now=make.NOW + make.DAY)
    day = dt.date(2026, 6, 3)
    assert people_in(community, on=day, known_at=make.NOW) == [first.pk]
    assert sorted(people_in(community, on=day, known_at=make.NOW + make.DAY)) == sorted([first.pk, second.pk])
    assert people_in(community, on=make.START - make.DAY, known_at=make.NOW) == []
