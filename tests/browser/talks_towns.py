"""A town whose groups differ: cases before, in and after talks, with much said or nothing, and words too late."""

import datetime as dt
from dataclasses import replace

from assessments.actions import chains, rounds
from assessments.actions.answers import save_draft
from assessments.models import ComputationRun
from assessments.states import ComputationKind
from deliberation.actions import computing, facilitating, sessions
from deliberation.actions.cases import advance_case
from deliberation.actions.erasure import erase_words
from deliberation.actions.late_words import ask_to_take, keep_late_words
from deliberation.actions.report_looks import record_report_look
from deliberation.actions.requests import request_talks
from deliberation.actions.statements import Response
from deliberation.models import DeliberationRound, LateWords, Session, Statement
from lastvote.access import Role
from stakeholders.models import Account
from tests import factories as make
from tests.computing import work_out
from tests.deliberation import room_world as r
from tests.deliberation import talks_world as t
from tests.deliberation import world as w
from tests.telling import MAIL, STEP, do_owed

EARLY, LATE, BETWEEN = (make.NOW - days * make.DAY for days in (29, 18, 26))
HIGH = {"I": "0.95", "E": "0.9", "R": "0.95", "X": "0.9"}
ALIKE = dict.fromkeys("ABCDEFG", t.HARM)
AGAIN = {"keeper": "A", "reviser": "B"}
"""Groups of those who keep or change their answers on a journey, each journey by a person of its own."""
CHANGED = {"I": "20", "E": "40", "R": "30", "X": "10"}


def build() -> tuple[dict[str, str], dict[str, Account | None]]:
    """Return where the cases and their rooms are, and who looks at them."""
    town = make.make_town(slug="talksville", code="TK", size=5)
    ended, _now = _judged(town, "A case that ended in the most protective view", EARLY, t.MILD)
    t.answered_again(ended, {"A": t.MISUSE})
    spoken, now = _judged(town, "A case whose groups say why they differ", LATE, t.GRAVE)
    quiet, _now = _judged(town, "A case in which nobody has spoken yet", LATE, t.GRAVE)
    said, asked, overtaken = _speak(spoken, t.talks_of(spoken), now)
    meeting, _now = _judged(town, "A case in which people keep or change their answers", BETWEEN, t.GRAVE)
    askable, _now = _judged(town, "A case in which a group may ask for talks", LATE, HIGH, t.AGREED)
    places_to_look = _asked_to_look(town)
    waiting = _answer_again(meeting, t.talks_of(meeting))
    request_talks(case=t.case_of(askable), by=town.members["C"][0], now=make.NOW)
    worlds = {"spoken": spoken, "quiet": quiet, "protected": ended, "meeting": meeting, "askable": askable}
    places = {name: world.case_url for name, world in worlds.items()}
    places |= {f"{name}_room": r.room_url(world) for name, world in worlds.items()}
    places["reason"] = f"{r.room_url(spoken)}reasons/{said.token}/"
    places["asked_reason"] = f"{r.room_url(spoken)}reasons/{asked.token}/"
    places["overtaken_reason"] = f"{r.room_url(spoken)}reasons/{overtaken.token}/"
    desks = {"talks_desk": spoken, "meeting_desk": meeting}
    places |= {name: r.desk_url(world) for name, world in desks.items()}
    places["spoken_old_desk"] = spoken.case_url.replace("/cases/", "/desk/cases/") + "talks/"
    places["late_desk"] = f"{places['meeting_desk']}late/{waiting.token}/"
    places["reason_desk"] = f"{places['talks_desk']}reasons/{said.token}/"
    places["asked_desk"] = f"{places['talks_desk']}reasons/{asked.token}/"
    places["talks"] = f"/{town.jurisdiction.slug}/"
    places |= _reports(town, worlds) | places_to_look
    for work in (STEP, MAIL):
        do_owed(work, make.NOW)
    staff = {"talk_secretary": town.staff[Role.SECRETARIAT], "talk_leader": Session.objects.get().facilitator}
    staff |= {"changer": town.members["A"][1], "too_late": town.members["C"][1], "asked": asked.person}
    staff["overtaken"] = overtaken.person
    staff |= {f"{who}_{number}": town.members[code][number] for who, code in AGAIN.items() for number in (2, 3)}
    people = staff | {"talker": town.members["D"][1], "speaker": town.members["C"][0], "reader": town.staff[Role.CHAIR]}
    people |= {"mover": town.members["A"][0], "looker": town.staff[Role.COMMITTEE]}
    return places, {name: person.account for name, person in people.items()}


def _reports(town: make.Town, worlds: dict[str, w.World]) -> dict[str, str]:
    """What follows from a close: there for one case, half done for another, and failed for the third."""
    work_out(worlds["protected"].assessment, make.NOW)
    for name in ("spoken", "quiet"):
        computing.begin_all(worlds[name].assessment.pk, make.NOW)
    for run in ComputationRun.objects.filter(round__assessment=worlds["quiet"].assessment):
        chains.fail(computing.CHAINS[ComputationKind(run.kind)], run, "E_RANGE", make.NOW)
    cases = {name: world.assessment.incident for name, world in worlds.items()}
    cases["unweighed"] = make.make_incident(town, title="A case that nobody has weighed")
    desk = f"/{town.jurisdiction.slug}/desk/"
    return {f"{name}_report": f"{desk}cases/{case.reference}/manipulation/" for name, case in cases.items()} | {
        "talks_queue": desk,
        "protected_record": f"{desk}cases/{cases['protected'].reference}/overview/",
        "protected_rounds": f"{desk}cases/{cases['protected'].reference}/rounds/",
    }


def _asked_to_look(town: make.Town) -> dict[str, str]:
    """Two cases whose report asks people to look, as one of a group is far from all others; somebody looked at one."""
    places, desk = {}, f"/{town.jurisdiction.slug}/desk/"
    for name, title in (("flagged", "A case whose report has a flag"), ("looked", "A case whose report was looked at")):
        world, now = _judged(town, title, LATE, t.LOW, ALIKE, odd=t.MISUSE)
        work_out(world.assessment, now)
        places[f"{name}_report"] = f"{desk}cases/{world.assessment.incident.reference}/manipulation/"
    record_report_look(
        weight_round=world.weight_round, conclusion="We asked the group. One of them honestly differs.",
        by=town.staff[Role.COMMITTEE], now=make.NOW,
    )  # fmt: skip
    return places


def _judged(  # noqa: PLR0917 -- called in this file alone, in this order
    town: make.Town,
    title: str,
    opens: dt.datetime,
    values: dict[str, str],
    leanings: dict[str, tuple[int, ...]] = t.SPLIT,
    odd: tuple[int, ...] | None = None,
) -> tuple[w.World, dt.datetime]:  # fmt: skip
    """A case whose first round was answered and published; if its groups differ, its talks are convened."""
    world = w.rated(town, incident=make.make_incident(town, title=title), values=values)
    announced = make.announce(town, world.assessment, opens_at=opens, days=15)
    world.weight_round = rounds.open_round(weight_round=announced, now=opens)
    t.weigh(world, world.weight_round, leanings, opens)
    if odd is not None:
        make.answer(world.weight_round, town.members["A"][0], odd, now=opens + make.DAY)
    now = t.publish(world, world.weight_round)
    advance_case(world.assessment.pk, now)
    return world, now


def _answer_again(world: w.World, one: DeliberationRound) -> LateWords:
    """People keep or change now: one has changed and not sent it, and reasons of two came too late."""
    changer, late, other = (world.town.members[code][1] for code in "ACD")
    r.say(one, world.town.members["F"][0], one.convened_at + make.DAY, r.READING)
    rounds.open_due_rounds(make.NOW)
    advance_case(world.assessment.pk, make.NOW)
    one = t.talks_of(world)
    points = {code: {"typed": value, "number": value} for code, value in CHANGED.items()}
    data = {"method": "points", "points": points, "first_points": [2000, 4000, 3000, 1000]}
    save_draft(weight_round=one.follow_up, by=changer, data=data, now=make.NOW)
    keep_late_words(one=one, by=late, reason=r.BURDEN, now=make.NOW)
    waiting = keep_late_words(one=one, by=other, reason=r.BURDEN, now=make.NOW)
    return ask_to_take(late=waiting, by=other, now=make.NOW)


def _speak(world: w.World, one: DeliberationRound, now: dt.datetime) -> tuple[Statement, Statement, Statement]:
    """Reasons of five groups: one answered, one joined to it, one dealt with, one erased, and many of one group.

    Return the one that was answered, one whose author is asked whether it can be joined, and one whose author was asked
    before the other one was joined otherwise.
    """
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
    alike = one.statements.filter(item="X", group__code="F").order_by("pk")
    asked = facilitating.propose_join(statement=alike[1], to=alike[0], by=facilitator, now=now)
    others = one.statements.filter(item="X", group__code="G").order_by("pk")
    overtaken = facilitating.propose_join(statement=others[1], to=others[0], by=facilitator, now=now)
    facilitating.propose_join(statement=others[0], to=alike[0], by=facilitator, now=now)
    facilitating.answer_join(statement=others[0], agree=True, by=others[0].person, now=now)
    r.respond(first, members["E"][0], now)
    r.respond(first, members["F"][0], now, Response("different", "We read the report in another way."))
    sessions.plan_session(
        one=one, place="Town hall, room 2", starts_at=one.follow_up.opens_at + make.DAY, facilitator=facilitator,
        by=world.staff(Role.SECRETARIAT), now=now,
    )  # fmt: skip
    return first, asked, overtaken
