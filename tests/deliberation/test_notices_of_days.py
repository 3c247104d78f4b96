"""What people are told when days of talks move, and what those have to do who organise and lead them."""

import datetime as dt

import pytest
from django.core import mail

from assessments.actions import rounds
from deliberation.actions import calendars, sessions, timing
from deliberation.actions.cases import advance_due_cases
from deliberation.notices.sessions import MINUTES_WANTED, tell_of_missing_minutes
from deliberation.notices.timing import tell_of_ended_pauses
from lastvote.access import Role
from lastvote.jobs.models import OutboxItem
from stakeholders.models import Notice
from stakeholders.notices.listed import lines_of
from tests import factories as make
from tests.deliberation import talks_world as t
from tests.deliberation.test_notices import build, due, roll, told
from tests.keeping import copied, kept
from tests.telling import address, do_owed, forget_owed

pytestmark = pytest.mark.django_db
DAY = make.DAY
built = kept(build)


@pytest.fixture
def talks(built):
    found = copied(built)
    found.one = t.talks_of(found.world)
    found.secretariat = found.world.staff(Role.SECRETARIAT)
    return found


@pytest.fixture
def quiet(talks):
    forget_owed()
    return talks


def plan(talks, now=None):
    return sessions.plan_session(
        one=talks.one, place="Town hall", starts_at=due(talks, "statements") + DAY, facilitator=talks.fay,
        by=talks.secretariat, now=now or talks.now,
    )  # fmt: skip


def pause(talks, days=2):
    """Let the talks stand still from today on; return the last day."""
    last_day = talks.now.date() + days * DAY
    timing.pause_talks(
        one=talks.one, reason="court", explanation="The court rules first.", last_day=last_day, by=talks.secretariat,
        now=talks.now,
    )  # fmt: skip
    return last_day


def test_the_secretariat_hears_that_a_session_has_to_be_planned_until_one_is(talks):
    do_owed("tell.talks_to_prepare", talks.now)
    assert told(talks, talks.now)["Plan a session of the groups"] == [address(talks.secretariat)]
    (message,) = [one for one in mail.outbox if one.subject.startswith("Plan a session")]
    session_ends = due(talks, "session").astimezone(talks.world.town.jurisdiction.zone)
    assert f"A session is held until 5pm on {session_ends:%A %-d %B %Y} (Lisbon time)." in message.body


def test_nobody_is_asked_to_plan_a_session_that_is_planned(talks):
    plan(talks)
    assert "Plan a session of the groups" not in told(talks, talks.now)


def test_days_given_back_are_told_to_those_who_take_part_and_to_who_leads_a_session(quiet):
    plan(quiet)
    forget_owed()
    now = quiet.now + 2 * DAY
    timing.record_outage(
        jurisdiction=quiet.world.town.jurisdiction, first_day=now.date() - DAY, last_day=now.date(),
        explanation="The power failed.", by=quiet.secretariat, now=now,
    )  # fmt: skip
    everybody = sorted([*roll(quiet), "fay@testville.example"])
    assert told(quiet, now) == {"The days of the talks have moved": everybody}
    closes = due(quiet, "answers").astimezone(quiet.world.town.jurisdiction.zone)
    assert f"until 5pm on {closes:%A %-d %B %Y}" in mail.outbox[0].body
    assert "People could not reach the site for some time." in mail.outbox[0].body
    assert told(quiet, now) == {}


def adopt(talks, country):
    calendars.adopt_calendar(
        jurisdiction=talks.world.town.jurisdiction, country=country, part="", reason={"en": "Holidays."},
        proposed_by=talks.world.staff(Role.ADMIN), adopted_by=talks.world.staff(Role.CHAIR), now=talks.now,
    )  # fmt: skip


def test_another_calendar_is_told_only_where_it_moves_a_day(quiet):
    session_ends = due(quiet, "session")
    adopt(quiet, "PT")
    assert (due(quiet, "session"), told(quiet, quiet.now)) == (session_ends, {})
    adopt(quiet, "CZ")  # 6 July is a holiday there, on which the days for sessions would end
    assert due(quiet, "session") == session_ends + DAY
    assert told(quiet, quiet.now) == {"The days of the talks have moved": roll(quiet)}
    assert "Another calendar of public holidays holds." in mail.outbox[0].body


def test_the_end_of_a_pause_is_told_once_and_only_when_it_is_over(quiet):
    last_day = pause(quiet)
    forget_owed()
    zone = quiet.world.town.jurisdiction.zone
    over = dt.datetime.combine(last_day + DAY, dt.time(0, 0), zone).astimezone(dt.UTC)
    assert tell_of_ended_pauses(over - dt.timedelta(seconds=1)) == 0
    assert [tell_of_ended_pauses(over) for _beat in range(3)] == [1, 0, 0]
    assert told(quiet, over) == {"The talks go on": roll(quiet)}
    ends = due(quiet, "statements").astimezone(zone)
    assert f"This part of the talks ends at 5pm on {ends:%A %-d %B %Y}" in mail.outbox[0].body


def test_a_pause_that_is_over_when_the_mail_goes_out_is_not_told_as_beginning(quiet):
    last_day = pause(quiet)
    late = dt.datetime.combine(last_day + 2 * DAY, dt.time(12, 0), dt.UTC)
    assert told(quiet, late) == {}


def test_the_end_of_a_pause_is_not_told_of_talks_that_have_ended(quiet):
    pause(quiet)
    quiet.one = t.talks_of(quiet.world)
    rounds.open_due_rounds(quiet.one.follow_up.opens_at)
    at = t.answered_again(quiet.world, t.AGREED)
    forget_owed()
    assert (tell_of_ended_pauses(at), told(quiet, at)) == (0, {})


def test_who_led_a_session_is_told_a_day_later_that_minutes_are_due_until_they_are_written(quiet):
    session = plan(quiet)
    forget_owed()
    at = session.starts_at + MINUTES_WANTED
    assert tell_of_missing_minutes(at - dt.timedelta(seconds=1)) == 0
    assert [tell_of_missing_minutes(at) for _beat in range(3)] == [1, 0, 0]
    assert told(quiet, at) == {"The minutes of your session are due": ["fay@testville.example"]}


def test_minutes_that_are_written_are_not_asked_for_and_a_lacking_session_is_told(quiet):
    session = plan(quiet)
    advance_due_cases(due(quiet, "statements"))
    forget_owed()
    at = session.starts_at + MINUTES_WANTED
    tell_of_missing_minutes(at)
    sessions.minute_session(session=session, minutes="They met.", present={}, by=quiet.fay, now=at)
    assert told(quiet, at) == {"Plan a second session of the groups": [address(quiet.secretariat)]}
    assert [one for one in ("Group A", "affected") if one in mail.outbox[0].body] == []


def test_a_session_at_which_everybody_was_needs_no_second(quiet):
    session = plan(quiet)
    advance_due_cases(due(quiet, "statements"))
    forget_owed()
    present = {group: sessions.Present(2) for group in quiet.world.town.groups.values()}
    sessions.minute_session(session=session, minutes="They met.", present=present, by=quiet.fay, now=session.starts_at)
    assert told(quiet, session.starts_at) == {}


def test_every_notice_of_talks_leads_to_the_talks_and_names_the_case_in_the_list(talks):
    plan(talks)
    pause(talks)
    do_owed("tell.", talks.now)
    assert OutboxItem.objects.filter(kind="mail.notice").count() > 0
    reference = talks.one.case.assessment.incident.reference
    room = f"/testville/cases/{reference}/assessments/1/talks/1/"
    member = talks.world.town.members["A"][0]
    lines = lines_of(Notice.objects.filter(person=member).order_by("pk"))
    about_talks = [line for line in lines if line.about.path == room]
    assert [str(line.title) for line in about_talks] == [
        "A round of talks begins", "A session of the groups is planned", "Talks stand still",
    ]  # fmt: skip
    assert {line.about.words for line in lines} == {f"Housing chatbot ({reference})"}


def test_whoever_joined_a_group_before_people_answer_again_hears_that_their_days_moved(quiet):
    newcomer = make.add_member(quiet.world.town.jurisdiction, quiet.world.town.groups["C"], 99)
    now = due(quiet, "statements") + dt.timedelta(minutes=1)
    rounds.open_due_rounds(now)
    advance_due_cases(now)
    forget_owed()
    timing.extend_talks(one=quiet.one, days=3, reason="More time is needed.", by=quiet.secretariat, now=now)
    assert address(newcomer) in told(quiet, now)["The talks have more time"]
