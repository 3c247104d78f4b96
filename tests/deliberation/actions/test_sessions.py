"""Sessions: planned in their days, led by somebody without a stake, minuted once, held twice where somebody lacked."""

import datetime as dt

import pytest

from deliberation.actions import cases
from deliberation.actions.sessions import Present, minute_session, plan_session
from lastvote.access import Role
from lastvote.audit.models import AuditEvent
from lastvote.errors import Refused
from stakeholders import actions as people
from stakeholders.models import Group
from tests import factories as make
from tests.deliberation import talks_world as t

pytestmark = pytest.mark.django_db


def facilitator_of(world, name="Fay"):
    person = people.add_person(
        jurisdiction=world.town.jurisdiction, name=name, email=f"{name}@testville.example", now=make.NOW
    )
    people.grant_role(
        person=person, role=Role.FACILITATOR, valid_from=make.START, now=make.NOW,
        proposed_by=world.staff(Role.SECRETARIAT), confirmed_by=world.staff(Role.CHAIR),
    )  # fmt: skip
    return person


@pytest.fixture
def talks():
    world, now = t.judged(t.SPLIT)
    return world, t.talks_of(world), now, facilitator_of(world)


def refusal(act, *args, **wanted):
    with pytest.raises(Refused) as refused:
        act(*args, **wanted)
    return refused.value.status, refused.value.code


def plan(talks, *, day=9, by=Role.SECRETARIAT, facilitator=None, place="Town hall", at=None):
    world, one, now, fay = talks
    return plan_session(
        one=one, place=place, starts_at=now + dt.timedelta(days=day), facilitator=facilitator or fay,
        by=world.staff(by), now=at or now,
    )  # fmt: skip


def minute(talks, session, *, groups="ABCDEFG", after=0, by=None, people_there=2):
    _world, _one, _now, fay = talks
    present = {group: Present(people_there if group.code in groups else 0) for group in Group.objects.all()}
    now = session.starts_at + dt.timedelta(hours=after)
    return minute_session(session=session, minutes="We talked.", present=present, by=by or fay, now=now)


def test_a_session_is_planned_held_and_minuted_with_who_was_there(talks):
    session = plan(talks)
    minuted = minute(talks, session, groups="ABCDE")
    assert minuted.minutes == "We talked."
    assert dict(session.attendance.values_list("group__code", "people")) == {
        **dict.fromkeys("ABCDE", 2),
        "F": 0,
        "G": 0,
    }
    assert AuditEvent.objects.get(kind="case.session_minuted").facts["lacking"] == []
    assert refusal(minute, talks, session) == (409, "already_minuted")
    assert refusal(plan, talks, day=10, at=session.starts_at) == (409, "session_planned")


def test_a_session_without_the_people_affected_is_convened_a_second_time_and_then_held(talks):
    first = plan(talks)
    assert refusal(plan, talks, day=10) == (409, "session_planned")
    minute(talks, first, groups="ABDEFG")
    assert AuditEvent.objects.get(kind="case.session_minuted").facts["lacking"] == ["C"]
    second = plan(talks, day=11, at=first.starts_at)
    minute(talks, second, groups="A")
    assert second.number == 2
    assert refusal(plan, talks, day=12, at=second.starts_at) == (409, "session_planned")
    cases.advance_due_cases(talks[2] + dt.timedelta(days=14, hours=6))
    assert AuditEvent.objects.get(kind="case.sessions_ended").facts["held"] == 2


@pytest.mark.parametrize("day", [1, 16])
def test_a_session_lies_in_its_days(talks, day):
    assert refusal(plan, talks, day=day) == (422, "window_length")


def test_who_plans_and_who_leads(talks):
    world = talks[0]
    assert refusal(plan, talks, by=Role.CHAIR) == (403, "not_allowed")
    assert refusal(plan, talks, facilitator=world.staff(Role.CHAIR)) == (409, "conflict_of_interest")
    sells = facilitator_of(world, "Sel")
    seller = world.town.groups["F"]
    Group.objects.filter(pk=seller.pk).update(is_deployer_side=True)
    people.join_group(person=sells, group=seller, valid_from=make.START, now=make.NOW)
    assert refusal(plan, talks, facilitator=sells) == (409, "conflict_of_interest")
    assert refusal(plan, talks, place=" ") == (422, "blank")


def test_minutes_come_after_the_session_began_and_from_a_facilitator(talks):
    world, session = talks[0], plan(talks)
    assert refusal(minute, talks, session, after=-1) == (409, "too_early")
    assert refusal(minute, talks, session, by=world.staff(Role.SECRETARIAT)) == (403, "not_allowed")
    assert refusal(minute, talks, session, people_there=10_001) == (422, "out_of_range")
