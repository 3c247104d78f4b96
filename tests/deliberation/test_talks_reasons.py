"""Giving a reason and answering one: forms with their refusals, nothing lost, nothing published twice."""

import datetime as dt

import pytest

from deliberation.models import Reply, Statement
from lastvote.access import Role
from tests import factories as make
from tests.deliberation import room_world as r
from tests.deliberation import world as w
from tests.keeping import copied, kept

pytestmark = pytest.mark.django_db
built = kept(r.in_talks)
GOOD = {"item": "I", "difference": "burden", "words": "We lose the flat.", "signed": "group", "key": "k1"}


@pytest.fixture
def talks(built):
    return copied(built)


def errors(page) -> list[str]:
    return [line.get_text(" ", strip=True) for line in w.soup(page).select(".error-summary li")]


def new_url(world) -> str:
    return r.room_url(world) + "reasons/new/"


def reason_url(world, said) -> str:
    return f"{r.room_url(world)}reasons/{said.token}/"


def test_a_reason_is_published_once_however_often_its_form_is_sent(talks):
    world, _one, now = talks
    member = world.town.members["C"][0]
    pages = [w.post(new_url(world), by=member, at=now, **GOOD) for _time in range(2)]
    said = Statement.objects.get()
    assert [(page.status_code, page["Location"]) for page in pages] == [(302, reason_url(world, said))] * 2
    assert (said.words, said.shows_name, said.group.code) == ("We lose the flat.", False, "C")


def test_everything_that_the_form_asks_for_is_kept(talks):
    world, _one, now = talks
    row = r.evidence_of(world)
    more = {"signed": "name", "would_change": "A refund.", "evidence": str(row.number)}
    w.post(new_url(world), by=world.town.members["C"][0], at=now, **GOOD | more)
    said = Statement.objects.get()
    assert (said.shows_name, said.would_change, list(said.evidence.all())) == (True, "A refund.", [row])


@pytest.mark.parametrize(
    ("change", "sentence"),
    [
        ({"item": ""}, "Choose what your reason is about"),
        ({"item": "Z"}, "Choose one of these"),
        ({"difference": ""}, "Choose what kind of difference this is"),
        ({"words": "  "}, "Enter your reason"),
        ({"words": "x" * 1501}, "Your reason must be 1,500 characters or fewer"),
        ({"would_change": "x" * 1501}, "This has 1501 characters. Use 1500 or fewer."),
        ({"evidence": "99"}, "Choose evidence of this case"),
        ({"signed": ""}, "Choose how it is signed"),
    ],
)
def test_what_is_missing_or_too_much_is_said_and_what_was_typed_is_kept(talks, change, sentence):
    world, _one, now = talks
    typed = GOOD | {"would_change": "Kept words."} | change
    page = w.post(new_url(world), by=world.town.members["C"][0], at=now, **typed)
    assert (page.status_code, errors(page), Statement.objects.count()) == (422, [sentence], 0)
    assert w.soup(page).title.get_text(strip=True).startswith("Error:")
    kept_words = w.soup(page).select_one("[name=would_change]").get_text().strip()
    assert kept_words == typed["would_change"]


def test_a_second_reason_on_the_same_thing_is_refused_on_the_form(talks):
    world, one, now = talks
    member = world.town.members["C"][0]
    r.say(one, member, now)
    page = w.post(new_url(world), by=member, at=now, **GOOD)
    assert (page.status_code, errors(page)) == (409, ["You have given your reason on this already."])


def test_words_that_come_too_late_stay_in_the_form(talks):
    world, one, _now = talks
    late = one.follow_up.opens_at + dt.timedelta(seconds=1)
    page = w.post(new_url(world), by=world.town.members["C"][0], at=late, **GOOD)
    sentence = (
        "This round closed at 5pm on Monday 29 June 2026 (Lisbon time). "
        "We saved your words; ask the committee to accept them late."
    )
    assert (page.status_code, errors(page)) == (409, [sentence])
    assert w.soup(page).select_one("[name=words]").get_text().strip() == GOOD["words"]
    opened = w.get(new_url(world), by=world.town.members["C"][0], at=late)
    assert (opened.status_code, w.soup(opened).select("main form")) == (409, [])
    for shown in (page, opened):
        assert w.soup(shown).select_one("main .actions a")["href"] == f"{r.named_url(world)}reasons/late/"


def test_what_was_typed_too_late_and_lacks_something_is_kept_by_the_form_alone(talks):
    world, one, _now = talks
    late = one.follow_up.opens_at + dt.timedelta(seconds=1)
    page = w.post(new_url(world), by=world.town.members["C"][0], at=late, **GOOD | {"difference": ""})
    assert (page.status_code, w.soup(page).select_one("[name=words]").get_text().strip()) == (422, GOOD["words"])


def test_the_form_opens_on_the_thing_that_the_link_names_and_marks_the_agenda(talks):
    world, _one, now = talks
    page = w.soup(w.get(new_url(world), by=world.town.members["C"][0], at=now, item="E"))
    assert [box["value"] for box in page.select("[name=item][checked]")] == ["E"]
    marked = [label.get_text(" ", strip=True) for label in page.select("label") if label.select(".choice-detail")]
    assert marked == ["Harm done The groups differ on this", "Ease of misuse The groups differ on this"]


@pytest.mark.parametrize(
    ("kind", "words", "sentences"),
    [
        ("", "", ["Choose what you want to say"]),
        ("different", "", ["Write something here."]),
        ("evidence", "Look at it.", ["Choose at least one piece of evidence"]),
    ],
)
def test_a_reply_that_lacks_something_is_refused_on_its_form(talks, kind, words, sentences):
    world, one, now = talks
    said = r.say(one, world.town.members["C"][0], now)
    page = w.post(reason_url(world, said), by=world.town.members["F"][0], at=now, kind=kind, words=words)
    assert (page.status_code, errors(page), Reply.objects.count()) == (422, sentences, 0)


def test_replies_are_there_with_their_group_kind_and_evidence(talks):
    world, one, now = talks
    said, member = r.say(one, world.town.members["C"][0], now), world.town.members["F"][0]
    data = {"kind": "evidence", "words": "See this.", "evidence": str(r.evidence_of(world).number), "key": "r"}
    pages = [w.post(reason_url(world, said), by=member, at=now, **data) for _time in range(2)]
    assert [page.status_code for page in pages] == [302, 302]
    (shown,) = w.soup(w.get(reason_url(world, said), at=now)).select("main .listing > li")
    text = " ".join(shown.get_text(" ").split())
    assert text.startswith("Ff Group F I have evidence on this See this. Rests on evidence:")


@pytest.mark.parametrize(("who", "sentence"), [("C", "This is your own reason already."), ("D", None)])
def test_ones_own_reason_cannot_be_adopted(talks, who, sentence):
    world, one, now = talks
    said = r.say(one, world.town.members["C"][0], now)
    page = w.post(reason_url(world, said), by=world.town.members[who][0], at=now, kind="adopt", key="a")
    assert (page.status_code, errors(page)) == ((302, []) if sentence is None else (409, [sentence]))


def test_replies_end_with_the_answers_and_keep_what_was_typed(talks):
    world, one, now = talks
    said = r.say(one, world.town.members["C"][0], now)
    late = one.follow_up.closes_at + dt.timedelta(seconds=1)
    data = {"kind": "different", "words": "I read it otherwise."}
    page = w.post(reason_url(world, said), by=world.town.members["F"][0], at=late, **data)
    assert (page.status_code, errors(page)[0].startswith("This closed at 5pm")) == (409, True)
    assert w.soup(page).select_one("[name=words]").get_text().strip() == data["words"]


def test_a_reason_that_was_typed_while_signed_out_comes_back_after_signing_in(talks):
    world, _one, now = talks
    page = w.post(new_url(world), by=w.visitor(), at=now, **GOOD)
    assert (page.status_code, page["Location"].startswith("/sign-in/?next=")) == (302, True)


@pytest.mark.parametrize("who", [Role.SECRETARIAT, Role.CHAIR])
def test_whoever_is_not_on_the_roll_finds_no_form(talks, who):
    world, one, now = talks
    said = r.say(one, world.town.members["C"][0], now)
    for page in (
        w.get(new_url(world), by=world.staff(who), at=now), w.post(new_url(world), by=world.staff(who), at=now, **GOOD),
        w.post(reason_url(world, said), by=world.staff(who), at=now, kind="adopt"),
    ):  # fmt: skip
        assert page.status_code == 404
    assert (Statement.objects.count(), Reply.objects.count()) == (1, 0)


def test_a_person_of_another_place_and_a_visitor_cannot_speak(talks):
    world, one, now = talks
    said = r.say(one, world.town.members["C"][0], now)
    other = make.make_town(slug="otherville", code="OV", codes=("A",), size=1).members["A"][0]
    assert w.post(new_url(world), by=other, at=now, **GOOD).status_code == 403
    assert w.post(reason_url(world, said), by=other, at=now, kind="adopt").status_code == 403
    assert w.post(reason_url(world, said), by=w.visitor(), at=now, kind="adopt").status_code == 302
    assert w.get(reason_url(world, said), by=other, at=now).status_code == 200
