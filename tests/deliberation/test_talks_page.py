"""The public page of a round of talks: what it shows in each part, to whom, and in which order."""

from dataclasses import replace

import pytest

from assessments.actions import rounds
from deliberation.actions import cases, facilitating, sessions
from deliberation.actions.erasure import erase_words
from deliberation.models import DeliberationRound, Statement
from deliberation.room.reasons import in_order
from lastvote.access import Role
from tests import factories as make
from tests.deliberation import room_world as r
from tests.deliberation import talks_world as t
from tests.deliberation import world as w
from tests.keeping import copied, kept

pytestmark = pytest.mark.django_db
built = kept(r.in_talks)


@pytest.fixture
def talks(built):
    return copied(built)


def cells(page, selector: str) -> dict[str, list[str]]:
    """Cells of the first table under ``selector`` by the heading of their row."""
    table = w.soup(page).select_one(f"{selector} table")
    return {
        row.th.get_text(" ", strip=True): [cell.get_text(" ", strip=True) for cell in row.select("td")]
        for row in table.select("tbody tr")
    }


def groups_of_list(page) -> list[str]:
    return [part.get_text(" ", strip=True) for part in w.soup(page).select("#reasons .listing h3 + p")]


def test_the_page_says_what_differs_and_that_it_matters(talks):
    world, _one, now = talks
    page = w.get(r.room_url(world), at=now)
    assert w.text_of(page, "h1") == "Round 1: where groups differ"
    assert w.text_of(page, ".lead") == "The difference matters: it changes the level, and which powers are open."
    names = [h3.get_text(strip=True) for h3 in w.soup(page).select("#differences h3")]
    assert names == ["Harm done", "Ease of misuse"]
    headline = w.soup(page).select_one("#differences .chart-headline").get_text(strip=True)
    assert headline == "Harm done: groups give it 8% to 80% of the weight."


def test_every_group_is_in_the_chart_and_no_average_is(talks):
    world, _one, now = talks
    rows = cells(w.get(r.room_url(world), at=now), "#weights")
    assert rows["Harm done"] == ["80%"] * 5 + ["8%"] * 2 + ["32.5", "wide"]


def test_whoever_organises_or_leads_finds_the_way_to_the_desk_and_nobody_else(talks):
    world, _one, now = talks
    leader = r.facilitator_of(world)
    desk = r.desk_url(world)
    lookers = [leader, world.staff(Role.SECRETARIAT), world.town.members["A"][0], None]
    pages = [w.soup(w.get(r.room_url(world), by=person, at=now)) for person in lookers]
    assert [bool(page.select(f"main a[href='{desk}']")) for page in pages] == [True, True, False, False]
    assert w.get(desk, by=leader, at=now).status_code == 200


def test_the_days_are_told_with_the_way_they_were_counted(talks):
    world, one, now = talks
    page = w.get(r.room_url(world), at=now)
    assert "Until 5pm on Monday 29 June 2026 (Lisbon time) , 7 days left" in w.text_of(page, "main > .summary")
    counted = cells(page, "main > details")
    assert (counted["Monday 22 June 2026"], counted["Monday 29 June 2026"]) == (
        ["0", "the round was convened"], ["7", "counts"],
    )  # fmt: skip
    assert one.clocks.get(kind="statements").due_at == one.follow_up.opens_at


def test_before_the_first_reason_the_page_says_until_when_there_is_time(talks):
    world, _one, now = talks
    said = w.text_of(w.get(r.room_url(world), at=now), "#reasons .empty")
    assert said == "No reasons yet. Groups have until: 5pm on Monday 29 June 2026 (Lisbon time)"


def test_a_reason_is_signed_by_the_group_and_by_name_only_if_the_author_wants_it(talks):
    world, one, now = talks
    first, second = world.town.members["C"][0], world.town.members["F"][0]
    r.say(one, first, now)
    r.say(one, second, now, replace(r.READING, shows_name=True))
    page = w.text_of(w.get(r.room_url(world), at=now), "#reasons .listing")
    assert "We are the ones who lose the flat." in page
    assert (first.name in page, second.name in page) == (False, True)


def test_cards_hold_words_of_the_groups_that_are_furthest_apart(talks):
    world, one, now = talks
    for code in "CF":
        r.say(one, world.town.members[code][0], now, replace(r.BURDEN, words=f"Words of {code}"))
    page = w.soup(w.get(r.room_url(world), at=now))
    card = page.select_one("#differences .card")
    assert sorted(quote.p.get_text(strip=True) for quote in card.select("blockquote")) == ["Words of C", "Words of F"]
    assert card.select("a")[-1]["href"] == "?item=I#reasons"


def test_filters_narrow_the_list_and_unknown_ones_are_left_out(talks):
    world, one, now = talks
    r.say(one, world.town.members["C"][0], now)
    r.say(one, world.town.members["F"][0], now, r.READING)
    url = r.room_url(world)

    def shown(**wanted):
        return sorted(h3.get_text(strip=True) for h3 in w.soup(w.get(url, at=now, **wanted)).select("#reasons h3"))

    harm, misuse = (
        "Harm done: We would bear the harm or the cost", "Ease of misuse: We read the same evidence differently",
    )  # fmt: skip
    assert shown() == [misuse, harm]
    assert shown(item="I") == shown(group="C") == shown(kind="burden") == [harm]
    assert shown(group="nonsense") == [misuse, harm]
    assert "No reason fits this" in w.text_of(w.get(url, at=now, group="A"), "#reasons .empty")


def test_twenty_stand_on_a_page_and_the_next_page_has_the_rest(talks):
    world, one, now = talks
    _many(one, world, now, 23)
    url = r.room_url(world)
    pages = [w.soup(w.get(url, at=now, **data)).select("#reasons .listing > li") for data in ({}, {"page": "2"})]
    assert [len(rows) for rows in pages] == [20, 3]


def _many(one, world, now, number):
    group = world.town.groups["A"]
    Statement.objects.bulk_create(
        Statement(round=one, group=group, person=world.town.members["A"][0], item="I", difference="values",
                  words=f"Reason {place}", stated_at=now)
        for place in range(number)
    )  # fmt: skip


def test_groups_take_turns_whatever_their_size_and_each_visitor_has_an_order_of_their_own(talks):
    world, one, now = talks
    _many(one, world, now, 30)
    for code in "CF":
        r.say(one, world.town.members[code][0], now)
    rows = list(one.statements.select_related("group"))
    orders = {visitor: [row.pk for row in in_order(rows, visitor)] for visitor in map(str, range(12))}
    assert orders["1"] == [row.pk for row in in_order(reversed(rows), "1")]
    firsts = {tuple(row.group.code for row in in_order(rows, visitor)[:3]) for visitor in orders}
    assert {frozenset(first) for first in firsts} == {frozenset("ACF")}
    assert {first[0] for first in firsts} == set("ACF")


def test_joined_reasons_stand_together_and_what_was_dealt_with_is_marked(talks):
    world, one, now = talks
    kept_one, other = (r.say(one, world.town.members[code][0], now) for code in "CA")
    facilitator = r.facilitator_of(world)
    facilitating.propose_join(statement=other, to=kept_one, by=facilitator, now=now)
    facilitating.answer_join(statement=other, agree=True, by=world.town.members["A"][0], now=now)
    facilitating.move_on(statement=kept_one, by=facilitator, now=now)
    page = w.get(r.room_url(world), at=now)
    (row,) = w.soup(page).select("#reasons .listing > li")
    assert "Joined, as it says the same:" in row.get_text(" ", strip=True)
    assert row.select_one(".tag").get_text(strip=True) == "The talks have dealt with this"
    assert len(w.soup(w.get(r.room_url(world), at=now, group="A")).select("#reasons .listing > li")) == 1


def test_erased_words_are_said_to_be_erased(talks):
    world, one, now = talks
    author = world.town.members["C"][0]
    r.say(one, author, now, replace(r.BURDEN, shows_name=True))
    erase_words(person=author, by=None, now=now)
    page = w.text_of(w.get(r.room_url(world), at=now), "#reasons .listing")
    assert "These words were erased with the data of the person who wrote them." in page
    assert author.name not in page


def test_groups_that_adopted_a_reason_are_named_without_a_number(talks):
    world, one, now = talks
    said = r.say(one, world.town.members["C"][0], now)
    for person in world.town.members["D"][:2]:
        r.respond(said, person, now)
    row = w.text_of(w.get(r.room_url(world), at=now), "#reasons .listing > li")
    assert row.endswith("Also the reason of people in: Dd Group D 0 replies on Harm done")


@pytest.mark.parametrize(
    ("who", "words"),
    [
        ("member", "Give a reason"),
        ("visitor", "Sign in and give a reason"),
        ("secretariat", "You are not on the list of this round"),
    ],
)
def test_each_visitor_is_told_what_they_can_do(talks, who, words):
    world, _one, now = talks
    person = {"member": world.town.members["C"][0], "secretariat": world.staff(Role.SECRETARIAT)}.get(who)
    page = w.text_of(w.get(r.room_url(world), by=person, at=now))
    every = ("Sign in and give a reason", "You are not on the list of this round", "Give a reason")
    assert [word for word in every if word in page][:1] == [words]


def test_a_session_shows_its_minutes_who_was_there_and_what_they_needed(talks):
    world, one, now = talks
    facilitator, starts = r.facilitator_of(world), one.follow_up.opens_at + make.DAY
    session = sessions.plan_session(
        one=one, place="Town hall", starts_at=starts, facilitator=facilitator, by=world.staff(Role.SECRETARIAT), now=now
    )
    there = {
        world.town.groups["C"]: sessions.Present(4, 12, "Sign language", access_met=False),
        world.town.groups["D"]: sessions.Present(2, 8),
    }
    sessions.minute_session(session=session, minutes="All spoke.", present=there, by=facilitator, now=starts)
    page = w.get(r.room_url(world), at=starts)
    names = {"C": "Cc Group C", "D": "Dd Group D"}
    assert cells(page, "#sessions") == {
        names["C"]: ["4", "12", "Sign language (was not there)"], names["D"]: ["2", "8", "nothing named"],
    }  # fmt: skip
    assert cells(page, "#heard")[names["C"]] == ["5", "0", "0", "4", "12", "Silent: gave no reason"]


def test_while_people_answer_again_no_number_of_theirs_is_on_the_page(talks):
    world, one, _now = talks
    opens = one.follow_up.opens_at + make.DAY

    rounds.open_due_rounds(opens)
    cases.advance_due_cases(opens)
    one.follow_up.refresh_from_db()
    before = w.text_of(w.get(r.room_url(world), at=opens))
    t.weigh(world, one.follow_up, {"F": t.HARM}, opens)
    assert w.text_of(w.get(r.room_url(world), at=opens)) == before
    member = w.get(r.room_url(world), by=world.town.members["C"][0], at=opens)
    assert w.text_of(member, "#decide .actions") == "Keep my answers Change my answers"
    (form,) = w.soup(member).select("#decide form")
    assert form["action"] == f"{world.case_url}weigh/keep/"


def test_after_the_close_the_counts_of_kept_and_changed_are_there(talks):
    world, _one, _now = talks
    now = t.answered_again(world, {"F": t.HARM})
    page = w.get(r.room_url(world), at=now)
    table = cells(page, "#decide")
    assert table["Ff Group F"] == ["0", "5", "0", "0"]
    assert w.text_of(page, "main > p .tag") == "Ended"


@pytest.mark.parametrize(
    ("because", "sentence"),
    [
        ("conflict", "There are talks because the answers of the groups differ too much."),
        ("request", "There are talks because a group asked for them."),
        ("absence", "There are talks because people directly affected are no longer counted."),
    ],
)
def test_the_page_says_at_the_top_why_there_are_talks(talks, because, sentence):
    world, _one, now = talks
    DeliberationRound.objects.update(because=because)
    assert w.soup(w.get(r.room_url(world), at=now)).select_one("main .lead + p").get_text() == sentence


@pytest.mark.parametrize("path", ["talks/2/", "talks/1/reasons/unknown/", "assessments/2/talks/1/"])
def test_what_is_not_there_is_not_found(talks, path):
    world, _one, now = talks
    assert w.get(world.case_url + path, at=now).status_code == 404
    assert w.get(world.case_url + "assessments/1/talks/1/", at=now).status_code == 200
