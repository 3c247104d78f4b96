"""Talks for programs: the words and numbers of their pages, in pages of at most 100, and nothing else."""

import json
from dataclasses import replace

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from assessments.actions import rounds
from deliberation.actions import cases, facilitating, sessions, timing
from deliberation.actions.erasure import erase_words
from deliberation.actions.late_words import ask_to_take, keep_late_words
from deliberation.actions.statements import Response
from deliberation.models import Statement
from lastvote.access import Role
from tests import factories as make
from tests.deliberation import room_world as r
from tests.deliberation import talks_world as t
from tests.deliberation import world as w
from tests.keeping import copied, kept

pytestmark = pytest.mark.django_db
built = kept(r.in_talks)
SECRET = "SECRETWORD"
BELOW = ("", "1/", "1/reasons/", "1/replies/")
OF_ASSESSMENT = ("", "reasons/", "replies/")


@pytest.fixture
def talks(built):
    return copied(built)


@pytest.fixture
def ask(talks, contract):
    """Ask as a visitor for what stands below the talks of the case; every answer is as the document says."""
    world, _one, now = talks

    def answer(path, *, at=now, status=200, by=None, **data):
        url = path if path.startswith("/") else f"/api/v1{world.case_url}talks/{path}"
        response = w.get(url, at=at, by=by, **data)
        assert (response.status_code, contract.breaches("GET", url, response)) == (status, [])
        return response

    return answer


@pytest.fixture
def read(ask):
    return lambda path, **data: json.loads(ask(path, **data).content)


def spoken(world, one, now):
    """Reasons of three groups, a reply and an adoption; return the first reason."""
    members = world.town.members
    said = r.say(one, members["C"][0], now, replace(r.BURDEN, evidence=(r.evidence_of(world),)))
    r.say(one, members["F"][0], now, replace(r.READING, shows_name=True))
    other = r.say(one, members["A"][0], now)
    r.respond(said, members["D"][0], now)
    r.respond(other, members["F"][0], now, Response("different", "We read it otherwise."))
    return said


def test_the_rounds_of_talks_of_a_case_are_listed(talks, ask, read):
    world, _one, _now = talks
    later = t.answered_again(world, {})
    found = read("", at=later)
    assert [(row["talks"], row["state"]) for row in found["talks"]] == [(2, "statements"), (1, "ended")]
    assert found["page"] == {"number": 1, "size": 50, "count": 2}
    assert found["talks"] == [read(f"{number}/", at=later)["talks"][0] for number in (2, 1)]
    assert read("", at=later, size="1", page="2")["talks"] == found["talks"][1:]


def test_talks_are_the_very_bytes_of_the_file(talks, ask):
    world, one, now = talks
    spoken(world, one, now)
    file = w.get(f"{r.room_url(world)}talks.json", at=now).content
    assert ask("1/").content == ask(f"/api/v1{world.case_url}assessments/1/talks/1/").content == file


def test_reasons_and_replies_are_the_rows_of_the_files(talks, read):
    world, one, now = talks
    said = spoken(world, one, now)
    room = r.room_url(world)
    reasons = json.loads(w.get(f"{room}reasons.json", at=now).content)["reasons"]
    assert read("1/reasons/")["reasons"] == reasons
    assert read(f"1/reasons/{said.token}/")["reasons"] == [row for row in reasons if row["reason"] == said.token]
    replies = json.loads(w.get(f"{room}reasons/{said.token}/reason.json", at=now).content)["replies"]
    assert [row["group"] for row in read("1/replies/")["replies"]] == ["D", "F"]
    assert read("1/replies/", reason=said.token)["replies"] == replies
    other = f"/api/v1{world.case_url}assessments/1/talks/1/"
    assert read(f"{other}reasons/", kind="reading")["reasons"] == [row for row in reasons if row["group"] == "F"]
    assert read(f"{other}replies/")["replies"] == read("1/replies/")["replies"]


@pytest.mark.parametrize(
    ("path", "code"),
    [
        ("1/?kind=burden", "unknown_filter"), ("1/reasons/?group=C", "unknown_filter"),
        ("1/reasons/?kind=nonsense", "unknown_value"), ("1/replies/?reason=%00", "null_characters"),
        ("1/replies/?size=0", "out_of_range"),
    ],
)  # fmt: skip
def test_what_the_lists_cannot_be_asked_for_is_refused(ask, path, code):
    assert json.loads(ask(path, status=400).content)["code"] == code


@pytest.mark.parametrize("path", ["2/", "2/reasons/", "2/replies/", "1/reasons/unknown/"])
def test_what_is_not_there_is_not_found(ask, path):
    ask(path, status=404)


def test_a_page_holds_at_most_a_hundred_reasons_and_all_pages_hold_each_once(talks, read):
    world, one, now = talks
    _many(world, one, now, 130)
    pages = [read("1/reasons/", size="1000", page=str(number)) for number in (1, 2)]
    assert [len(page["reasons"]) for page in pages] == [100, 30]
    assert (pages[0]["page"]["count"], pages[0]["next"] is None, pages[1]["next"]) == (130, False, None)
    assert len({row["reason"] for page in pages for row in page["reasons"]}) == 130


# --- What stays hidden ------------------------------------------------------------------------------------------


def everything(ask, world, **asked):
    paths = [*BELOW, *(f"/api/v1{world.case_url}assessments/1/talks/1/{below}" for below in OF_ASSESSMENT)]
    return [ask(path, **asked).content for path in paths]


def test_late_erased_and_unsigned_words_are_nowhere(talks, ask):
    world, one, now = talks
    members, secret = world.town.members, replace(r.BURDEN, words=SECRET, would_change=SECRET)
    r.say(one, members["C"][0], now, replace(secret, shows_name=True))
    other = r.say(one, members["A"][0], now)
    r.respond(other, members["C"][0], now, Response("adopt", SECRET))
    erase_words(person=members["C"][0], by=None, now=now)
    opens = one.follow_up.opens_at + make.DAY
    cases.advance_due_cases(opens)
    one.refresh_from_db()
    late = keep_late_words(one=one, by=members["D"][0], reason=secret, now=opens)
    ask_to_take(late=late, by=members["D"][0], now=opens)
    texts = [content.decode() for content in everything(ask, world, at=opens)]
    hidden = (SECRET, late.token, *(members[code][0].name for code in "ACD"))
    assert [word for word in hidden for text in texts if word in text] == []


def test_what_is_proposed_and_what_people_answer_changes_not_a_byte(talks, ask):
    world, one, now = talks
    first, second = (r.say(one, world.town.members[code][0], now) for code in "CA")
    opens = one.follow_up.opens_at + make.DAY
    rounds.open_due_rounds(opens)
    cases.advance_due_cases(opens)
    one.follow_up.refresh_from_db()
    before = everything(ask, world, at=opens)
    t.weigh(world, one.follow_up, {"F": t.HARM}, opens)
    facilitating.propose_join(statement=second, to=first, by=r.facilitator_of(world), now=opens)
    assert everything(ask, world, at=opens) == before


def test_everybody_gets_the_bytes_of_a_visitor(talks, ask):
    world, one, now = talks
    spoken(world, one, now)
    people = [world.town.members["C"][0], world.staff(Role.SECRETARIAT), r.facilitator_of(world)]
    assert [everything(ask, world, by=person) for person in people] == [everything(ask, world)] * 3


# --- Effort -----------------------------------------------------------------------------------------------------

MOST = {"": 4, "1/": 14, "1/reasons/": 8, "1/reasons/{token}/": 9, "1/replies/": 6}
"""Questions that each address may ask the database, however much was said."""


def _many(world, one, now, number):
    members = list(world.town.members.items())
    said = Statement.objects.bulk_create(
        Statement(
            round=one, group=world.town.groups[members[place % 7][0]], person=members[place % 7][1][0], item="I",
            difference="values", words=f"Reason {place}.", stated_at=now,
        )
        for place in range(number)
    )  # fmt: skip
    for row in said[:5]:
        row.evidence.add(r.evidence_of(world))
        r.respond(row, world.town.members["B"][1], now, Response("different", "Otherwise."))


@pytest.mark.parametrize("path", MOST)
def test_more_words_days_and_sessions_ask_no_more(talks, ask, path):
    world, one, now = talks
    said = spoken(world, one, now)
    _session(world, one, now)
    address = path.format(token=said.token)

    def questions():
        with CaptureQueriesContext(connection) as asked:
            ask(address)
        return len([query for query in asked if not query["sql"].startswith(("SAVEPOINT", "RELEASE", "ROLLBACK"))])

    questions()  # what a process keeps after the first answer is not counted
    before = questions()
    _many(world, one, now, 30)
    r.respond(said, world.town.members["G"][0], now, Response("different", "Otherwise."))
    timing.pause_talks(
        one=one, reason="court", explanation="A court asked.", last_day=now.date() + make.DAY,
        by=world.staff(Role.SECRETARIAT), now=now,
    )  # fmt: skip
    assert questions() == before <= MOST[path]


def _session(world, one, now):
    fay, starts = r.facilitator_of(world), one.follow_up.opens_at + make.DAY
    session = sessions.plan_session(
        one=one, place="Hall", starts_at=starts, facilitator=fay, by=world.staff(Role.SECRETARIAT), now=now
    )
    there = {group: sessions.Present(2, 5) for group in world.town.groups.values()}
    sessions.minute_session(session=session, minutes="All spoke.", present=there, by=fay, now=starts)
