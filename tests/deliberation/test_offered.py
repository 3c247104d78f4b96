"""What a page offers is what its act accepts, in every state of a proceeding."""

import datetime as dt
from collections.abc import Callable
from dataclasses import dataclass, field, replace

import pytest
from bs4 import BeautifulSoup
from django.db import transaction

from assessments.actions import answers, rounds
from assessments.actions.changes_seen import fingerprint
from assessments.reads import own_answer
from assessments.states import SubmissionKind
from deliberation.actions import facilitating, late_words, requests, sessions, statements, timing
from deliberation.actions.cases import advance_due_cases
from lastvote.access import Role
from lastvote.errors import Refused
from stakeholders.models import Person
from tests import factories as make
from tests.deliberation import room_world as r
from tests.deliberation import talks_world as t
from tests.deliberation import world as w

pytestmark = [pytest.mark.django_db, pytest.mark.timeout(300)]
MINUTE, HOUR = dt.timedelta(minutes=1), dt.timedelta(hours=1)
ALL_SAID = ("I", "E", "R", "X")


@dataclass
class Play:
    """A proceeding, what moment it is, and who looks at it."""

    world: w.World
    now: dt.datetime
    leader: Person
    seen: dict[tuple[str, int], BeautifulSoup] = field(default_factory=dict)
    """Pages as they are in this state."""

    @property
    def one(self):
        return t.talks_of(self.world)

    @property
    def secretary(self):
        return self.world.staff(Role.SECRETARIAT)

    @property
    def member(self):
        return self.world.town.members["C"][0]

    @property
    def newest(self):
        return self.one.sessions.latest("number")

    def due(self, kind):
        return self.one.clocks.get(kind=kind).due_at

    def page(self, url, by):
        if (url, by.pk) not in self.seen:
            self.seen[url, by.pk] = w.soup(w.get(url, by=by, at=self.now))
        return self.seen[url, by.pk]

    def links(self, url, by):
        """Return the addresses that a page leads to, and those that its forms send to."""
        page = self.page(url, by).select_one("main")
        ways = {link["href"] for link in page.select("a[href]")}
        return ways | {form.get("action") or url for form in page.select("form[method=post]")}

    def talks(self, page=""):
        return f"{r.desk_url(self.world, self.one.number)}{page}"

    def desk(self, act=""):
        return f"/{self.world.town.jurisdiction.slug}/desk/cases/{self.world.assessment.incident.reference}/{act}"


# --- Acts: where each is offered, and the act itself with words that nobody could mind ----------------------------


def desk_act(name, who, act):
    def is_offered(play):
        return play.talks(f"{name}/") in play.links(play.talks(), getattr(play, who))

    return is_offered, lambda play: act(play, one=play.one, by=getattr(play, who), now=play.now)


def round_act(name, act):
    def is_offered(play):
        return play.desk(f"rounds/{name}/") in play.links(play.desk("rounds/"), play.secretary)

    return is_offered, act


def last_hour(play):
    return {"place": "Hall", "starts_at": play.due("session"), "facilitator": play.leader}


def today(play):
    return play.now.astimezone(play.world.town.jurisdiction.zone).date()


def need_session(one):
    if not one.sessions.exists():
        raise Refused("no_session", "There is none.", status=404)


def change(play, one, **who):
    need_session(one)
    seen = fingerprint(vars(sessions.meeting_of(play.newest)))
    meeting = sessions.Meeting("Library", play.due("session"))
    return sessions.change_session(session=play.newest, meeting=meeting, seen=seen, **who)


def minute(play, one, **who):
    need_session(one)
    return sessions.minute_session(session=play.newest, minutes="We met.", present={}, **who)


def reason_of(play, number):
    """Return the first or second reason, which two people of another group gave."""
    return play.one.statements.order_by("pk")[number]


def room(play, act=""):
    return f"{r.room_url(play.world, play.one.number)}{act}"


def offers_kind(play, kind):
    page = play.page(room(play, f"reasons/{reason_of(play, 0).token}/"), play.member)
    return page.select_one(f"form[method=post] [name=kind][value={kind}]") is not None


def say_anything(play):
    """Give a reason on whatever is left."""
    left = [item for item in ALL_SAID if not play.one.statements.filter(person=play.member, item=item).exists()]
    reason = replace(r.BURDEN, item=(left or ALL_SAID)[0])
    return statements.make_statement(one=play.one, by=play.member, reason=reason, key="", now=play.now)


def respond(kind):
    return lambda play: statements.reply(
        statement=reason_of(play, 0), by=play.member, response=replace(r.ALSO_MINE, kind=kind, words="So."), key="",
        now=play.now,
    )  # fmt: skip


def kept_late(play):
    return play.one.late_words.order_by("pk").first()


def take(play):
    late = kept_late(play)
    if late is None:
        raise Refused("nothing_late", "There is none.", status=404)
    return late_words.take_late_words(late=late, read=late_words.version_of(late), by=play.leader, now=play.now)


def offers_taking(play):
    late = kept_late(play)
    if late is None:
        return False
    url = play.talks(f"late/{late.token}/")
    listed = url in play.links(play.talks("reasons/"), play.leader)
    return listed and play.page(url, play.leader).select_one("main form") is not None


ACTS: dict[str, tuple[Callable[[Play], bool], Callable[[Play], object]]] = {
    "session": desk_act("session", "secretary", lambda play, **who: sessions.plan_session(**last_hour(play), **who)),
    "change a session": desk_act("sessions/1/change", "leader", change),
    "more days": desk_act(
        "more-days", "secretary", lambda _play, **who: timing.extend_talks(days=1, reason="Holidays.", **who)
    ),
    "pause": desk_act(
        "pause", "secretary",
        lambda play, **who: timing.pause_talks(reason="court", explanation="Wait.", last_day=today(play), **who),
    ),
    "end pause": desk_act("pause/end", "secretary", lambda _play, **who: timing.end_pause(reason="Over.", **who)),
    "minutes": (
        lambda play: any(link.endswith("/minutes/") for link in play.links(play.talks(), play.leader)),
        lambda play: minute(play, one=play.one, by=play.leader, now=play.now),
    ),
    "note": desk_act(
        "note", "leader",
        lambda _play, **who: facilitating.write_close_note(note=facilitating.Note(agreed="Much."), **who),
    ),
    "outages": (
        lambda play: f"/{play.world.town.jurisdiction.slug}/desk/days-given-back/" in play.links(
            play.talks(), play.secretary
        ),
        lambda play: timing.record_outage(
            jurisdiction=play.world.town.jurisdiction, first_day=today(play), last_day=today(play),
            explanation="It was down.", by=play.secretary, now=play.now,
        ),
    ),
    "join": (
        lambda play: play.talks(f"reasons/{reason_of(play, 0).token}/join/") in play.links(
            play.talks("reasons/"), play.leader
        ),
        lambda play: facilitating.propose_join(
            statement=reason_of(play, 0), to=reason_of(play, 1), by=play.leader, now=play.now
        ),
    ),
    "take late words": (offers_taking, take),
    "reason": (
        lambda play: f"{r.named_url(play.world, play.one.number)}reasons/new/" in play.links(room(play), play.member),
        say_anything,
    ),
    "adopt": (lambda play: offers_kind(play, "adopt"), respond("adopt")),
    "read differently": (lambda play: offers_kind(play, "different"), respond("different")),
    "keep": (
        lambda play: f"{play.world.case_url}weigh/keep/" in play.links(room(play), play.member),
        lambda play: answers.keep_answer(weight_round=play.one.follow_up, by=play.member, key="", now=play.now),
    ),
    "ask for talks": (
        lambda play: play.page(f"{play.world.case_url}talks/ask/", play.member).select_one("main form") is not None,
        lambda play: requests.request_talks(case=t.case_of(play.world), by=play.member, now=play.now),
    ),
    "announce": round_act("announce", lambda play: rounds.propose_announcement(
        assessment=play.world.assessment, opens_at=play.now + 8 * make.DAY, closes_at=play.now + 29 * make.DAY,
        by=play.secretary, now=play.now,
    )),
    "extend": round_act("extend", lambda play: rounds.extend_round(
        weight_round=play.one.follow_up, closes_at=play.one.follow_up.closes_at + make.DAY, reason="Holidays.",
        by=play.secretary, now=play.now,
    )),
    "close early": round_act("close", lambda play: rounds.propose_early_close(
        weight_round=play.one.follow_up, reason="All are in.", by=play.secretary, now=play.now
    )),
    "open": round_act("open", lambda play: rounds.open_round(weight_round=play.one.follow_up, now=play.now)),
}  # fmt: skip


def is_accepted(play, act):
    """Do it, and undo it."""
    try:
        with transaction.atomic():
            act(play)
            transaction.set_rollback(True)
    except Refused:
        return False
    return True


# --- States of a proceeding ---------------------------------------------------------------------------------------


def begun():
    world, _one, now = r.in_talks()
    return Play(world, now, r.facilitator_of(world))


def two_reasons(play):
    for person in play.world.town.members["A"][:2]:
        r.say(play.one, person, play.now)


def said_all(play):
    for item in ALL_SAID:
        r.say(play.one, play.member, play.now, replace(r.BURDEN, item=item))


def adopted(play):
    r.respond(reason_of(play, 0), play.member, play.now)


def stands_still(play):
    timing.pause_talks(
        one=play.one, reason="court", explanation="Wait.", last_day=today(play) + make.DAY, by=play.secretary,
        now=play.now,
    )  # fmt: skip


def extended(play):
    timing.extend_talks(one=play.one, days=2, reason="Holidays.", by=play.secretary, now=play.now)


def planned(play):
    by = {"by": play.secretary, "now": play.now}
    sessions.plan_session(one=play.one, **last_hour(play) | {"starts_at": play.due("statements") + HOUR}, **by)


def statements_over(play):
    """By law, while no worker has come."""
    play.now = play.due("statements") + 2 * HOUR


def worker_came(play):
    rounds.open_due_rounds(play.now)
    rounds.close_due_rounds(play.now)
    advance_due_cases(play.now)


def too_late(play):
    late = replace(r.READING, item="E")
    by = play.world.town.members["D"][0]
    kept = late_words.keep_late_words(one=play.one, by=by, reason=late, now=play.now)
    late_words.ask_to_take(late=kept, by=by, now=play.now)


def minuted(play):
    sessions.minute_session(session=play.newest, minutes="We met.", present={}, by=play.leader, now=play.now)


def noted(play):
    note = facilitating.Note(agreed="Much.")
    facilitating.write_close_note(one=play.one, note=note, by=play.leader, now=play.now)


def joined(play):
    first, second = reason_of(play, 0), reason_of(play, 1)
    facilitating.propose_join(statement=second, to=first, by=play.leader, now=play.now)
    facilitating.answer_join(statement=reason_of(play, 1), agree=True, by=second.person, now=play.now)


def sessions_over(play):
    play.now = play.due("session") + 2 * HOUR


def everybody_kept(play):
    for people in play.world.town.members.values():
        for person in people:
            answers.keep_answer(weight_round=play.one.follow_up, by=person, key="kept", now=play.now)


def closed_early(play):
    early = rounds.propose_early_close(
        weight_round=play.one.follow_up, reason="All are in.", by=play.secretary, now=play.now
    )
    rounds.confirm_proposal(proposal=early, by=play.world.staff(Role.CHAIR), now=play.now)


def answers_over(play):
    play.now = play.one.follow_up.closes_at + MINUTE


def ended(play):
    t.publish(play.world, play.one.follow_up)
    play.now = max(play.now, play.one.follow_up.closes_at) + MINUTE
    advance_due_cases(play.now)


WALKS = {
    "in time": (
        said_all, adopted, stands_still, extended, planned, statements_over, worker_came, too_late, minuted, noted,
        joined, sessions_over, worker_came, answers_over, ended, statements_over, worker_came, answers_over, ended,
    ),
    "closed early": (statements_over, worker_came, too_late, everybody_kept, closed_early, sessions_over, worker_came),
}  # fmt: skip


@pytest.mark.parametrize("walk", WALKS)
def test_what_is_offered_is_accepted_and_what_is_accepted_is_offered(walk):
    play = begun()
    accepted = compared(play)
    for step in WALKS[walk]:
        step(play)
        accepted |= compared(play)
    assert accepted >= {"session", "more days", "pause", "note", "outages", "reason", "adopt", "keep"}


def compared(play):
    """Hold what the pages offer against what the acts accept; return the latter."""
    if not play.one.statements.exists():
        two_reasons(play)
    play.seen.clear()
    accepted = {name for name, (_offers, act) in ACTS.items() if is_accepted(play, act)}
    assert {name for name, (offers, _act) in ACTS.items() if offers(play)} == accepted - done_already(play)
    return accepted


def done_already(play):
    """Whoever kept their answers may keep them again, and nobody asks for it."""
    own = own_answer(play.one.follow_up, play.member)
    kept = own is not None and own.submission.kind != SubmissionKind.CARRIED
    return {"keep"} if kept else set()


def test_whoever_is_not_on_the_list_of_answers_any_more_is_not_offered_to_answer():
    play = begun()
    two_reasons(play)
    play.member.memberships.update(valid_until=today(play))
    play.now = play.due("statements") + HOUR
    worker_came(play)
    compared(play)
    assert not play.one.follow_up.roll.filter(person=play.member).exists()
    assert "weigh" not in " ".join(play.links(room(play), play.member))
