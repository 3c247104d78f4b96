"""Whoever sells or answers for such systems leads no talks: no act of a facilitator is theirs, no page offers one."""

import datetime as dt

import pytest

from deliberation import rules
from deliberation.actions import cases, facilitating, late_words, sessions
from deliberation.needs_action import waiting_for
from deliberation.notices.part_takers import facilitators
from lastvote.access import Role
from lastvote.errors import Refused
from stakeholders import actions as people
from stakeholders.needs_action import asker
from stakeholders.notices.kinds import kinds
from stakeholders.states import RoleScope
from tests import factories as make
from tests.deliberation import room_world as r
from tests.deliberation import talks_world as t
from tests.deliberation import world as w
from tests.keeping import copied, kept

pytestmark = pytest.mark.django_db


class Talks:
    """A round of talks in which there is something to do for each act of a facilitator."""

    def __init__(self):
        self.world, self.one, now = r.in_talks()
        self.fay = r.facilitator_of(self.world)
        members = self.world.town.members
        self.first, self.same = (r.say(self.one, members[code][0], now) for code in "CD")
        clock = self.one.clocks.get(kind="statements")
        self.session = sessions.plan_session(
            one=self.one, place="Hall", starts_at=clock.due_at + dt.timedelta(hours=1), facilitator=self.fay,
            by=self.world.staff(Role.SECRETARIAT), now=now,
        )  # fmt: skip
        self.now = clock.due_at + dt.timedelta(hours=2)
        cases.advance_due_cases(self.now)
        self.one = t.talks_of(self.world)
        author = members["E"][0]
        self.late = late_words.keep_late_words(one=self.one, by=author, reason=r.BURDEN, now=self.now)
        late_words.ask_to_take(late=self.late, by=author, now=self.now)

    def desk(self, act=""):
        return w.get(f"{r.desk_url(self.world)}{act}", by=self.fay, at=self.now)


built = kept(Talks)


def sells(talks):
    r.comes_to_sell(talks.world, talks.fay)


def answers_for_it(talks):
    world = talks.world
    people.grant_role(
        person=talks.fay, role=Role.DEPLOYER, scope=RoleScope.ASSESSMENT, scope_id=world.assessment.pk,
        valid_from=make.START, now=make.NOW, proposed_by=world.staff(Role.SECRETARIAT),
        confirmed_by=world.staff(Role.CHAIR),
    )  # fmt: skip


@pytest.fixture(params=[sells, answers_for_it])
def talks(request, built):
    found = copied(built)
    assert rules.may_facilitate(found.fay, found.one.case, found.now)
    request.param(found)
    return found


ACTS = {
    "asks about joining": lambda on, by: facilitating.propose_join(statement=on.same, to=on.first, **by),
    "marks what was dealt with": lambda on, by: facilitating.move_on(statement=on.first, **by),
    "writes the note": lambda on, by: facilitating.write_close_note(
        one=on.one, note=facilitating.Note(agreed="All is well."), **by
    ),
    "writes the minutes": lambda on, by: sessions.minute_session(
        session=on.session, minutes="All met.", present={}, **by
    ),
    "accepts late words": lambda on, by: late_words.take_late_words(
        late=on.late, read=late_words.version_of(on.late), **by
    ),
}


def test_no_act_of_a_facilitator_is_theirs(talks):
    for act in ACTS.values():
        with pytest.raises(Refused) as refused:
            act(talks, {"by": talks.fay, "now": talks.now})
        assert (refused.value.status, refused.value.code) == (409, "conflict_of_interest")


def test_the_same_acts_are_those_of_a_facilitator_without_a_stake(built):
    talks = copied(built)
    waits = [row.words for row in waiting_for(asker(talks.fay, talks.now))]
    assert waits == ["Write the minutes of the session", "Read words that came too late"]
    assert facilitators(talks.one.case, talks.now) == [talks.fay.pk]
    for act in ACTS.values():
        act(talks, {"by": talks.fay, "now": talks.now})


def test_no_page_offers_them_what_they_may_not_do(talks):
    pages = (
        "reasons/",
        f"reasons/{talks.same.token}/join/",
        f"reasons/{talks.first.token}/dealt-with/",
        "sessions/1/minutes/",
    )
    for act in (*pages, "note/"):
        refused = talks.desk(act)
        assert refused.status_code == 409
        assert "You sell or answer for such systems, so somebody else leads these talks." in w.text_of(refused)
    links = [link.get_text(strip=True) for link in w.soup(talks.desk()).select("main .listing a")]
    assert links == ["Read the public page"]
    assert not rules.leads_talks(talks.fay, talks.one.case, talks.now)


def test_nothing_waits_for_them_and_nobody_writes_to_them(talks):
    assert waiting_for(asker(talks.fay, talks.now)) == []
    assert facilitators(talks.one.case, talks.now) == []


TERMS = {"clock_50": "clock", "minutes_due": "session", "session_planned": "session"}
"""Kinds of notices that a facilitator gets, by what they are about."""


def told_of_terms(talks):
    """Return the kinds of which a facilitator is told, and those of which there is something to say to them."""
    before = talks.session.starts_at - dt.timedelta(minutes=1)
    about = {"clock": talks.one.clocks.get(kind="answers").pk, "session": talks.session.pk}
    asked = [(name, kinds[name], about[subject]) for name, subject in TERMS.items()]
    reached = {name for name, kind, subject in asked if talks.fay.pk in kind.recipients(subject, before)}
    return reached, {name for name, kind, subject in asked if kind.say(subject, talks.fay, before)}


def test_a_facilitator_without_a_stake_is_told_of_terms_and_sessions(built):
    assert told_of_terms(copied(built)) == (set(TERMS), set(TERMS))


def test_whoever_has_a_stake_is_told_of_no_term_and_no_session(talks):
    assert told_of_terms(talks) == (set(), set())
