"""What talks want from somebody: a reason until it is given, a word on joining, minutes of a session that was held."""

import pytest

from assessments.actions import rounds
from assessments.needs_action import waiting_for as waiting_in_rounds
from deliberation.actions import facilitating, sessions, statements
from deliberation.needs_action import waiting_for
from lastvote.access import Role
from tests import factories as make
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


def words(person, now):
    return [row.words for row in waiting_for(person, now)]


def test_a_reason_is_wanted_until_it_is_given_or_too_late(talks):
    member, other = talks.world.town.members["C"][:2]
    (row,) = waiting_for(member, talks.now)
    assert (row.words, row.until) == ("Say why your group differs", due(talks, "statements"))
    statements.make_statement(one=talks.one, by=member, reason=REASON, key="k", now=talks.now)
    assert (words(member, talks.now), words(other, talks.now)) == ([], ["Say why your group differs"])
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
