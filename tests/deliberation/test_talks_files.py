"""Talks as files: what their pages show to everybody, in both kinds, and nothing that only some may read."""

import csv
import io
import json
from dataclasses import replace

import pytest

from assessments.actions import rounds
from deliberation.actions import cases, facilitating, sessions, timing
from deliberation.actions.erasure import erase_words
from deliberation.actions.late_words import ask_to_take, keep_late_words
from deliberation.actions.statements import Response
from deliberation.open_data.files import REASON, REASON_LIST, TALKS_FILE
from deliberation.open_data.place_tables import CHANGED_BECAUSE
from lastvote.access import Role
from tests import factories as make
from tests.deliberation import room_world as r
from tests.deliberation import talks_world as t
from tests.deliberation import world as w
from tests.keeping import copied, kept

pytestmark = pytest.mark.django_db
built = kept(r.in_talks)
SECRET = "SECRETWORD"


@pytest.fixture
def talks(built):
    return copied(built)


def read(url, now, **data):
    answer = w.get(url, at=now, **data)
    assert answer.status_code == 200
    return json.loads(answer.content)


def talks_file(world, now):
    return read(f"{r.room_url(world)}talks.json", now)


def reasons_file(world, now, **data):
    return read(f"{r.room_url(world)}reasons.json", now, **data)["reasons"]


def test_the_file_says_where_the_talks_are_and_both_checks(talks):
    world, _one, now = talks
    found = talks_file(world, now)
    (row,) = found["talks"]
    assert (row["assessment"], row["talks"], row["state"], row["because"]) == (1, 1, "statements", "conflict")
    assert (row["round_before"], row["round_after"], row["noted_at"]) == (1, 2, None)
    assert row["page"].endswith(f"{world.case_url}assessments/1/talks/1/")
    (check,) = found["checks"]
    assert (check["round"], check["differ"], check["matters"]) == (1, True, True)
    assert (check["levels"], check["measures"], check["suspension"]) == (True, True, True)
    assert [(one["item"], one["spread"], one["on_agenda"]) for one in found["differences"]] == [
        ("I", "0.3253", True), ("E", "0.3253", True), ("R", "0.0000", False), ("X", "0.0000", False),
    ]  # fmt: skip
    assert [row["points"] for row in found["positions"] if row["group"] == "F"] == [800, 8000, 800, 400]


def test_the_days_are_those_of_the_page_with_every_move(talks):
    world, one, now = talks
    secretary = world.staff(Role.SECRETARIAT)
    timing.extend_talks(one=one, days=2, reason="Holidays.", by=secretary, now=now)
    timing.pause_talks(
        one=one, reason="court", explanation="A court asked.", last_day=now.date() + make.DAY, by=secretary, now=now
    )
    timing.record_outage(
        jurisdiction=world.town.jurisdiction, first_day=now.date(), last_day=now.date(), explanation="Down.",
        by=secretary, now=now + 2 * make.DAY,
    )  # fmt: skip
    found = talks_file(world, now + 2 * make.DAY)
    assert [part["part"] for part in found["parts"]] == ["statements", "session", "answers"]
    assert found["parts"][0]["more_time_because"] == "Holidays."
    assert found["pauses"][0] == {
        "part": "statements", "first_day": "2026-06-22", "last_day": "2026-06-23", "reason": "court",
        "explanation": "A court asked.", "told_last_day": "2026-06-23", "ended_because": "",
    }  # fmt: skip
    counted = [day for day in found["days"] if day["part"] == "statements"]
    assert counted[0] == {"part": "statements", "day": "2026-06-22", "number": 0, "why": "start", "name": ""}
    assert {day["why"] for day in counted} >= {"start", "counted", "paused", "extended", "credit"}
    assert counted[-1]["day"] == found["parts"][0]["ends_at"][:10]


def test_a_pause_that_ended_early_stands_with_both_days_and_why(talks):
    world, one, now = talks
    secretary, last = world.staff(Role.SECRETARIAT), now.date() + 5 * make.DAY
    timing.pause_talks(one=one, reason="court", explanation="A court asked.", last_day=last, by=secretary, now=now)
    timing.end_pause(one=one, reason="It has ruled.", by=secretary, now=now + make.DAY)
    row = talks_file(world, now + make.DAY)["pauses"][0]
    assert (row["last_day"], row["told_last_day"]) == ("2026-06-23", "2026-06-27")
    assert row["ended_because"] == "It has ruled."


def test_sessions_stand_with_who_was_there_and_who_was_heard(talks):
    world, one, now = talks
    r.say(one, world.town.members["C"][0], now)
    fay, starts = r.facilitator_of(world), one.follow_up.opens_at + make.DAY
    session = sessions.plan_session(
        one=one, place="Town hall", starts_at=starts, facilitator=fay, by=world.staff(Role.SECRETARIAT), now=now,
        access="A ramp.",
    )  # fmt: skip
    (planned,) = talks_file(world, now)["sessions"]
    assert (planned["place"], planned["access"], planned["led_by"], planned["minuted"], planned["minutes"]) == (
        "Town hall", "A ramp.", "Fay", False, "",
    )  # fmt: skip
    there = {
        world.town.groups["C"]: sessions.Present(4, 12, "Sign language", access_met=False),
        world.town.groups["D"]: sessions.Present(2, 8),
    }
    sessions.minute_session(session=session, minutes="All spoke.", present=there, by=fay, now=starts)
    found = talks_file(world, starts)
    assert (found["sessions"][0]["minutes"], found["sessions"][0]["minuted"]) == ("All spoke.", True)
    assert [(row["group"], row["people"], row["needed"], row["was_there"]) for row in found["attendance"]] == [
        ("C", 4, "Sign language", False), ("D", 2, "", None),
    ]  # fmt: skip
    heard = {row.pop("group"): row for row in found["equity"]}
    assert heard["C"] == {"people": 5, "reasons": 1, "replies": 0, "came": 4, "minutes": 12, "silent": False}
    assert heard["A"] == {"people": 5, "reasons": 0, "replies": 0, "came": 0, "minutes": 0, "silent": True}


def test_after_the_close_the_file_has_what_people_did_and_the_second_check(talks):
    world, _one, _now = talks
    now = t.answered_again(world, {"F": t.HARM})
    found = talks_file(world, now)
    assert [(row["round"], row["differ"]) for row in found["checks"]] == [(1, True), (2, True)]
    since = {row.pop("group"): row for row in found["since"]}
    assert since["F"] == {"kept": 0, "changed": 5, "silent": 0, "new": 0}
    assert {"group": "F", "item": "I", "before": 8, "after": 80} in found["moved_shares"]
    (moved,) = [row for row in found["moved_scores"] if row["before"] != row["after"]]
    assert moved["group"] == "F"


def test_while_people_answer_again_not_a_byte_depends_on_their_answers(talks):
    world, one, _now = talks
    opens = one.follow_up.opens_at + make.DAY
    rounds.open_due_rounds(opens)
    cases.advance_due_cases(opens)
    one.follow_up.refresh_from_db()
    urls = [f"{r.room_url(world)}{name}" for name in ("talks.json", "talks.csv", "reasons.json")]
    before = [w.get(url, at=opens).content for url in urls]
    t.weigh(world, one.follow_up, {"F": t.HARM}, opens)
    assert [w.get(url, at=opens).content for url in urls] == before
    assert talks_file(world, opens)["since"] == []


def test_a_reason_stands_as_its_page_shows_it(talks):
    world, one, now = talks
    members = world.town.members
    said = r.say(one, members["C"][0], now, replace(r.BURDEN, evidence=(r.evidence_of(world),)))
    named = r.say(one, members["F"][0], now, replace(r.READING, shows_name=True))
    r.respond(said, members["D"][0], now)
    r.respond(said, members["F"][0], now, Response("different", "We read it otherwise."))
    found = {row["group"]: row for row in reasons_file(world, now)}
    assert (found["C"]["reason"], found["C"]["item"], found["C"]["kind"]) == (said.token, "I", "burden")
    assert (found["C"]["words"], found["C"]["would_change"]) == ("We are the ones who lose the flat.", "A refund.")
    assert (found["C"]["signed"], found["F"]["signed"]) == ("", members["F"][0].name)
    assert (found["C"]["evidence"], found["C"]["also_of"], found["C"]["replies"]) == ("1", "D", 1)
    assert found["F"]["page"].endswith(f"{r.room_url(world)}reasons/{named.token}/")
    one_file = read(f"{r.room_url(world)}reasons/{said.token}/reason.json", now)
    assert one_file["reasons"] == [found["C"]]
    assert [(row["group"], row["kind"], row["words"]) for row in one_file["replies"]] == [
        ("D", "adopt", ""), ("F", "different", "We read it otherwise."),
    ]  # fmt: skip


def test_the_reasons_take_the_filters_of_the_page_in_both_files(talks):
    world, one, now = talks
    r.say(one, world.town.members["C"][0], now)
    r.say(one, world.town.members["F"][0], now, r.READING)
    for wanted, groups in (({}, "CF"), ({"item": "I"}, "C"), ({"kind": "reading"}, "F"), ({"group": "A"}, "")):
        assert "".join(sorted(row["group"] for row in reasons_file(world, now, **wanted))) == groups
        sheet = w.get(f"{r.room_url(world)}reasons.csv", at=now, **wanted).content.decode()
        assert "".join(sorted(row["group"] for row in csv.DictReader(io.StringIO(sheet, newline="")))) == groups


def test_a_joined_reason_stands_in_the_file_with_the_one_it_joined_as_on_the_page(talks):
    world, one, now = talks
    first, same, other = (
        r.say(one, world.town.members[code][0], now, replace(r.BURDEN, words=f"Words of {code}.")) for code in "DCA"
    )
    facilitating.propose_join(statement=same, to=first, by=r.facilitator_of(world), now=now)
    facilitating.answer_join(statement=same, agree=True, by=world.town.members["C"][0], now=now)
    for wanted in ({"group": "C"}, {"group": "D"}, {"group": "A"}, {"kind": "burden"}, {}):
        listed = w.text_of(w.get(r.room_url(world), at=now, **wanted), ".listing")
        shown = {said.token for said in (first, same, other) if said.words in listed}
        found = [row["reason"] for row in reasons_file(world, now, **wanted)]
        assert (set(found), len(found)) == (shown, len(shown)), wanted
        assert first.token not in found or found.index(same.token) == found.index(first.token) + 1


def test_joined_and_dealt_with_are_told_and_a_mere_question_about_joining_is_not(talks):
    world, one, now = talks
    first, same, asked = (r.say(one, world.town.members[code][0], now) for code in "CAB")
    fay = r.facilitator_of(world)
    facilitating.propose_join(statement=same, to=first, by=fay, now=now)
    facilitating.answer_join(statement=same, agree=True, by=world.town.members["A"][0], now=now)
    facilitating.move_on(statement=first, by=fay, now=now)
    before = w.get(f"{r.room_url(world)}reasons.json", at=now).content
    facilitating.propose_join(statement=asked, to=first, by=fay, now=now)
    assert w.get(f"{r.room_url(world)}reasons.json", at=now).content == before
    found = {row["group"]: row for row in reasons_file(world, now)}
    assert [found[code]["joined_to"] for code in "ABC"] == [first.token, None, None]
    assert [found[code]["dealt_with"] for code in "ABC"] == [False, False, True]


def test_words_that_were_erased_or_came_too_late_are_in_no_file(talks):
    world, one, now = talks
    members, secret = world.town.members, replace(r.BURDEN, words=SECRET, would_change=SECRET, shows_name=True)
    gone = r.say(one, members["C"][0], now, secret)
    other = r.say(one, members["A"][0], now)
    r.respond(other, members["C"][0], now, Response("different", SECRET))
    r.respond(other, members["C"][0], now, Response("adopt", SECRET))
    erase_words(person=members["C"][0], by=None, now=now)
    opens = one.follow_up.opens_at + make.DAY
    cases.advance_due_cases(opens)
    one.refresh_from_db()
    late = keep_late_words(one=one, by=members["D"][0], reason=secret, now=opens)
    ask_to_take(late=late, by=members["D"][0], now=opens)
    files = ("talks", "reasons", f"reasons/{other.token}/reason")
    names = [f"{name}.{kind}" for name in files for kind in ("json", "csv")]
    texts = [w.get(f"{r.room_url(world)}{name}", at=opens).content.decode() for name in names]
    assert [word for word in (SECRET, late.token, members["C"][0].name) for text in texts if word in text] == []
    found = {row["reason"]: row for row in reasons_file(world, opens)}
    assert (found[gone.token]["erased"], found[gone.token]["words"], found[gone.token]["signed"]) == (True, "", "")
    replies = read(f"{r.room_url(world)}reasons/{other.token}/reason.json", opens)["replies"]
    assert [(row["kind"], row["erased"]) for row in replies] == [("different", True), ("adopt", False)]


def test_whoever_is_signed_in_gets_the_very_bytes_of_a_visitor(talks):
    world, one, now = talks
    said = r.say(one, world.town.members["C"][0], now)
    r.say(one, world.town.members["F"][0], now, r.READING)
    people = [world.town.members["C"][0], world.staff(Role.SECRETARIAT), r.facilitator_of(world)]
    for name in ("talks.json", "reasons.json", f"reasons/{said.token}/reason.json"):
        url = f"{r.room_url(world)}{name}"
        assert {w.get(url, by=person, at=now).content for person in people} == {w.get(url, at=now).content}


def test_the_pages_lead_to_their_files_which_a_named_assessment_has_too(talks):
    world, one, now = talks
    said = r.say(one, world.town.members["C"][0], now)
    page = w.soup(w.get(r.room_url(world), at=now))
    (twin,) = [link["href"] for link in page.select("link[rel=alternate]")]
    assert twin == f"{world.case_url}assessments/1/talks/1/talks.json"
    assert w.get(twin, at=now).content == w.get(f"{r.room_url(world)}talks.json", at=now).content
    links = [link["href"] for link in page.select(".downloads a[download]")]
    assert [w.get(link, at=now).status_code for link in links] == [200] * 4
    reason = w.soup(w.get(f"{r.room_url(world)}reasons/{said.token}/", at=now))
    assert reason.select_one("link[rel=alternate]")["href"] == f"{r.room_url(world)}reasons/{said.token}/reason.json"


def test_every_row_has_the_columns_and_values_of_the_dictionary(talks):
    world, one, now = talks
    fay, secretary, members = r.facilitator_of(world), world.staff(Role.SECRETARIAT), world.town.members
    said = r.say(one, members["C"][0], now)
    r.respond(said, members["A"][0], now)
    timing.pause_talks(
        one=one, reason="court", explanation="A court asked.", last_day=now.date(), by=secretary, now=now
    )
    starts = one.clocks.get(kind="statements").due_at + make.DAY
    session = sessions.plan_session(one=one, place="Hall", starts_at=starts, facilitator=fay, by=secretary, now=now)
    there = {world.town.groups["C"]: sessions.Present(4, 12, "Sign language")}
    sessions.minute_session(session=session, minutes="All spoke.", present=there, by=fay, now=starts)
    at = t.answered_again(world, {"F": t.HARM})
    reason = f"reasons/{said.token}/reason"
    for file, name in ((TALKS_FILE, "talks"), (REASON_LIST, "reasons"), (REASON, reason)):
        data = read(f"{r.room_url(world)}{name}.json", at)
        sheet = w.get(f"{r.room_url(world)}{name}.csv", at=at).content.decode()
        assert next(csv.reader(io.StringIO(sheet, newline=""))) == list(file.columns)
        for table in file.tables:
            wrong = [row for row in data[table.name] if not _fits(row, table)]
            assert (bool(data[table.name] or table is CHANGED_BECAUSE), wrong) == (True, []), table.name


def _fits(row, table):
    """Whether a row has every column of its table and no other, each with a value that may stand there."""
    allowed = {column.name: column.allowed for column in table.columns if column.allowed}
    return set(row) == {column.name for column in table.columns} and all(
        row[name] is None or str(row[name]).lower() in map(str.lower, values) for name, values in allowed.items()
    )


@pytest.mark.parametrize("name", ["talks/2/talks", "talks/2/reasons", "talks/1/reasons/unknown/reason"])
def test_what_is_not_there_has_no_file(talks, name):
    world, _one, now = talks
    assert [w.get(f"{world.case_url}{name}.{kind}", at=now).status_code for kind in ("json", "csv")] == [404, 404]
