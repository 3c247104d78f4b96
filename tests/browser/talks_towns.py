"""A town whose groups differ: a case in talks with much said, one where nobody has spoken, one that ended protected."""

import datetime as dt
from dataclasses import replace

from assessments.actions import rounds
from deliberation.actions import facilitating, sessions
from deliberation.actions.cases import advance_case
from deliberation.actions.erasure import erase_words
from deliberation.actions.statements import Response
from deliberation.models import DeliberationRound, Session, Statement
from lastvote.access import Role
from stakeholders.models import Account
from tests import factories as make
from tests.deliberation import room_world as r
from tests.deliberation import talks_world as t
from tests.deliberation import world as w
from tests.telling import MAIL, STEP, do_owed

EARLY, LATE = make.NOW - 29 * make.DAY, make.NOW - 18 * make.DAY


def build() -> tuple[dict[str, str], dict[str, Account | None]]:
    """Return where the cases and their rooms are, and who looks at them."""
    town = make.make_town(slug="talksville", code="TK", size=5)
    ended, _now = _judged(town, "A case that ended in the most protective view", EARLY, t.MILD)
    t.answered_again(ended, {"A": t.MISUSE})
    spoken, now = _judged(town, "A case whose groups say why they differ", LATE, t.GRAVE)
    quiet, _now = _judged(town, "A case in which nobody has spoken yet", LATE, t.GRAVE)
    said = _speak(spoken, t.talks_of(spoken), now)
    worlds = {"spoken": spoken, "quiet": quiet, "protected": ended}
    places = {name: world.case_url for name, world in worlds.items()}
    places |= {f"{name}_room": r.room_url(world) for name, world in worlds.items()}
    places["reason"] = f"{r.room_url(spoken)}reasons/{said.token}/"
    places["talks_desk"] = spoken.case_url.replace("/cases/", "/desk/cases/") + "talks/"
    places["talks"] = f"/{town.jurisdiction.slug}/"
    for work in (STEP, MAIL):
        do_owed(work, make.NOW)
    staff = {"talk_secretary": town.staff[Role.SECRETARIAT], "talk_leader": Session.objects.get().facilitator}
    people = staff | {"talker": town.members["D"][1], "speaker": town.members["C"][0], "reader": town.staff[Role.CHAIR]}
    return places, {name: person.account for name, person in people.items()}


def _judged(
    town: make.Town, title: str, opens: dt.datetime, values: dict[str, str]
) -> tuple[w.World, dt.datetime]:  # fmt: skip
    """A case whose first round was answered by groups that differ, and published; its talks are convened."""
    world = w.rated(town, incident=make.make_incident(town, title=title), values=values)
    announced = make.announce(town, world.assessment, opens_at=opens, days=15)
    world.weight_round = rounds.open_round(weight_round=announced, now=opens)
    t.weigh(world, world.weight_round, t.SPLIT, opens)
    now = t.publish(world, world.weight_round)
    advance_case(world.assessment.pk, now)
    return world, now


def _speak(world: w.World, one: DeliberationRound, now: dt.datetime) -> Statement:
    """Reasons of five groups: one answered, one joined to it, one dealt with, one erased, and many of one group."""
    members, facilitator = world.town.members, r.facilitator_of(world)
    cited = replace(r.BURDEN, evidence=(r.evidence_of(world),), shows_name=True)
    first = r.say(one, members["C"][0], now, cited)
    same, dealt, _gone = (r.say(one, members[code][0], now) for code in "DAB")
    facilitating.propose_join(statement=same, to=first, by=facilitator, now=now)
    facilitating.answer_join(statement=same, agree=True, by=members["D"][0], now=now)
    facilitating.move_on(statement=dealt, by=facilitator, now=now)
    erase_words(person=members["B"][0], by=None, now=now)
    for code in "FG":
        for person in members[code]:
            r.say(one, person, now, r.READING)
            r.say(one, person, now, replace(r.READING, item="X", difference="values"))
    r.respond(first, members["E"][0], now)
    r.respond(first, members["F"][0], now, Response("different", "We read the report in another way."))
    sessions.plan_session(
        one=one, place="Town hall, room 2", starts_at=one.follow_up.opens_at + make.DAY, facilitator=facilitator,
        by=world.staff(Role.SECRETARIAT), now=now,
    )  # fmt: skip
    return first
