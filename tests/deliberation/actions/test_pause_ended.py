"""A pause that is ended before the day that was told: what it takes back, what it never does, and who hears of it."""

import datetime as dt

import pytest

from deliberation.actions import timing
from deliberation.actions.calendars import adopt_calendar
from deliberation.actions.sessions import plan_session
from deliberation.models import ClockPause
from deliberation.notices import names
from deliberation.notices.timing import tell_of_ended_pauses
from deliberation.room import foreseen
from lastvote.access import Role
from lastvote.audit.models import AuditEvent
from lastvote.errors import Refused
from lastvote.texts import text
from stakeholders.models import ToldStep
from stakeholders.notices.kinds import kinds
from tests import factories as make
from tests.deliberation import room_world as r
from tests.deliberation import talks_world as t
from tests.keeping import copied, kept

pytestmark = pytest.mark.django_db
built = kept(r.in_talks)
DAY = make.DAY


class Play:
    """A round of talks, and what can be done to its days."""

    def __init__(self, world, now):
        self.world, self.now = world, now

    @property
    def one(self):
        return t.talks_of(self.world)

    @property
    def today(self):
        return self.now.astimezone(self.world.town.jurisdiction.zone).date()

    def ends(self):
        return dict(self.one.clocks.filter(round__isnull=False).values_list("kind", "due_at"))

    def pause(self, days, at=None):
        return timing.pause_talks(
            one=self.one, reason="court", explanation="Wait.", last_day=self.today + days * DAY,
            by=self.world.staff(Role.SECRETARIAT), now=at or self.now,
        )  # fmt: skip

    def end(self, after=0, role=Role.SECRETARIAT, reason="The court has ruled."):
        by = self.world.staff(role)
        return timing.end_pause(one=self.one, reason=reason, by=by, now=self.now + after * DAY)


@pytest.fixture
def talks(built):
    world, _one, now = copied(built)
    return Play(world, now)


def refusal(act, *args, **wanted):
    with pytest.raises(Refused) as refused:
        act(*args, **wanted)
    return refused.value.status, refused.value.code


def test_only_the_days_that_talks_stood_still_move_the_ends(talks):
    shorter = foreseen.with_pause(talks.one, "court", talks.today, talks.today + 2 * DAY, talks.now)
    talks.pause(9)
    talks.end(after=2)
    ends, follow_up = talks.ends(), talks.one.follow_up
    assert sorted(ends.values()) == [part.after for part in shorter]
    assert (follow_up.opens_at, follow_up.closes_at) == (ends["statements"], ends["answers"])
    assert follow_up.first_closes_at == ends["answers"]


def test_the_count_of_each_end_shows_the_days_that_stood_still_and_no_others(talks):
    talks.pause(6)
    talks.end(after=1)
    for clock in talks.one.clocks.filter(round__isnull=False):
        assert [line["day"] for line in clock.trace if line["why"] == "paused"] == [str(talks.today + DAY)]
        assert clock.due_at.astimezone(talks.world.town.jurisdiction.zone).date().isoformat() == clock.trace[-1]["day"]


def test_who_ended_it_when_and_why_is_kept_and_written_down(talks):
    talks.pause(6)
    talks.end(after=1)
    by = talks.world.staff(Role.SECRETARIAT)
    for row in ClockPause.objects.all():
        assert (row.ended_on, row.last_day, row.through) == (talks.today + DAY, talks.today + 6 * DAY, row.ended_on)
        assert (row.ended_because, row.ended_by, row.ended_at) == ("The court has ruled.", by, talks.now + DAY)
    event = AuditEvent.objects.get(kind="case.pause_ended")
    assert (event.actor_id, event.acting_as, event.effective_at) == (by.pk, "secretariat", talks.now + DAY)
    told = (talks.today + 6 * DAY).isoformat()
    assert (event.facts["until"], event.facts["told_until"]) == ((talks.today + DAY).isoformat(), told)
    assert event.facts["answers"]["to"] == talks.ends()["answers"].isoformat()


def test_the_days_that_are_left_can_be_used_for_another_pause(talks):
    talks.pause(9)
    assert timing.pause_days_left(talks.one) == 0
    talks.end(after=1)
    assert timing.pause_days_left(talks.one) == 8
    assert refusal(talks.pause, 3, at=talks.now + DAY) == (409, "already_paused")
    talks.pause(9, at=talks.now + 2 * DAY)
    assert timing.pause_days_left(talks.one) == 0


def test_what_is_refused(talks):
    assert refusal(talks.end) == (409, "not_paused")
    talks.pause(3)
    assert refusal(talks.end, role=Role.CHAIR) == (403, "not_allowed")
    assert refusal(talks.end, reason=" ") == (422, "blank")
    assert refusal(talks.end, after=3) == (409, "not_paused")
    talks.end(after=1)
    assert refusal(talks.end, after=1) == (409, "not_paused")
    assert AuditEvent.objects.filter(kind="case.pause_ended").count() == 1
    over = talks.one.follow_up.closes_at - talks.now
    assert refusal(talks.end, after=over / DAY) == (409, "talks_closed")


def test_no_end_becomes_earlier_than_it_was_without_the_pause(talks):
    """A calendar with fewer holidays keeps the days that were told; the end of a pause must not undo that."""
    staff = talks.world.staff
    for country in ("CZ", "PT"):
        adopt_calendar(
            jurisdiction=talks.world.town.jurisdiction, country=country, part="", reason=text("As the law says."),
            proposed_by=staff(Role.ADMIN), adopted_by=staff(Role.CHAIR), now=talks.now,
        )  # fmt: skip
    before = talks.ends()
    talks.pause(9)
    talks.end()
    assert [end >= before[kind] for kind, end in talks.ends().items()] == [True] * 3


def test_a_pause_from_before_this_was_possible_keeps_the_days_that_were_told(talks):
    talks.pause(5)
    ClockPause.objects.update(due_before=None)
    told = talks.ends()
    talks.end(after=1)
    assert talks.ends() == told


def test_everybody_is_told_at_once_that_the_talks_go_on_and_not_again_later(talks):
    talks.pause(4)
    talks.end(after=1)
    event = AuditEvent.objects.get(kind="case.pause_ended")
    assert ToldStep.objects.filter(kind=names.TALKS_MOVED, subject_id=event.pk).count() == 1
    kind, member, now = kinds[names.TALKS_MOVED], talks.world.town.members["C"][0], talks.now + DAY
    assert member.pk in kind.recipients(event.pk, now)
    said = kind.say(event.pk, member, now)
    assert (said.subject, kind.binding) == (f"The talks go on ({talks.world.assessment.incident.reference})", True)
    assert "sooner than you were told" in str(said.sentences[0])
    paused = kinds[names.TALKS_PAUSED]
    assert paused.say(ClockPause.objects.earliest("pk").pk, member, now) is None
    assert [tell_of_ended_pauses(talks.now + days * DAY) for days in (2, 5)] == [0, 0]


def test_parts_that_were_over_stay_where_they_were(talks):
    talks.now = talks.ends()["statements"] + dt.timedelta(hours=2)
    over = talks.ends()["statements"]
    talks.pause(5)
    talks.end(after=1)
    assert (talks.ends()["statements"], talks.one.follow_up.opens_at) == (over, over)


def test_a_session_planned_beyond_the_days_that_would_be_left_has_to_be_moved_first(talks):
    """Nobody could move it later, and no other could be planned in its place."""
    talks.pause(9)
    session = plan_session(
        one=talks.one, place="Town hall", starts_at=talks.ends()["session"] - dt.timedelta(hours=1),
        facilitator=r.facilitator_of(talks.world), by=talks.world.staff(Role.SECRETARIAT), now=talks.now,
    )  # fmt: skip
    before = talks.ends()
    assert refusal(talks.end) == (409, "session_after_the_end")
    assert talks.ends() == before
    session.starts_at = before["session"] - 9 * DAY
    session.save(update_fields=["starts_at"])
    talks.end()
    assert talks.ends()["session"] < before["session"]
