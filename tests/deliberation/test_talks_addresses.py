"""Links to talks: they lead to the same talks for good, also once the case is rated again and its groups talk anew."""

from types import SimpleNamespace

import pytest

from deliberation.actions import facilitating
from deliberation.actions.late_words import keep_late_words
from deliberation.actions.sessions import plan_session
from deliberation.needs_action import waiting_for
from deliberation.notices.kinds import KINDS
from deliberation.own_words import said_in_talks
from lastvote.access import Role
from stakeholders.needs_action import asker
from tests import factories as make
from tests.deliberation import room_world as r
from tests.deliberation import talks_world as t
from tests.deliberation import world as w
from tests.keeping import copied, kept

pytestmark = pytest.mark.django_db
NOTE = "Write what is agreed, and what still differs"


def talked_twice():
    """A case whose first assessment ended after two rounds of talks, and whose second has just come into talks."""
    world, one, now = r.in_talks()
    fay = r.facilitator_of(world)
    said, asked = (r.say(one, person, now) for person in world.town.members["C"][:2])
    facilitating.propose_join(statement=asked, to=said, by=fay, now=now)
    opens = one.follow_up.opens_at + make.DAY
    session = plan_session(
        one=one, place="Hall", starts_at=opens, facilitator=fay, by=world.staff(Role.SECRETARIAT), now=now
    )
    keep_late_words(one=one, by=world.town.members["D"][0], reason=r.BURDEN, now=opens)
    ended = r.ended(world)
    again = t.rated_again(world, ended)
    now = t.judge(again, t.SPLIT, ended + 10 * make.DAY)
    return SimpleNamespace(world=world, again=again, one=one, said=said, asked=asked, session=session, fay=fay, now=now)


built = kept(talked_twice)


@pytest.fixture
def twice(built):
    return copied(built)


def links(page) -> set[str]:
    return {link["href"] for link in w.soup(page).select("main a")}


def about(kind: str, subject: int) -> str:
    (found,) = (one for one in KINDS if one.name == kind)
    return found.about([subject])[subject].path


def test_a_reason_of_an_earlier_assessment_is_found_from_its_page_and_by_its_old_address(twice):
    reason = f"{r.room_url(twice.world)}reasons/{twice.said.token}/"
    assert reason in links(w.get(r.named_url(twice.world), at=twice.now))
    page = w.get(reason, at=twice.now)
    assert (page.status_code, r.BURDEN.words in w.text_of(page)) == (200, True)
    assert w.soup(page).find("a", string="Where groups differ")["href"] == r.named_url(twice.world)
    files = [f"{reason}reason.json", f"{reason}reason.csv", f"/api/v1{reason}"]
    assert [w.get(url, at=twice.now).status_code for url in files] == [200, 200, 200]
    assert w.get(f"{r.room_url(twice.world, 2)}reasons/{twice.said.token}/", at=twice.now).status_code == 404


def test_a_question_about_joining_can_be_answered_after_the_case_was_rated_again(twice):
    author = twice.asked.person
    (row,) = (row for row in waiting_for(asker(author, twice.now)) if "joined" in row.words)
    assert w.get(row.url, by=author, at=twice.now).status_code == 200
    done = w.post(row.url, by=author, at=twice.now, answer="leave")
    assert (done.status_code, w.get(done["Location"], at=twice.now).status_code) == (302, 200)


def test_late_words_are_found_under_the_address_of_their_talks(twice):
    author = twice.world.town.members["D"][0]
    shown = w.text_of(w.get(f"{r.named_url(twice.world)}reasons/late/", by=author, at=twice.now))
    assert r.BURDEN.words in shown
    other = w.text_of(w.get(f"{r.named_url(twice.again)}reasons/late/", by=author, at=twice.now))
    assert r.BURDEN.words not in other


def test_the_time_for_reasons_is_that_of_the_talks_in_the_address(twice):
    author = twice.world.town.members["D"][0]
    pages = [
        w.get(f"{r.named_url(world)}reasons/new/", by=author, at=twice.now) for world in (twice.world, twice.again)
    ]
    assert [page.status_code for page in pages] == [409, 200]
    page = w.get(r.named_url(twice.again), by=author, at=twice.now)
    assert f"{r.named_url(twice.again)}reasons/new/" in links(page)


def test_notices_of_earlier_talks_lead_to_them(twice):
    assert about("talks_convened", twice.one.pk) == r.named_url(twice.world)
    assert about("talks_convened", t.talks_of(twice.again).pk) == r.named_url(twice.again)
    assert about("minutes_due", twice.session.pk) == f"{r.desk_url(twice.world)}sessions/1/minutes/"
    assert about("join_proposed", twice.asked.pk) == f"{r.room_url(twice.world)}reasons/{twice.asked.token}/"


def test_what_somebody_said_is_listed_with_addresses_that_open(twice):
    said = said_in_talks(twice.said.person)
    assert [w.get(row.url, at=twice.now).status_code for row in said] == [200]


def test_what_is_still_to_be_written_of_earlier_talks_is_written_after_the_case_was_rated_again(twice):
    rows = {row.words: row.url for row in waiting_for(asker(twice.fay, twice.now))}
    minutes = rows["Write the minutes of the session"]
    browser = w.visitor(twice.fay, at=twice.now)
    said = {"minutes": "They met.", "people_C": "4", "spoken_C": "30", "needs_C": "A ramp.", "confirmed": "yes"}
    done = w.post(minutes, by=browser, at=twice.now, **said)
    assert (done.status_code, done["Location"]) == (302, r.desk_url(twice.world))
    shown = w.text_of(w.get(r.named_url(twice.world), at=twice.now), "#sessions")
    assert all(words in shown for words in ("A ramp.", "They met."))
    note = {row.words: row.url for row in waiting_for(asker(twice.fay, twice.now))}[NOTE]
    assert w.post(note, by=browser, at=twice.now, agreed="On much.", confirmed="yes").status_code == 302
    assert "On much." in w.text_of(w.get(r.named_url(twice.world), at=twice.now), "#note")
    assert NOTE not in {row.words for row in waiting_for(asker(twice.fay, twice.now))}


def test_the_desk_lists_the_other_talks_of_the_case(twice):
    browser = w.visitor(twice.fay, at=twice.now)
    page = w.get(r.desk_url(twice.again), by=browser, at=twice.now)
    assert {r.desk_url(twice.world, 2), r.desk_url(twice.world)} <= links(page)
    answers = [w.get(r.desk_url(twice.world, number), by=browser, at=twice.now).status_code for number in (1, 2, 3)]
    assert answers == [200, 200, 404]


def test_an_old_address_at_the_desk_leads_to_the_newest_talks(twice):
    browser = w.visitor(twice.fay, at=twice.now)
    old = twice.world.case_url.replace("/cases/", "/desk/cases/") + "talks/"
    led = [w.get(old + page, by=browser, at=twice.now)["Location"] for page in ("", "reasons/")]
    assert led == [r.desk_url(twice.again), f"{r.desk_url(twice.again)}reasons/"]
