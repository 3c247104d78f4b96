"""How much needs one's action stands on every page: accurate for each place, and cheap."""

import pytest
from bs4 import BeautifulSoup
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from assessments.actions.appointments import propose_evaluator
from assessments.actions.positions import Stance, adopt_position
from lastvote import clock
from lastvote.access import Role
from stakeholders import actions as people
from stakeholders.models import Group, Person
from stakeholders.needs_action import waiting_for
from stakeholders.states import PositionMode
from tests import factories as make
from tests import rating_world as rw
from tests.keeping import copied, kept

pytestmark = pytest.mark.django_db
NOW, DAY = make.NOW, make.DAY
POINTS = (4000, 3000, 2000, 1000)


def build():
    """A town with an open round, whose group D leaves its position to a delegate; and the same member elsewhere."""
    town = make.make_town(size=2)
    Group.objects.filter(pk=town.groups["D"].pk).update(position_mode=PositionMode.DELEGATE)
    people.grant_role(
        person=town.members["D"][0], role=Role.DELEGATE, valid_from=make.START, now=NOW,
        proposed_by=town.staff[Role.SECRETARIAT], confirmed_by=town.staff[Role.CHAIR],
    )  # fmt: skip
    weight_round = make.open_round(town)
    elsewhere = make.make_town(slug="elsewhere", code="EW", size=1)
    Person.objects.filter(pk=elsewhere.members["A"][0].pk).update(account=town.members["A"][0].account)
    return town, weight_round, elsewhere


built = kept(build)


@pytest.fixture
def world(built, monkeypatch):
    monkeypatch.setattr(clock, "now", lambda: NOW)
    return copied(built)


@pytest.fixture
def town(world):
    return world[0]


def browser(person):
    client = Client()
    client.force_login(person.account)
    return client


def counted(client, url):
    """Return what the head of a page says, and where it leads."""
    page = BeautifulSoup(client.get(url).content, "html.parser")
    return [(link.get_text(strip=True), link["href"]) for link in page.select(".site-head a[href$=needs-action]")]


def another_round(town, title):
    incident = make.make_incident(town, title=title)
    return make.open_round(town, make.make_assessment(town, incident=incident))


def test_every_page_of_the_place_tells_a_member_what_waits_and_no_page_of_another_place_does(town, world):
    client = browser(town.members["A"][0])
    told = [("Needs your action (1)", "/testville/you/#needs-action")]
    case = f"/testville/cases/{world[1].assessment.incident.reference}/"
    pages = (
        "/testville/",
        "/testville/cases/",
        case,
        "/testville/you/",
        f"{case}weigh/",
        "/testville/you/notifications/",
    )
    assert [counted(client, url) for url in pages] == [told] * len(pages)
    assert [counted(client, url) for url in ("/elsewhere/", "/elsewhere/you/", "/", "/help/")] == [[]] * 4
    assert counted(Client(), case) == []


def test_the_number_is_that_of_the_list_and_falls_once_it_is_done(town, world):
    member = town.members["A"][0]
    client = browser(member)
    another_round(town, "Other")
    page = BeautifulSoup(client.get("/testville/you/").content, "html.parser")
    assert len(page.select("#needs-action + ul > li")) == 2
    assert counted(client, "/testville/")[0][0] == "Needs your action (2)"
    make.answer(world[1], member, POINTS)
    assert counted(client, "/testville/")[0][0] == "Needs your action (1)"


def test_a_page_that_was_not_found_tells_it_too(town):
    assert len(counted(browser(town.members["A"][0]), "/testville/cases/TV-2026-9999/")) == 1


def queries(person):
    with CaptureQueriesContext(connection) as seen:
        waiting_for(person, NOW)
    return len(seen)


def test_it_takes_a_member_four_questions_whatever_waits(town):
    member = Person.objects.select_related("jurisdiction").get(pk=town.members["A"][0].pk)
    assert queries(member) == 4  # offices, rounds, reasons to give, reasons to join
    for number in range(3):
        another_round(town, f"Case {number}")
    assert (len(waiting_for(member, NOW)), queries(member)) == (4, 4)


@pytest.mark.parametrize(
    ("role", "most"),
    [(Role.SECRETARIAT, 13), (Role.CHAIR, 9), (Role.EVALUATOR, 7), (Role.COMMITTEE, 5), (Role.ADMIN, 5)],
)
def test_it_takes_an_office_few_questions_and_not_more_for_many_cases(town, role, most):
    def settle(number):
        for title in ("rated", "unrated", "received"):
            incident = make.make_incident(town, title=f"{title} {number}")
            if title == "rated":
                make.make_assessment(town, incident=incident)
            if title == "unrated":
                assessment = rw.unrated(town, incident=incident)
                rw.rate(assessment, town.evaluators[1], "0.1")
                rw.rate(assessment, town.evaluators[2], "0.9")

    person = town.evaluators[0] if role == Role.EVALUATOR else town.staff[role]
    person = Person.objects.select_related("jurisdiction").get(pk=person.pk)
    settle(1)
    one = queries(person)
    settle(2)
    settle(3)
    assert (queries(person), one <= most) == (one, True), one


def test_a_page_asks_once_however_often_it_shows_it(town):
    client = browser(town.members["A"][0])
    with CaptureQueriesContext(connection) as seen:
        client.get("/testville/you/")
    assert (
        sum("assessments_rollentry" in one["sql"] and "closes_at" in one["sql"] for one in seen.captured_queries) <= 2
    )
    rounds = [one["sql"] for one in seen.captured_queries if '"assessments_weightround"."opens_at" <=' in one["sql"]]
    assert len(rounds) == 1


def test_a_delegate_is_asked_to_adopt_a_position_until_it_is_adopted(town, world):
    delegate, other = town.members["D"]
    assert [row.words for row in waiting_for(other, NOW)] == ["Answer the questions"]
    (row,) = [row for row in waiting_for(delegate, NOW) if row.words == "Adopt a position for your group"]
    case = f"/testville/cases/{world[1].assessment.incident.reference}/"
    assert (row.url, row.until) == (f"{case}position/", world[1].closes_at)
    adopt_position(weight_round=world[1], by=delegate, stance=Stance(POINTS, "We met.", "en"), key="k", now=NOW)
    assert [row.words for row in waiting_for(delegate, NOW)] == ["Answer the questions"]


def test_an_evaluator_who_is_proposed_waits_for_everybody_who_may_confirm_but_not_for_the_proposer(town):
    assessment = rw.unrated(town)
    secretariat = town.staff[Role.SECRETARIAT]
    proposed = people.add_person(jurisdiction=town.jurisdiction, name="Eve", email="eve@testville.example", now=NOW)
    appointment = propose_evaluator(assessment=assessment, person=proposed, supervised=False, by=secretariat, now=NOW)
    words = "Confirm who is to rate"
    told = {role: words in [row.words for row in waiting_for(town.staff[role], NOW)] for role in
            (Role.SECRETARIAT, Role.CHAIR, Role.COMMITTEE)}  # fmt: skip
    assert told == {Role.SECRETARIAT: False, Role.CHAIR: True, Role.COMMITTEE: False}
    type(appointment).objects.filter(pk=appointment.pk).update(confirmed_by=town.staff[Role.CHAIR], confirmed_at=NOW)
    assert words not in [row.words for row in waiting_for(town.staff[Role.CHAIR], NOW)]
