"""The page on which a group asks for a round of talks in a High case: who asked, a check, and why not otherwise."""

import pytest

from deliberation.actions.cases import advance_due_cases
from deliberation.actions.clocks import start_clock
from deliberation.models import Case, RoundRequest
from deliberation.states import ClockKind
from lastvote.access import Role
from stakeholders import actions as people
from tests import factories as make
from tests.deliberation import talks_world as t
from tests.deliberation import world as w
from tests.deliberation.actions.test_requests import HIGH
from tests.keeping import copied, kept

pytestmark = pytest.mark.django_db
built = kept(lambda: t.judged(t.AGREED, values=HIGH))


@pytest.fixture
def high(built):
    return copied(built)


def ask_url(world) -> str:
    return f"{world.case_url}talks/ask/"


def ask(world, person, now):
    """Read the page that says what asking means, and confirm there."""
    browser = w.visitor(person, at=now)
    shown = w.post(ask_url(world), by=browser, at=now)
    assert (shown.status_code, w.text_of(shown, "h1")) == (200, "Check: ask for a round of talks")
    assert not RoundRequest.objects.filter(person=person).exists()
    return w.post(ask_url(world), by=browser, at=now, confirmed="yes")


def rows(page) -> list[str]:
    return [" ".join(row.get_text(" ").split()) for row in w.soup(page).select("main table tbody tr")]


def test_the_case_leads_to_the_page_and_five_people_ask_one_after_the_other(high):
    world, now = high
    assert w.soup(w.get(world.case_url, at=now)).select_one("#talks a")["href"] == ask_url(world)
    members = world.town.members["C"]
    assert rows(w.get(ask_url(world), at=now)) == []
    for number, person in enumerate(members[:4], 1):
        assert ask(world, person, now)["Location"] == ask_url(world)
        missing = f"{5 - number} more {'people have' if number < 4 else 'person has'} to ask"
        asked = "1 person" if number == 1 else f"{number} people"
        assert rows(w.get(ask_url(world), at=now)) == [f"Cc Group C {asked} {missing}"]
    ask(world, members[4], now)
    assert rows(w.get(ask_url(world), at=now)) == ["Cc Group C 5 people Yes"]
    advance_due_cases(now)
    page = w.get(ask_url(world), at=now)
    assert (page.status_code, w.text_of(page, ".inset")) == (409, "A round of talks is running already.")
    assert w.post(ask_url(world), by=members[0], at=now, confirmed="yes").status_code == 409


def test_a_delegate_asks_alone_and_is_told_so_first(high):
    world, now = high
    member = world.town.members["C"][0]
    people.grant_role(
        person=member, role=Role.DELEGATE, valid_from=make.START, now=make.NOW,
        proposed_by=world.staff(Role.SECRETARIAT), confirmed_by=world.staff(Role.CHAIR),
    )  # fmt: skip
    shown = w.post(ask_url(world), by=member, at=now)
    assert "the round begins at once" in w.text_of(shown)
    ask(world, member, now)
    assert rows(w.get(ask_url(world), at=now)) == ["Cc Group C Its delegate Yes"]


def test_no_person_is_named_and_each_visitor_is_told_what_they_can_do(high):
    world, now = high
    member = world.town.members["C"][0]
    ask(world, member, now)
    assert member.name not in w.text_of(w.get(ask_url(world), at=now))
    told = {
        "visitor": (None, "Sign in to ask"), "author": (member, "You have asked."),
        "member": (world.town.members["D"][0], "You ask for: Dd Group D"),
        "staff": (world.staff(Role.SECRETARIAT), "You are not on the list of the last round of answers"),
    }  # fmt: skip
    for who, words in told.values():
        assert words in w.text_of(w.get(ask_url(world), by=who, at=now))


def test_whoever_is_not_on_the_list_asks_for_nothing(high):
    world, now = high
    for person, status in ((world.staff(Role.CHAIR), 404), (w.visitor(), 302)):
        assert w.post(ask_url(world), by=person, at=now, confirmed="yes").status_code == status
    assert RoundRequest.objects.count() == 0


@pytest.mark.parametrize(
    ("change", "sentence"),
    [
        (
            {"path": "M"},
            "A group can ask for a round only in a case that was once on the High level. This one was not.",
        ),
        ({"rounds_ended": 2}, "This case has had all the rounds of talks that it may have."),
        (
            {"state": "weighing", "settled_at": None, "outcome": ""},
            "The published answers are being compared. Come back in a few minutes.",
        ),
    ],
)
def test_where_nobody_can_ask_the_page_says_why(high, change, sentence):
    world, now = high
    Case.objects.update(**change)
    pages = [
        w.get(ask_url(world), at=now),
        w.post(ask_url(world), by=world.town.members["C"][0], at=now, confirmed="y"),
    ]
    assert [(page.status_code, w.text_of(page, ".inset")) for page in pages] == [(409, sentence)] * 2


def test_before_anything_is_published_nobody_can_ask(high):
    world, now = high
    other = w.rated(world.town, incident=make.make_incident(world.town, title="New"))
    page = w.get(ask_url(other), at=now)
    assert (page.status_code, "No answers on this case are published yet." in w.text_of(page)) == (409, True)
    assert w.post(ask_url(other), by=world.town.members["C"][0], at=now).status_code == 404


def test_after_the_longest_time_nobody_can_ask(high):
    world, now = high
    start_clock(case=t.case_of(world), kind=ClockKind.LONGEST, days=1, closing_hour=17, now=now)
    page = w.get(ask_url(world), at=now + 5 * make.DAY)
    assert (page.status_code, w.text_of(page, ".inset")) == (
        409, "The longest time that talks in this case may take is over.",
    )  # fmt: skip
