"""Reasons at the desk: joined only with their author's consent, and marked as dealt with."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from deliberation.actions import facilitating
from deliberation.actions.erasure import erase_words
from deliberation.models import Statement
from lastvote.access import Role
from lastvote.audit.models import AuditEvent
from tests.deliberation import room_world as r
from tests.deliberation import world as w
from tests.keeping import copied, kept

pytestmark = pytest.mark.django_db


def build():
    world, one, now = r.in_talks()
    first, same = (r.say(one, world.town.members[code][0], now) for code in "CD")
    r.say(one, world.town.members["F"][0], now, r.READING)
    return world, one, now, r.facilitator_of(world), first, same


built = kept(build)


@pytest.fixture
def talks(built):
    return copied(built)


def desk_url(world, act: str = "") -> str:
    return f"{r.desk_url(world)}reasons/{act}"


def own_url(world, said) -> str:
    return f"{r.room_url(world)}reasons/{said.token}/join/"


def proposed(talks) -> None:
    _world, _one, now, fay, first, same = talks
    facilitating.propose_join(statement=same, to=first, by=fay, now=now)


def test_the_author_is_asked_after_the_facilitator_has_read_both_again(talks):
    world, _one, now, fay, first, same = talks
    browser, url = w.visitor(fay, at=now), desk_url(world, f"{same.token}/join/")
    form = w.soup(w.get(url, by=browser, at=now))
    assert [box["value"] for box in form.select("[name=to]")] == [first.token]
    assert same.words in form.main.get_text()
    missing = w.post(url, by=browser, at=now)
    assert (missing.status_code, w.text_of(missing, ".error-summary li")) == (422, "Choose the other reason")
    shown = w.post(url, by=browser, at=now, to=first.token)
    assert "Nothing is joined unless they agree." in w.text_of(shown)
    same.refresh_from_db()
    assert same.join_proposed_to is None
    done = w.post(url, by=browser, at=now, to=first.token, confirmed="yes")
    same.refresh_from_db()
    assert (done.status_code, same.join_proposed_to, same.joined_to) == (302, first, None)
    assert "The author is asked about joining it" in w.text_of(w.get(desk_url(world), by=fay, at=now))
    assert AuditEvent.objects.filter(kind="case.join_proposed").count() == 1


@pytest.mark.parametrize(
    ("answer", "joined", "words"),
    [("join", True, "The two reasons are joined."), ("leave", False, "Both reasons stay as they are.")],
)
def test_the_author_joins_or_leaves_with_two_buttons_of_the_same_weight(talks, answer, joined, words):
    world, _one, now, _fay, first, same = talks
    proposed(talks)
    browser = w.visitor(world.town.members["D"][0], at=now)
    page = w.soup(w.get(own_url(world, same), by=browser, at=now))
    buttons = page.select("main button.button")
    assert [(one["name"], one["value"], one["class"]) for one in buttons] == [
        ("answer", "join", ["button"]), ("answer", "leave", ["button"]),
    ]  # fmt: skip
    assert page.main.get_text().count(first.words) == 2
    done = w.post(own_url(world, same), by=browser, at=now, answer=answer)
    same.refresh_from_db()
    assert (done.status_code, same.joined_to == first, same.join_proposed_to) == (302, joined, None)
    assert words in w.text_of(w.get(done["Location"], by=browser, at=now), "body")
    again = w.post(own_url(world, same), by=browser, at=now, answer=answer)
    assert (again.status_code, "Nobody proposes to join this now." in w.text_of(again)) == (409, True)


def test_a_reason_that_another_was_joined_to_meanwhile_can_only_be_left_as_it_is(talks):
    world, _one, now, fay, first, same = talks
    facilitating.propose_join(statement=first, to=same, by=fay, now=now)
    proposed(talks)
    facilitating.answer_join(statement=first, agree=True, by=world.town.members["C"][0], now=now)
    browser = w.visitor(world.town.members["D"][0], at=now)
    refused = w.post(own_url(world, same), by=browser, at=now, answer="join")
    assert (refused.status_code, w.text_of(refused, ".error-summary p")) == (
        409, "These two statements cannot be joined.",
    )  # fmt: skip
    assert w.post(own_url(world, same), by=browser, at=now, answer="leave").status_code == 302


@pytest.mark.parametrize("sent", [{"answer": "perhaps"}, {}])
def test_an_answer_that_is_none_changes_nothing_and_is_told_what_to_choose(talks, sent):
    world, _one, now, _fay, _first, same = talks
    proposed(talks)
    page = w.post(own_url(world, same), by=world.town.members["D"][0], at=now, **sent)
    same.refresh_from_db()
    assert (page.status_code, same.join_proposed_to is not None) == (422, True)
    assert w.text_of(page, ".error-summary p") == "Choose what happens to the two reasons"
    assert w.text_of(page, "title").startswith("Error:")


def test_nobody_but_the_author_finds_the_question(talks):
    world, _one, now, fay, _first, same = talks
    proposed(talks)
    others = [fay, world.town.members["D"][1], world.town.members["C"][0], world.staff(Role.SECRETARIAT)]
    assert [w.get(own_url(world, same), by=one, at=now).status_code for one in others] == [404] * 4
    assert w.get(own_url(world, same), at=now).status_code == 302


def test_the_author_is_led_there_from_the_list_of_what_waits_for_them(talks):
    world, _one, now, _fay, _first, same = talks
    proposed(talks)
    for url in (f"/{world.town.jurisdiction.slug}/you/", f"{r.room_url(world)}reasons/{same.token}/"):
        links = w.soup(w.get(url, by=world.town.members["D"][0], at=now)).select("a")
        assert own_url(world, same) in [link["href"] for link in links]
        others = w.soup(w.get(url, by=world.town.members["D"][1], at=now)).select("a")
        assert own_url(world, same) not in [link["href"] for link in others]


def test_a_reason_that_cannot_be_joined_is_refused_on_the_form(talks):
    world, _one, now, fay, first, same = talks
    facilitating.propose_join(statement=same, to=first, by=fay, now=now)
    facilitating.answer_join(statement=same, agree=True, by=world.town.members["D"][0], now=now)
    url = desk_url(world, f"{same.token}/join/")
    page = w.post(url, by=fay, at=now, to=first.token, confirmed="yes")
    assert (page.status_code, w.text_of(page, ".error-summary li")) == (409, "These two statements cannot be joined.")


def test_nobody_can_consent_for_an_author_who_was_erased(talks):
    world, _one, now, fay, first, same = talks
    erase_words(person=world.town.members["D"][0], by=None, now=now)
    page = w.post(desk_url(world, f"{same.token}/join/"), by=fay, at=now, to=first.token, confirmed="yes")
    assert (page.status_code, w.text_of(page, ".error-summary li")) == (409, "These two statements cannot be joined.")


def test_a_reason_is_marked_as_dealt_with_once_it_was_read_again(talks):
    world, _one, now, fay, first, _same = talks
    browser, url = w.visitor(fay, at=now), desk_url(world, f"{first.token}/dealt-with/")
    assert first.words in w.text_of(w.get(url, by=browser, at=now))
    assert w.post(url, by=browser, at=now)["Location"] == desk_url(world)
    first.refresh_from_db()
    assert first.moved_on_at == now
    assert "It is marked as dealt with already." in w.text_of(w.get(url, by=browser, at=now))
    assert "The talks have dealt with this" in w.text_of(w.get(r.room_url(world), at=now), "#reasons")


def test_each_page_is_the_facilitators(talks):
    world, _one, now, fay, first, _same = talks
    people = [fay, world.staff(Role.SECRETARIAT), world.staff(Role.CHAIR), world.town.members["C"][0]]
    for act in ("", f"{first.token}/join/", f"{first.token}/dealt-with/"):
        assert [w.get(desk_url(world, act), by=one, at=now).status_code for one in people] == [200, 403, 403, 403]
    for act in ("unknown/join/", "unknown/dealt-with/"):
        assert w.get(desk_url(world, act), by=fay, at=now).status_code == 404


def test_the_list_takes_as_many_queries_however_many_reasons_there_are(talks):
    world, one, now, fay, first, _same = talks
    browser, counts = w.visitor(fay, at=now), []
    for person in (None, *world.town.members["G"]):
        if person:
            Statement.objects.create(
                round=one, group=first.group, person=person, item="I", difference="burden", words="So.", stated_at=now
            )
        with CaptureQueriesContext(connection) as asked:
            w.get(desk_url(world), by=browser, at=now)
        counts.append(len(asked))
    assert len(set(counts)) == 1


def test_only_a_reason_that_another_stands_beside_can_be_asked_about(talks):
    world, one, now, fay, first, same = talks
    links = [link["href"] for link in w.soup(w.get(desk_url(world), by=fay, at=now)).select("main a[href$='/join/']")]
    assert links == [desk_url(world, f"{said.token}/join/") for said in (first, same)]
    assert one.statements.count() == 3
