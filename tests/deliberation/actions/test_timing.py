"""More time for talks: what moves, what never becomes earlier, and what is refused."""

import datetime as dt

import pytest

from assessments.actions import rounds
from assessments.actions.answers import keep_answer
from assessments.rules import may_extend
from deliberation import rules
from deliberation.actions import cases, timing
from deliberation.actions.calendars import adopt_calendar
from deliberation.models import WorkCalendar
from lastvote.access import Role
from lastvote.audit.models import AuditEvent
from lastvote.errors import Refused
from lastvote.texts import text
from tests import factories as make
from tests.deliberation import talks_world as t

pytestmark = pytest.mark.django_db


@pytest.fixture
def talks():
    world, now = t.judged(t.SPLIT)
    return world, t.talks_of(world), now


def refusal(act, **wanted):
    with pytest.raises(Refused) as refused:
        act(**wanted)
    return refused.value.status, refused.value.code


def days(world):
    one = t.talks_of(world)
    zone = world.town.jurisdiction.zone
    return {clock.kind: clock.due_at.astimezone(zone).date() for clock in one.clocks.all()}


def ends(world):
    one = t.talks_of(world)
    zone = world.town.jurisdiction.zone
    return one.follow_up.opens_at.astimezone(zone).date(), one.follow_up.closes_at.astimezone(zone).date()


def extend(talks, number=3, reason="The hall was flooded.", role=Role.SECRETARIAT, at=None):
    world, one, now = talks
    return timing.extend_talks(one=one, days=number, reason=reason, by=world.staff(role), now=at or now)


def test_an_extension_moves_every_part_and_the_answers_once(talks):
    world, _one, _now = talks
    before = days(world)
    extend(talks)
    after = days(world)
    assert after["statements"] == before["statements"] + dt.timedelta(days=3)
    assert all(after[kind] > before[kind] for kind in before)
    assert ends(world) == (after["statements"], after["answers"])
    event = AuditEvent.objects.get(kind="case.talks_extended")
    assert event.facts["days"] == 3
    assert set(event.facts) >= {"statements", "session", "answers"}
    assert refusal(extend, talks=talks) == (409, "already_extended")


def test_what_is_no_extension(talks):
    assert refusal(extend, talks=talks, number=0) == (422, "window_length")
    assert refusal(extend, talks=talks, number=11) == (422, "window_length")
    assert refusal(extend, talks=talks, reason=" ") == (422, "blank")
    assert refusal(extend, talks=talks, role=Role.CHAIR) == (403, "not_allowed")
    late = talks[1].follow_up.closes_at
    assert refusal(extend, talks=talks, at=late) == (409, "talks_closed")


def test_parts_that_are_over_stay_where_they_were(talks):
    world, _one, now = talks
    before = days(world)
    later = now + dt.timedelta(days=8)
    cases.advance_due_cases(later)
    extend(talks, at=later)
    after = days(world)
    assert after["statements"] == before["statements"]
    assert after["answers"] > before["answers"]


def two_hours_past(world, kind):
    """A moment after a part of the talks is over by law, while no worker has come to write that down."""
    return t.talks_of(world).clocks.get(kind=kind).due_at + dt.timedelta(hours=2)


MORE_TIME = {
    "extension": lambda talks, late: extend(talks, at=late),
    "pause": lambda talks, late: pause(talks, at=late),
    "outage": lambda talks, late: outage(talks, 2, 3, at=late),
    "calendar": lambda talks, late: calendar(talks, at=late),
}


def how_counted(world, kind):
    """Everything that an end follows from, as the database has it."""
    clock = t.talks_of(world).clocks.get(kind=kind)
    return clock.due_at, clock.extension_days, clock.credit_days, clock.calendar_id, clock.pauses.count()


@pytest.mark.parametrize("way", MORE_TIME)
def test_a_part_that_is_over_by_law_stays_over_while_no_worker_has_come(talks, way):
    world, _one, _now = talks
    kinds = ("statements", "session", "answers")
    before, (opened, _closes) = [how_counted(world, kind) for kind in kinds], ends(world)
    late = two_hours_past(world, "statements")
    MORE_TIME[way](talks, late)
    after = [how_counted(world, kind) for kind in kinds]
    assert [was == now for was, now in zip(before, after, strict=True)] == [True, False, False]
    assert ends(world) == (opened, days(world)["answers"])
    assert not rules.takes_statements(t.talks_of(world), late)


def in_answers(talks):
    """Go on to the days on which people answer again; return the round of talks and the moment."""
    world, one, _now = talks
    opens = one.follow_up.opens_at + dt.timedelta(minutes=1)
    rounds.open_due_rounds(opens)
    cases.advance_due_cases(opens)
    return t.talks_of(world), opens


def test_the_round_of_answers_has_no_extension_beside_that_of_the_talks(talks):
    world, _one, _now = talks
    one, opens = in_answers(talks)
    extend(talks, at=opens)
    one.follow_up.refresh_from_db()
    later = {"closes_at": one.follow_up.closes_at + 5 * make.DAY, "reason": "More.", "now": opens}
    by = world.staff(Role.SECRETARIAT)
    assert not may_extend(by, one.follow_up, opens)
    assert refusal(rounds.extend_round, weight_round=one.follow_up, by=by, **later) == (409, "days_of_talks")
    outage(talks, 2, 3, at=opens)


def test_talks_whose_answers_closed_early_hold_up_no_other_talks_of_the_place(talks):
    world, _one, _now = talks
    one, opens = in_answers(talks)
    for person in (person for members in world.town.members.values() for person in members):
        keep_answer(weight_round=one.follow_up, by=person, key="kept", now=opens)
    early = rounds.propose_early_close(
        weight_round=one.follow_up, reason="All are in.", by=world.staff(Role.SECRETARIAT), now=opens
    )
    rounds.confirm_proposal(proposal=early, by=world.staff(Role.CHAIR), now=opens)
    before = days(world)
    assert calendar(talks, at=opens).number == 2
    outage(talks, 2, 3, at=opens)
    assert days(world) == before


def pause(talks, reason="court", last=4, at=None, explanation="The court has to rule first."):
    world, one, now = talks
    now = at or now
    last_day = now.astimezone(world.town.jurisdiction.zone).date() + dt.timedelta(days=last)
    return timing.pause_talks(
        one=one, reason=reason, explanation=explanation, last_day=last_day, by=world.staff(Role.SECRETARIAT), now=now
    )


def test_a_pause_is_not_counted_and_says_why_in_the_trace(talks):
    world, _one, _now = talks
    before = days(world)
    pause(talks)
    after = days(world)
    assert after["statements"] >= before["statements"] + dt.timedelta(days=4)
    trace = t.talks_of(world).clocks.get(kind="statements").trace
    assert [line["name"] for line in trace if line["why"] == "paused"] == ["court"] * 4
    assert ends(world) == (after["statements"], after["answers"])


def test_what_is_no_pause(talks):
    assert refusal(pause, talks=talks, reason="holiday") == (422, "unknown_option")
    assert refusal(pause, talks=talks, explanation="") == (422, "blank")
    assert refusal(pause, talks=talks, last=-1) == (422, "window_length")
    assert refusal(pause, talks=talks, last=10) == (422, "window_length")
    pause(talks)
    assert refusal(pause, talks=talks) == (409, "already_paused")
    week_later = talks[2] + dt.timedelta(days=6)
    assert refusal(pause, talks=talks, at=week_later, last=5) == (422, "window_length")


def outage(talks, first, last, role=Role.SECRETARIAT, at=None):
    world, _one, now = talks
    now = at or now
    day = talks[2].date()
    return timing.record_outage(
        jurisdiction=world.town.jurisdiction, first_day=day + dt.timedelta(days=first),
        last_day=day + dt.timedelta(days=last), explanation="The server was down.", by=world.staff(role), now=now,
    )  # fmt: skip


def test_days_without_the_site_are_given_back(talks):
    world, _one, now = talks
    before = days(world)
    outage(talks, 2, 3, at=now + 4 * make.DAY)
    assert days(world)["statements"] >= before["statements"] + dt.timedelta(days=2)
    event = AuditEvent.objects.get(kind="case.days_credited")
    assert event.facts["days"] == 2
    assert refusal(outage, talks=talks, first=3, last=4, at=now + 5 * make.DAY) == (409, "already_recorded")


def test_an_outage_before_the_talks_gives_nothing_back(talks):
    before = days(talks[0])
    outage(talks, -5, -4)
    assert days(talks[0]) == before
    assert not AuditEvent.objects.filter(kind="case.days_credited").exists()


def test_what_is_no_outage(talks):
    assert refusal(outage, talks=talks, first=1, last=2) == (422, "out_of_range")
    assert refusal(outage, talks=talks, first=-1, last=-2) == (422, "out_of_range")
    assert refusal(outage, talks=talks, first=-90, last=-89) == (422, "out_of_range")
    assert refusal(outage, talks=talks, first=-2, last=-1, role=Role.CHAIR) == (403, "not_allowed")


def calendar(talks, country="PT", part="", *, adopted_by=Role.CHAIR, proposed_by=Role.ADMIN, at=None):
    world, _one, now = talks
    return adopt_calendar(
        jurisdiction=world.town.jurisdiction, country=country, part=part, reason=text("Public holidays."),
        proposed_by=world.staff(proposed_by), adopted_by=world.staff(adopted_by), now=at or now,
    )  # fmt: skip


def test_another_calendar_counts_open_terms_anew_for_all_to_see(talks):
    world, _one, _now = talks
    before = days(world)
    adopted = calendar(talks)
    assert (adopted.number, "2026-12-25" in adopted.holidays, adopted.source[:9]) == (2, True, "holidays ")
    event = AuditEvent.objects.get(kind="case.days_recounted")
    assert set(event.facts) >= {"statements", "session", "answers"}
    assert all(days(world)[kind] >= before[kind] for kind in before)
    assert {clock.calendar_id for clock in t.talks_of(world).clocks.all()} == {adopted.pk}
    assert calendar(talks).pk == adopted.pk


def test_days_that_people_were_told_are_kept_under_another_calendar_and_use_up_nothing_that_is_added(talks):
    world, _one, _now = talks
    for clock in t.talks_of(world).clocks.all():
        clock.due_at += 7 * make.DAY  # as if counted with a week of holidays
        clock.save(update_fields=["due_at"])
    told = days(world)
    calendar(talks)
    assert days(world) == told
    clock = t.talks_of(world).clocks.get(kind="answers")
    assert clock.kept_days > 0
    assert {line["why"] for line in clock.trace} >= {"counted", "kept"}
    assert clock.trace[-1]["day"] == clock.due_at.astimezone(world.town.jurisdiction.zone).date().isoformat()
    extend(talks, 1)
    assert all(days(world)[kind] >= told[kind] + make.DAY for kind in told)


def test_what_is_no_calendar(talks):
    assert refusal(calendar, talks=talks, country="XX") == (422, "unknown_place")
    assert refusal(calendar, talks=talks, part="XX") == (422, "unknown_place")
    assert refusal(calendar, talks=talks, proposed_by=Role.CHAIR) == (403, "not_allowed")
    assert WorkCalendar.objects.count() == 1
