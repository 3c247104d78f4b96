"""Sessions: planned in their days, led by somebody without a stake, minuted once, held twice where somebody lacked."""

import datetime as dt

import pytest

from assessments.actions.changes_seen import fingerprint
from deliberation.actions import cases
from deliberation.actions.sessions import Meeting, Present, change_session, meeting_of, minute_session, plan_session
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


# --- Changing one that is still to come -------------------------------------------------------------------------


def seen(session):
    return fingerprint(vars(meeting_of(session)))


def change(talks, session, *, by=None, at=None, known=None, **wanted):
    world, _one, now, _fay = talks
    meeting = Meeting(**{**vars(meeting_of(session)), **wanted})
    return change_session(
        session=session, meeting=meeting, seen=known or seen(session), by=by or world.staff(Role.SECRETARIAT),
        now=at or now,
    )  # fmt: skip


def changes():
    return list(AuditEvent.objects.filter(kind="case.session_changed").order_by("pk"))


def test_secretariat_and_facilitator_move_a_session_and_say_anew_where_it_is(talks):
    world, _one, _now, fay = talks
    session = plan(talks)
    later = session.starts_at + dt.timedelta(days=1)
    moved = change(talks, session, starts_at=later)
    changed = change(talks, moved, by=fay, place=" Library ", access="A ramp.")
    assert meeting_of(changed) == Meeting("Library", later, "A ramp.")
    first, second = changes()
    assert (first.actor_id, first.acting_as, first.facts["changed"]) == (
        world.staff(Role.SECRETARIAT).pk, "secretariat", ["starts_at"],
    )  # fmt: skip
    assert (first.facts["from"], first.facts["to"]) == (session.starts_at.isoformat(), later.isoformat())
    assert (second.actor_id, second.acting_as, second.facts["changed"]) == (
        fay.pk, "facilitator", ["access", "place"],
    )  # fmt: skip
    assert [word for event in (first, second) for word in ("Library", "ramp") if word in str(event.facts)] == []


def test_the_same_again_changes_nothing_even_for_whoever_saw_an_older_version(talks):
    session = plan(talks)
    old = seen(session)
    changed = change(talks, session, place="Library")
    assert change(talks, changed, known=old, place="Library ").place == "Library"
    assert len(changes()) == 1


def test_whoever_saw_an_older_version_is_told_that_somebody_was_faster(talks):
    session = plan(talks)
    old = seen(session)
    change(talks, session, place="Library")
    assert refusal(change, talks, session, known=old, place="School") == (409, "changed_meanwhile")
    session.refresh_from_db()
    assert (session.place, len(changes())) == ("Library", 1)


def test_a_session_that_has_begun_is_changed_no_more(talks):
    session = plan(talks)
    assert refusal(change, talks, session, at=session.starts_at, place="Library") == (409, "session_begun")
    minute(talks, session)
    assert refusal(change, talks, session, at=session.starts_at, place="Library") == (409, "session_begun")
    last_moment = session.starts_at - dt.timedelta(seconds=1)
    assert change(talks, session, at=last_moment, place="Library").place == "Library"


@pytest.mark.parametrize("days", [-8, 7])
def test_a_session_is_not_moved_out_of_its_days(talks, days):
    session = plan(talks)
    wanted = session.starts_at + dt.timedelta(days=days)
    assert refusal(change, talks, session, starts_at=wanted) == (422, "window_length")


def test_a_session_is_not_moved_into_the_past(talks):
    session = plan(talks, day=11)
    wanted = session.starts_at - dt.timedelta(days=2)
    assert refusal(change, talks, session, starts_at=wanted, at=wanted) == (422, "window_length")


def test_a_session_is_not_changed_without_a_place_or_with_too_much(talks):
    session = plan(talks)
    assert refusal(change, talks, session, place=" ") == (422, "blank")
    assert refusal(change, talks, session, access="x" * 501) == (422, "max_length")


def test_nobody_else_changes_a_session(talks):
    world, session = talks[0], plan(talks)
    sells = facilitator_of(world, "Sel")
    Group.objects.filter(pk=world.town.groups["F"].pk).update(is_deployer_side=True)
    people.join_group(person=sells, group=world.town.groups["F"], valid_from=make.START, now=make.NOW)
    elsewhere = make.make_town(slug="elsewhere", code="EW", codes=("A",), size=1)
    who = [world.staff(Role.CHAIR), world.town.members["C"][0], elsewhere.staff[Role.SECRETARIAT], sells]
    assert [refusal(change, talks, session, by=person, place="Library") for person in who] == [
        (403, "not_allowed"), (403, "not_allowed"), (403, "not_allowed"), (409, "conflict_of_interest"),
    ]  # fmt: skip
    assert changes() == []


def test_a_change_whose_record_fails_changes_nothing(talks, monkeypatch):
    session = plan(talks)
    monkeypatch.setattr("deliberation.actions.sessions.record_on_case", lambda *_args, **_more: 1 / 0)
    with pytest.raises(ZeroDivisionError):
        change(talks, session, place="Library")
    session.refresh_from_db()
    assert session.place == "Town hall"


def test_minutes_come_after_the_session_began_and_from_a_facilitator(talks):
    world, session = talks[0], plan(talks)
    assert refusal(minute, talks, session, after=-1) == (409, "too_early")
    assert refusal(minute, talks, session, by=world.staff(Role.SECRETARIAT)) == (403, "not_allowed")
    assert refusal(minute, talks, session, people_there=10_001) == (422, "out_of_range")
