"""What happened to what somebody sent: how their group moved, the next round, and what they said in talks."""

from types import SimpleNamespace

import pytest
from bs4 import BeautifulSoup
from django.db import connection
from django.template.loader import render_to_string
from django.test import Client
from django.test.utils import CaptureQueriesContext

from assessments.actions import rounds
from assessments.became import ItemMove, Move
from deliberation.actions import facilitating, statements
from stakeholders import actions as people
from tests import factories as make
from tests.deliberation import talks_world as t
from tests.deliberation.test_notices import REASON, build
from tests.keeping import copied, kept

pytestmark = pytest.mark.django_db
built = kept(build)
URL = "/testville/you/"


@pytest.fixture
def talks(built):
    found = copied(built)
    found.one = t.talks_of(found.world)
    return found


def page_of(person):
    client = Client()
    client.force_login(person.account)
    return BeautifulSoup(client.get(URL).content, "html.parser").main


def member(talks, code, place=0):
    return talks.world.town.members[code][place]


def table(page):
    return [[cell.get_text(strip=True) for cell in row.select("th, td")] for row in page.select("section table tr")]


def words(page):
    return " ".join(page.get_text(" ", strip=True).split())


def statement(talks, code="C", place=0):
    return statements.make_statement(
        one=talks.one, by=member(talks, code, place), reason=REASON, key="k", now=talks.now
    )


def test_while_talks_go_on_the_next_round_is_told_and_no_move(talks):
    page = page_of(member(talks, "A"))
    assert "People answer again in round 2. It opens: 5pm on Monday 29 June 2026" in words(page)
    assert "Counted in round 1" in words(page)
    assert table(page) == []


def test_while_people_answer_again_nothing_of_their_answers_is_shown(talks):
    opens = talks.one.follow_up.opens_at
    rounds.open_due_rounds(opens)
    talks.one.follow_up.refresh_from_db()
    for person in talks.world.town.members["A"][1:]:
        make.answer(talks.one.follow_up, person, t.BALANCED, now=opens)
    page = page_of(member(talks, "A"))
    assert "People answer again in round 2. It is open until:" in words(page)
    assert (table(page), "25%" in words(page)) == ([], False)


def test_after_the_close_the_move_of_the_group_is_told_in_published_numbers(talks):
    t.answered_again(talks.world, {"A": t.BALANCED})
    assert table(page_of(member(talks, "A"))) == [
        ["Item", "In round 1", "In round 2"],
        ["Harm done", "80%", "25%"], ["Ease of misuse", "8%", "25%"], ["Spread", "8%", "25%"], ["Reach", "4%", "25%"],
    ]  # fmt: skip
    assert "Counted in round 2" in words(page_of(member(talks, "A")))


EARLIER = "Too few people of your group changed their answers. So its earlier position stands."


def test_a_group_of_which_nobody_changed_reads_the_same_as_one_of_which_few_did(talks):
    t.answered_again(talks.world, {"A": t.BALANCED})
    page = page_of(member(talks, "B"))
    assert (table(page), EARLIER in words(page)) == ([], True)


def test_a_position_that_came_out_the_same_is_told_in_words():
    same = Move(1, (ItemMove("Harm done", 8000, 8000),), held=False)
    card = SimpleNamespace(moved=same, again=None)
    told = render_to_string("assessments/you/became.html", {"card": card})
    assert "Your group&#x27;s position stayed as it was." in told or "Your group's position stayed as it was." in told
    assert "<table" not in told


def test_where_too_few_changed_the_earlier_position_stands_and_nobodys_change_shows(talks):
    opens = talks.one.follow_up.opens_at
    rounds.open_due_rounds(opens)
    talks.one.follow_up.refresh_from_db()
    make.answer(talks.one.follow_up, member(talks, "A", 1), t.BALANCED, now=opens)
    t.answered_again(talks.world, {})
    page = page_of(member(talks, "A"))
    assert EARLIER in words(page)
    assert (table(page), "25%" in words(page)) == ([], False)


def said(page):
    title = page.find("h2", string="What you said in talks")
    rows = title.find_next_sibling("ul").find_all("li", recursive=False) if title else []
    return [([tag.get_text() for tag in row.select(".tag")], row.a["href"], row) for row in rows]


def test_a_reason_is_listed_with_what_became_of_it(talks):
    first, second = statement(talks), statement(talks, place=1)
    author = member(talks, "C")
    room = f"/testville/cases/{talks.one.case.assessment.incident.reference}/talks/1/reasons/"
    ((tags, url, row),) = said(page_of(author))
    assert (tags, url) == (["Published"], f"{room}{first.token}/")
    assert "Your reason on Harm done" in row.get_text()
    assert "We are the ones who lose the flat." in row.get_text()
    assert "answer" not in row.get_text()
    facilitating.propose_join(statement=first, to=second, by=talks.fay, now=talks.now)
    facilitating.answer_join(statement=first, agree=True, by=author, now=talks.now)
    facilitating.move_on(statement=first, by=talks.fay, now=talks.now)
    for person, key in ((member(talks, "A"), "one"), (author, "two")):
        response = statements.Response(kind="different", words="I read it differently.")
        statements.reply(statement=first, by=person, response=response, key=key, now=talks.now)
    reason, reply = said(page_of(author))
    assert reason[0] == ["Published", "Joined to another reason", "The talks have dealt with this"]
    assert "1 answer" in reason[2].get_text()
    assert (reply[0], reply[1]) == (["Published"], f"{room}{first.token}/#replies")
    assert said(page_of(member(talks, "B"))) == []


def test_words_of_ended_talks_say_so(talks):
    statement(talks)
    t.answered_again(talks.world, t.AGREED)
    ((tags, _url, _row),) = said(page_of(member(talks, "C")))
    assert tags == ["Published", "The talks have ended"]


def test_nothing_of_an_answer_stays_listed_once_its_author_was_erased(talks):
    first, author = statement(talks), member(talks, "A")
    response = statements.Response(kind="different", words="I read it differently.")
    statements.reply(statement=first, by=author, response=response, key="one", now=talks.now)
    people.erase_person(person=author, by=None, now=talks.now)
    ((_tags, _url, row),) = said(page_of(member(talks, "C")))
    assert "I read it differently." not in row.get_text()


def queries(person):
    client = Client()
    client.force_login(person.account)
    with CaptureQueriesContext(connection) as seen:
        client.get(URL)
    return len(seen)


def test_the_page_asks_as_much_for_two_published_rounds_and_three_reasons_as_for_one(talks):
    author = member(talks, "C")
    statement(talks)
    before = queries(author)
    for item in ("E", "R"):
        reason = statements.Reason(item=item, difference="burden", words="We lose the flat.")
        statements.make_statement(one=talks.one, by=author, reason=reason, key=item, now=talks.now)
    t.answered_again(talks.world, {"C": t.BALANCED})
    assert len(said(page_of(author))) == 3
    assert queries(author) <= before
