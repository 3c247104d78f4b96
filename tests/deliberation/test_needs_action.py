"""What talks want from somebody: a reason until it is given, a word on joining, minutes of a session that was held."""

import pytest

from assessments.actions import rounds
from assessments.needs_action import waiting_for as waiting_in_rounds_now
from deliberation.actions import facilitating, sessions, statements
from deliberation.needs_action import waiting_for as waiting_now
from lastvote.access import Role
from stakeholders.needs_action import asker
from tests import factories as make
from tests import rating_world as rw
from tests.deliberation import talks_world as t
from tests.deliberation.test_notices import REASON, build, due
from tests.keeping import copied, kept

pytestmark = pytest.mark.django_db
built = kept(build)


@pytest.fixture
def talks(built):
    found = copied(built)
    found.one = t.talks_of(found.world)
    return found


def waiting_for(person, now):
    return waiting_now(asker(person, now))


def waiting_in_rounds(person, now):
    return waiting_in_rounds_now(asker(person, now))


def words(person, now):
    return [row.words for row in waiting_for(person, now)]


def test_a_reason_is_wanted_until_it_is_given_or_too_late(talks):
    member, other = talks.world.town.members["C"][:2]
    (row,) = waiting_for(member, talks.now)
    assert (row.words, row.until) == ("Say why your group weighs as it does", due(talks, "statements"))
    statements.make_statement(one=talks.one, by=member, reason=REASON, key="k", now=talks.now)
    assert (words(member, talks.now), words(other, talks.now)) == ([], ["Say why your group weighs as it does"])
    assert words(other, due(talks, "statements")) == []


def test_an_author_is_asked_about_joining_until_they_say(talks):
    first, second = (
        statements.make_statement(one=talks.one, by=member, reason=REASON, key="k", now=talks.now)
        for member in talks.world.town.members["C"][:2]
    )
    facilitating.propose_join(statement=first, to=second, by=talks.fay, now=talks.now)
    author = talks.world.town.members["C"][0]
    assert words(author, talks.now) == ["Say whether your reason can be joined to another"]
    facilitating.answer_join(statement=first, agree=True, by=author, now=talks.now)
    assert words(author, talks.now) == []


def test_minutes_are_wanted_from_whoever_led_a_session_once_it_began(talks):
    starts_at = due(talks, "statements") + make.DAY
    session = sessions.plan_session(
        one=talks.one, place="Town hall", starts_at=starts_at, facilitator=talks.fay,
        by=talks.world.staff(Role.SECRETARIAT), now=talks.now,
    )  # fmt: skip
    assert (words(talks.fay, talks.now), words(talks.fay, starts_at)) == ([], ["Write the minutes of the session"])
    sessions.minute_session(session=session, minutes="They met.", present={}, by=talks.fay, now=starts_at)
    assert words(talks.fay, starts_at) == []


def test_answers_after_talks_are_kept_or_changed(talks):
    opens = talks.one.follow_up.opens_at
    rounds.open_due_rounds(opens)
    member = talks.world.town.members["A"][0]
    assert [row.words for row in waiting_in_rounds(member, opens)] == ["Keep or change your answers"]
    talks.one.follow_up.refresh_from_db()
    make.answer(talks.one.follow_up, member, t.BALANCED, now=opens)
    assert waiting_in_rounds(member, opens) == []


# --- Those who organise -----------------------------------------------------------------------------------------


def plan(talks):
    return sessions.plan_session(
        one=talks.one, place="Town hall", starts_at=due(talks, "statements") + make.DAY, facilitator=talks.fay,
        by=talks.world.staff(Role.SECRETARIAT), now=talks.now,
    )  # fmt: skip


def test_the_secretariat_plans_a_session_and_a_second_only_where_the_first_lacked_somebody(talks):
    secretariat, to_plan = talks.world.staff(Role.SECRETARIAT), "Plan a session of the groups"
    (row,) = waiting_for(secretariat, talks.now)
    reference = talks.one.case.assessment.incident.reference
    assert (row.words, row.url) == (to_plan, f"/testville/desk/cases/{reference}/assessments/1/talks/1/")
    assert row.until == due(talks, "session")
    assert (words(talks.fay, talks.now), words(secretariat, due(talks, "session"))) == ([], [])
    session = plan(talks)
    assert words(secretariat, talks.now) == []
    held = session.starts_at
    present = {group: sessions.Present(1) for code, group in talks.world.town.groups.items() if code != "C"}
    sessions.minute_session(session=session, minutes="They met.", present=present, by=talks.fay, now=held)
    lacked = bool(sessions.lacking_in(session))
    assert (lacked, words(secretariat, held)) == (True, [to_plan])


def test_a_session_at_which_all_were_that_it_needs_is_enough(talks):
    session = plan(talks)
    present = {group: sessions.Present(1) for group in talks.world.town.groups.values()}
    sessions.minute_session(session=session, minutes="They met.", present=present, by=talks.fay, now=session.starts_at)
    assert words(talks.world.staff(Role.SECRETARIAT), session.starts_at) == []


def test_a_note_is_wanted_from_whoever_led_a_session_until_it_is_written(talks):
    session = plan(talks)
    sessions.minute_session(session=session, minutes="They met.", present={}, by=talks.fay, now=session.starts_at)
    type(talks.one).objects.filter(pk=talks.one.pk).update(state="session")
    note = "Write what is agreed, and what still differs"
    assert words(talks.fay, session.starts_at) == [note]
    type(talks.one).objects.filter(pk=talks.one.pk).update(
        close_note="Much.", close_note_by=talks.fay, close_note_at=session.starts_at
    )  # fmt: skip
    assert words(talks.fay, session.starts_at) == []


def test_the_secretariat_opens_assessments_fixes_ratings_and_proposes_rounds(talks):
    town, secretariat = talks.world.town, talks.world.staff(Role.SECRETARIAT)
    plan(talks)
    make.make_incident(town, title="First")
    assert words(secretariat, talks.now) == ["Open an assessment of 1 case"]
    rated = make.make_assessment(town, incident=make.make_incident(town, title="Second"), freeze=False)
    make.make_incident(town, title="Third")
    assert words(secretariat, talks.now) == ["Open assessments of 2 cases", "Fix the ratings"]
    assessment = make.make_assessment(town, incident=make.make_incident(town, title="Fourth"))
    found = waiting_for(secretariat, talks.now)
    assert [row.words for row in found] == [
        "Open assessments of 2 cases", "Propose a round for 1 case", "Fix the ratings",
    ]  # fmt: skip
    desk = "/testville/desk/"
    ratings = f"{desk}cases/{rated.incident.reference}/ratings/"
    assert [row.url for row in found] == [f"{desk}?mine=", f"{desk}?mine=", ratings]
    opens = talks.now + 10 * make.DAY
    proposal = rounds.propose_announcement(
        assessment=assessment, opens_at=opens, closes_at=opens + 20 * make.DAY, by=secretariat, now=talks.now
    )
    propose = "Propose a round for 1 case"
    assert (propose in words(secretariat, talks.now), propose in words(secretariat, proposal.expires_at)) == (
        False,
        True,
    )
    for role in (Role.CHAIR, Role.COMMITTEE, Role.ADMIN):
        assert words(talks.world.staff(role), talks.now) == []


def test_two_ratings_far_apart_ask_the_secretariat_for_a_third_evaluator(talks):
    town = talks.world.town
    plan(talks)
    unrated = rw.unrated(town, incident=make.make_incident(town, title="Apart"))
    for evaluator, value in zip(town.evaluators, ("0.1", "0.9"), strict=False):
        rw.rate(unrated, evaluator, value)
    assert words(talks.world.staff(Role.SECRETARIAT), talks.now) == ["Appoint a third evaluator"]


def test_past_cases_that_test_the_lines_wait_for_nobody(talks):
    plan(talks)
    make.make_assessment(
        talks.world.town, incident=make.make_incident(talks.world.town, retrospective=True, title="Past")
    )
    assert words(talks.world.staff(Role.SECRETARIAT), talks.now) == []
