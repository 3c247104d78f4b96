"""What people are told of talks: every step once, to whoever it concerns when it is sent, and nothing that is over."""

import datetime as dt
from types import SimpleNamespace

import pytest
from django.core import mail

from assessments.actions import rounds
from assessments.actions.changes_seen import fingerprint
from assessments.notices import tell_of_last_days
from deliberation.actions import cases, facilitating, sessions, statements, timing
from deliberation.models import Statement
from deliberation.notices import clocks, outcomes
from deliberation.notices import rounds as talks_begin
from lastvote.access import Role
from stakeholders import actions as people
from stakeholders.notices.kinds import kinds
from tests import factories as make
from tests.deliberation import room_world as r
from tests.deliberation import talks_world as t
from tests.keeping import copied, kept
from tests.telling import address, forget_owed, mailed

pytestmark = pytest.mark.django_db
DAY = make.DAY
REASON = statements.Reason(item="I", difference="burden", words="We are the ones who lose the flat.")


def build():
    world, now = t.judged(t.SPLIT)
    fay = people.add_person(
        jurisdiction=world.town.jurisdiction, name="Fay", email="fay@testville.example", now=make.NOW
    )
    people.grant_role(
        person=fay, role=Role.FACILITATOR, valid_from=make.START, now=make.NOW,
        proposed_by=world.staff(Role.SECRETARIAT), confirmed_by=world.staff(Role.CHAIR),
    )  # fmt: skip
    return SimpleNamespace(world=world, now=now, fay=fay)


built = kept(build)


@pytest.fixture
def talks(built):
    found = copied(built)
    found.one = t.talks_of(found.world)
    return found


@pytest.fixture
def quiet(talks):
    """The same, with nothing owed any more of what happened before."""
    forget_owed()
    return talks


def roll(talks):
    return sorted(address(one) for members in talks.world.town.members.values() for one in members)


def told(talks, at):
    """Return who is told, by subject."""
    found = {}
    for one, subject in mailed(at):
        found.setdefault(subject, []).append(one)
    assert [message.subject for message in mail.outbox if len(message.subject) > 60] == []
    return {subject: sorted(people_) for subject, people_ in found.items()}


def due(talks, kind):
    return t.talks_of(talks.world).clocks.get(kind=kind).due_at


def state(talks, code="C", place=0):
    return statements.make_statement(
        one=talks.one, by=talks.world.town.members[code][place], reason=REASON, key="k", now=talks.now
    )


def test_everybody_who_takes_part_hears_that_talks_are_convened_and_until_when(talks):
    found = told(talks, talks.now)
    assert found["Groups differ: read why"] == roll(talks)
    text = next(message.body for message in mail.outbox if message.subject.startswith("Groups"))
    assert "Groups say why they differ until 5pm on Monday 29 June 2026 (Lisbon time)." in text
    words = text.replace("localhost:8000", "")
    assert [secret for secret in ("Group A", "80", "0.25", "0.4") if secret in words] == []
    assert told(talks, talks.now) == {}


def talks_before(one, because):
    """Let the talks be the second ones, after others that were convened for some reason and have ended."""
    type(one).objects.update(number=2)
    one.pk, one.because, one.state, one.ended_at = None, because, "ended", one.convened_at
    one.basis, one.follow_up = one.follow_up, one.basis
    one.save(force_insert=True)


@pytest.mark.parametrize(
    ("because", "before", "subject", "sentence"),
    [
        ("conflict", "conflict", "Groups still differ: read why", "The answers of the groups still differ."),
        ("conflict", "request", "Groups differ: read why", "The answers of the groups differ. They now say why"),
        ("request", None, "A group asked for talks", "A group asked for talks. The groups now give their reasons"),
        ("request", "conflict", "A group asked for more talks", "A group asked for another round of talks."),
        ("absence", "conflict", "More talks, because people are missing", "People directly affected are no longer"),
    ],
)
def test_talks_are_told_with_why_they_were_convened(talks, because, before, subject, sentence):
    type(talks.one).objects.update(because=because)
    if before:
        talks_before(talks.one, before)
    assert subject in told(talks, talks.now)
    text = next(message.body for message in mail.outbox if message.subject.startswith(subject))
    assert sentence in text
    differ = [words for words in ("answers of the groups", "Groups say why they differ") if words in text]
    assert bool(differ) == (because == "conflict")


def test_nobody_hears_of_talks_whose_statements_are_over(talks):
    assert "Groups differ: read why" not in told(talks, due(talks, "statements"))


def test_when_three_days_are_left_who_has_said_nothing_hears_of_it(quiet):
    state(quiet)
    at = due(quiet, "statements") - 3 * DAY
    assert talks_begin.tell_of_ending_statements(at - dt.timedelta(minutes=1)) == 0
    assert [talks_begin.tell_of_ending_statements(at) for _beat in range(3)] == [1, 0, 0]
    silent = [one for one in roll(quiet) if one != "c0@testville.example"]
    assert told(quiet, at) == {"Last 3 days to give a reason": silent}


def test_an_extension_and_a_pause_are_told_with_the_new_last_day(quiet):
    by = quiet.world.staff(Role.SECRETARIAT)
    timing.extend_talks(one=quiet.one, days=3, reason="The hall was flooded.", by=by, now=quiet.now)
    assert told(quiet, quiet.now) == {"The talks have more time": roll(quiet)}
    last_day = quiet.now.date() + 2 * DAY
    timing.pause_talks(
        one=quiet.one, reason="court", explanation="The court rules first.", last_day=last_day, by=by, now=quiet.now
    )
    assert told(quiet, quiet.now) == {"The talks stand still": roll(quiet)}
    closes = due(quiet, "answers").astimezone(quiet.world.town.jurisdiction.zone)
    assert f"You can keep or change your answers until 5pm on {closes:%A %-d %B %Y}" in mail.outbox[0].body


def test_a_session_is_told_to_everybody_and_to_who_leads_it(quiet):
    starts_at = due(quiet, "statements") + DAY
    sessions.plan_session(
        one=quiet.one, place="Town hall", starts_at=starts_at, facilitator=quiet.fay,
        by=quiet.world.staff(Role.SECRETARIAT), now=quiet.now,
    )  # fmt: skip
    meet, lead = "The groups meet", "You lead a session of the groups"
    assert told(quiet, quiet.now) == {meet: roll(quiet), lead: ["fay@testville.example"]}
    assert [message.body for message in mail.outbox if "Where: Town hall" not in message.body] == []
    desk = f"/testville/desk/cases/{quiet.one.case.assessment.incident.reference}/assessments/1/talks/1/"
    assert [desk in message.body for message in mail.outbox if message.subject.startswith(lead)] == [True]


def plan(talks):
    return sessions.plan_session(
        one=talks.one, place="Town hall", starts_at=due(talks, "statements") + DAY, facilitator=talks.fay,
        by=talks.world.staff(Role.SECRETARIAT), now=talks.now,
    )  # fmt: skip


def change(talks, session, now, **wanted):
    before = vars(sessions.meeting_of(session))
    return sessions.change_session(
        session=session, meeting=sessions.Meeting(**{**before, **wanted}), seen=fingerprint(before),
        by=talks.world.staff(Role.SECRETARIAT), now=now,
    )  # fmt: skip


def test_a_changed_session_is_told_to_everybody_concerned_as_it_stands_when_that_is_sent(quiet):
    session = plan(quiet)
    told(quiet, quiet.now)
    moved = change(quiet, session, quiet.now, starts_at=session.starts_at + DAY)
    moved = change(quiet, moved, quiet.now + dt.timedelta(minutes=1), place="Library")
    everybody = sorted([*roll(quiet), "fay@testville.example", address(quiet.world.staff(Role.SECRETARIAT))])
    later = quiet.now + dt.timedelta(minutes=2)
    assert told(quiet, later) == {"A session of the groups has changed": everybody}
    (listed,) = kinds["session_changed"].about([moved.pk]).values()
    assert listed.path == r.named_url(quiet.world)
    assert [message.body for message in mail.outbox if "Where: Library" not in message.body] == []
    assert told(quiet, later) == {}


def test_each_change_of_a_session_is_told_anew_and_none_once_it_has_begun(quiet):
    session = change(quiet, plan(quiet), quiet.now, place="Library")
    told(quiet, quiet.now)
    later = quiet.now + DAY
    session = change(quiet, session, later, place="School")
    session = change(quiet, session, later, place="School")
    assert len(told(quiet, later)["A session of the groups has changed"]) == len(roll(quiet)) + 2
    change(quiet, session, session.starts_at - dt.timedelta(minutes=1), place="Museum")
    assert "A session of the groups has changed" not in told(quiet, session.starts_at)


def test_a_reply_is_told_to_the_author_and_to_nobody_if_it_is_their_own(quiet):
    said = state(quiet)
    for code, place, key in (("A", 0, "one"), ("C", 0, "two")):
        response = statements.Response(kind="different", words="I read it differently.")
        by = quiet.world.town.members[code][place]
        statements.reply(statement=said, by=by, response=response, key=key, now=quiet.now)
    assert told(quiet, quiet.now) == {"Someone answered your reason": ["c0@testville.example"]}
    assert [one for one in ("Group A", "I read it") if one in mail.outbox[0].body] == []
    assert "List-Unsubscribe" in mail.outbox[0].extra_headers


def test_a_reply_whose_words_were_erased_is_not_told(quiet):
    said = state(quiet)
    by = quiet.world.town.members["A"][1]
    response = statements.Response(kind="different", words="I read it differently.")
    statements.reply(statement=said, by=by, response=response, key="one", now=quiet.now)
    people.erase_person(person=by, by=None, now=quiet.now)
    assert told(quiet, quiet.now) == {}


def test_an_author_is_asked_about_joining_until_they_have_answered(quiet):
    first, second = state(quiet), state(quiet, place=1)
    facilitating.propose_join(statement=first, to=second, by=quiet.fay, now=quiet.now)
    asked = "Does your reason say the same as another?"
    assert told(quiet, quiet.now) == {asked: ["c0@testville.example"]}
    facilitating.propose_join(statement=Statement.objects.get(pk=second.pk), to=first, by=quiet.fay, now=quiet.now)
    author = quiet.world.town.members["C"][1]
    facilitating.answer_join(statement=second, agree=False, by=author, now=quiet.now)
    assert told(quiet, quiet.now) == {}


def test_after_a_no_another_question_about_joining_is_told_again(quiet):
    first, second = state(quiet), state(quiet, place=1)
    asked = {"Does your reason say the same as another?": ["c0@testville.example"]}
    for hour in range(2):
        now = quiet.now + dt.timedelta(hours=hour)
        for _twice in range(2):
            facilitating.propose_join(statement=first, to=second, by=quiet.fay, now=now)
        assert told(quiet, now) == asked
        facilitating.answer_join(statement=first, agree=False, by=quiet.world.town.members["C"][0], now=now)


def test_three_days_before_statements_end_at_a_later_day_it_is_told_again(quiet):
    state(quiet)
    at, by = due(quiet, "statements") - 3 * DAY, quiet.world.staff(Role.SECRETARIAT)
    assert talks_begin.tell_of_ending_statements(at) == 1
    timing.extend_talks(one=quiet.one, days=5, reason="The hall was flooded.", by=by, now=at)
    later = due(quiet, "statements") - 3 * DAY
    assert [talks_begin.tell_of_ending_statements(when) for when in (at, later, later)] == [0, 1, 0]


def test_when_answers_open_people_may_keep_or_change_and_hear_it_again_three_days_before_the_end(quiet):
    opens = quiet.one.follow_up.opens_at
    rounds.open_due_rounds(opens)
    assert told(quiet, opens) == {"Keep or change your answers": roll(quiet)}
    assert "If you do nothing, what you answered before stays." in mail.outbox[0].body
    quiet.one.follow_up.refresh_from_db()
    make.answer(quiet.one.follow_up, quiet.world.town.members["A"][0], t.BALANCED, now=opens)
    at = quiet.one.follow_up.closes_at - 2 * DAY
    assert tell_of_last_days(at) == 1
    left = [one for one in roll(quiet) if one != "a0@testville.example"]
    assert told(quiet, at) == {"Last 3 days to keep or change your answers": left}


def test_the_end_of_talks_is_told_to_the_roll_and_the_case_to_those_who_decide(quiet):
    rounds.open_due_rounds(quiet.one.follow_up.opens_at)
    forget_owed()
    at = t.answered_again(quiet.world, t.AGREED)
    found = told(quiet, at)
    deciding = sorted(address(quiet.world.staff(role)) for role in outcomes.DECIDING)
    assert found == {"Round 1 of the talks has closed": roll(quiet), "A case waits for the committee": deciding}
    assert "The groups came nearer to each other." in mail.outbox[0].body


def test_the_protective_view_is_told_when_it_holds(quiet):
    t.answered_again(quiet.world, {})
    forget_owed()
    at = t.answered_again(quiet.world, {})
    assert "Round 2 of the talks has closed" in told(quiet, at)
    sentence = "So the most protective view of the people affected holds."
    ended = [message.body for message in mail.outbox if message.subject.startswith("Round")]
    assert [sentence in text for text in ended] == [True] * len(roll(quiet))
    score = str(t.case_of(quiet.world).finding.score)
    assert [text for text in ended if score in text or score[:4] in text] == []


def test_those_who_keep_the_time_are_warned_at_half_at_most_and_at_the_end(quiet):
    clock = quiet.one.clocks.get(kind="statements")
    keepers = sorted(["fay@testville.example", address(quiet.world.staff(Role.SECRETARIAT))])
    length = clock.due_at - clock.started_at
    quiet.one.clocks.exclude(pk=clock.pk).update(warned=100)
    quiet.one.case.clocks.filter(round=None).update(warned=100)
    for share in (50, 80, 100):
        at = clock.started_at + length * share / 100
        assert clocks.warn_of_clocks(at - dt.timedelta(seconds=1)) == 0
        assert [clocks.warn_of_clocks(at) for _beat in range(3)] == [1, 0, 0]
        assert told(quiet, at) == {f"{share}% of the time has passed": keepers}
    assert "What runs: Statements of the groups" in mail.outbox[0].body


def test_that_a_term_is_over_is_told_though_the_step_at_its_end_comes_first(quiet):
    """A sweep moves cases along before it warns of clocks."""
    clock = quiet.one.clocks.get(kind="statements")
    quiet.one.clocks.exclude(pk=clock.pk).update(warned=100)
    quiet.one.case.clocks.filter(round=None).update(warned=100)
    assert clocks.warn_of_clocks(clock.due_at - dt.timedelta(seconds=1)) == 1
    forget_owed()
    assert cases.advance_due_cases(clock.due_at) == 1
    assert [clocks.warn_of_clocks(clock.due_at) for _beat in range(2)] == [1, 0]
    assert list(told(quiet, clock.due_at)) == ["100% of the time has passed"]
    assert "It ended at" in mail.outbox[-1].body


def test_a_clock_that_has_stopped_warns_nobody(quiet):
    clock = quiet.one.clocks.get(kind="statements")
    half = clock.started_at + (clock.due_at - clock.started_at) / 2
    quiet.one.clocks.exclude(pk=clock.pk).update(warned=100)
    quiet.one.case.clocks.filter(round=None).update(warned=100)
    assert clocks.warn_of_clocks(half) == 1
    cases.advance_due_cases(clock.due_at)
    assert told(quiet, clock.due_at) == {}
