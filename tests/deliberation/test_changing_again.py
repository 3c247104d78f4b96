"""Changing an answer after talks: which reason was read, by page and by program, and what the close tells of it."""

import json

import pytest
import time_machine
from django.db import connection
from django.test.utils import CaptureQueriesContext

from assessments.actions import rounds
from assessments.models import CurrentAnswer
from deliberation.actions.cases import advance_due_cases
from deliberation.models import Statement
from tests import factories as make
from tests.deliberation import room_world as r
from tests.deliberation import talks_world as t
from tests.deliberation import world as w
from tests.keeping import copied, kept

pytestmark = pytest.mark.django_db
POINTS = {"I": "10", "E": "70", "R": "10", "X": "10"}


def build():
    """Talks in which one reason was given, on the first day of the answers."""
    world, one, now = r.in_talks()
    said = r.say(one, world.town.members["F"][0], now, r.READING)
    opens = one.follow_up.opens_at + make.DAY
    rounds.open_due_rounds(opens)
    advance_due_cases(opens)
    return world, one, said, opens


built = kept(build)


@pytest.fixture
def answering(built):
    return copied(built)


def checked(world, person, now):
    """Change an answer as far as the check page; return the browser, and that page."""
    browser = w.visitor(person, at=now)
    w.post(f"{world.case_url}weigh/points/", by=browser, at=now, **POINTS)
    w.post(f"{world.case_url}weigh/why/", by=browser, at=now)
    return browser, w.get(f"{world.case_url}weigh/check/", by=browser, at=now)


def sent(world, browser, page, now, **said):
    hidden = {field["name"]: field["value"] for field in w.soup(page).select("main input[type=hidden]")}
    return w.post(f"{world.case_url}weigh/check/", by=browser, at=now, **hidden, **said)


def program(world, person, now, body, key="k"):
    slug, ref = world.town.jurisdiction.slug, world.assessment.incident.reference
    browser = w.visitor(person, at=now)
    url = f"/api/v1/{slug}/cases/{ref}/answer/"
    with time_machine.travel(now, tick=False):
        if body is None:
            return browser.get(url)
        told = {"idempotency-key": key}
        return browser.post(url, json.dumps(body), content_type="application/json", headers=told)


def detail_of(one, person):
    return CurrentAnswer.objects.get(roll_entry__round=one.follow_up, roll_entry__person=person).submission.detail


def test_the_reason_that_was_read_is_chosen_from_those_of_the_talks(answering):
    world, one, said, now = answering
    person = world.town.members["C"][0]
    browser, page = checked(world, person, now)
    options = [option.get_text(strip=True) for option in w.soup(page).select("#id_reason_read option")]
    assert options == ["None of them", "Group F: The report says that anybody can do it."]
    wrong = sent(world, browser, page, now, change_reason="read")
    assert wrong.status_code == 422
    assert w.text_of(wrong, ".error-summary li") == "Choose the reason that you read"
    done = sent(world, browser, wrong, now, change_reason="read", reason_read=said.token)
    assert done.status_code == 302
    assert (detail_of(one, person).change_reason, detail_of(one, person).reason_read) == ("read", said.token)


def test_the_check_page_takes_as_many_queries_however_many_reasons_there_are(answering):
    world, one, said, now = answering
    browser, _page = checked(world, world.town.members["C"][0], now)
    counts = []
    for person in (None, *world.town.members["G"]):
        if person:
            Statement.objects.create(
                round=one, group=said.group, person=person, item="I", difference="burden", words="So.", stated_at=now
            )
        with CaptureQueriesContext(connection) as asked:
            w.get(f"{world.case_url}weigh/check/", by=browser, at=now)
        counts.append(len(asked))
    assert len(set(counts)) == 1


def test_programs_are_asked_with_the_same_codes(answering):
    world, one, said, now = answering
    person = world.town.members["C"][0]
    carried = program(world, person, now, None).json()["carried"]
    assert carried == {"I": 8000, "E": 800, "R": 800, "X": 400}
    points = {"points": [1, 7, 1, 1]}
    for more, code, field in (
        ({}, "change_reason_required", "/change_reason"),
        ({"change_reason": "whim"}, "unknown_option", "/change_reason"),
        ({"change_reason": "read"}, "reason_read_required", "/reason_read"),
        ({"change_reason": "read", "reason_read": "f" * 16}, "unknown_reason", "/reason_read"),
    ):
        told = program(world, person, now, points | more)
        assert (told.status_code, told.json()["code"], told.json()["field"]) == (400, code, field)
    done = program(world, person, now, points | {"change_reason": "read", "reason_read": said.token})
    assert (done.status_code, detail_of(one, person).reason_read) == (200, said.token)
    standing = program(world, person, now, None).json()["answer"]
    assert (standing["change_reason"], standing["reason_read"]) == ("read", said.token)


def test_a_program_keeps_by_sending_the_same(answering):
    world, one, _said, now = answering
    person = world.town.members["C"][1]
    assert program(world, person, now, {"points": [8000, 800, 800, 400]}).status_code == 200
    assert detail_of(one, person).change_reason == ""


def test_the_close_tells_why_in_counts_on_every_page_and_to_programs(answering):
    world, one, _said, now = answering
    for person in world.town.members["F"]:
        make.answer(one.follow_up, person, t.HARM, now=now, because="agree")
    for place, person in enumerate(world.town.members["G"]):
        make.answer(one.follow_up, person, t.HARM, now=now, because="agree" if place else "mistake")
    closed = t.publish(world, one.follow_up)
    advance_due_cases(closed)
    for url in (r.room_url(world), f"{world.case_url}rounds/2/"):
        table = next(
            table for table in w.soup(w.get(url, at=closed)).select("table.stack")
            if table.caption.get_text(strip=True) == "Why people changed, by group"
        )  # fmt: skip
        rows = [" ".join(row.get_text(" ").split()) for row in table.select("tbody tr")]
        assert rows == [
            "Ff Group F To help us agree, though my own view is the same 5", "Gg Group G All other reasons together 5",
        ]  # fmt: skip
    slug, ref = world.town.jurisdiction.slug, world.assessment.incident.reference
    told = w.get(f"/api/v1/{slug}/cases/{ref}/assessments/1/rounds/2/", at=closed).json()
    assert told["changed_because"] == [
        {"group": "F", "reason": "agree", "people": 5}, {"group": "G", "reason": None, "people": 5},
    ]  # fmt: skip
    assert {row["group"]: row["changed"] for row in told["since"]} == {"F": 5, "G": 5}
    record = w.get(f"{world.case_url}rounds/2/record.json", at=closed).json()
    assert record["changed_because"] == {"F": {"agree": 5, "rest": 0}, "G": {"rest": 5}}


def test_before_the_close_nobody_sees_why(answering):
    world, one, _said, now = answering
    slug, ref = world.town.jurisdiction.slug, world.assessment.incident.reference
    urls = (r.room_url(world), f"{world.case_url}rounds/2/", f"/api/v1/{slug}/cases/{ref}/assessments/1/rounds/2/")
    before = [w.text_of(w.get(url, at=now), "main") or w.get(url, at=now).content for url in urls]
    for person in world.town.members["F"]:
        make.answer(one.follow_up, person, t.HARM, now=now, because="agree")
    assert [w.text_of(w.get(url, at=now), "main") or w.get(url, at=now).content for url in urls] == before
