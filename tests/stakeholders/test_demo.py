"""The demo's people: only in demo mode, only made-up ones."""

import datetime as dt

import pytest
import time_machine
from bs4 import BeautifulSoup

from lastvote.access import Role
from stakeholders.models import Person
from stakeholders.personas import OFFICES
from tests import factories as make
from tests.stakeholders.asking import by_password, shown, who
from tests.stakeholders.makers import a_jurisdiction, a_member, a_person

pytestmark = [pytest.mark.django_db, pytest.mark.urls("tests.stakeholders.urls")]


@pytest.fixture
def _demo(settings):
    settings.DEMO = True


def cast(section):
    """Return who is offered under which heading."""
    return {
        heading.get_text(): [button.get_text(strip=True) for button in heading.find_next("ul").select("button")]
        for heading in section.select("h3")
    }


def become(client, email):
    return client.post("/demo/", {"email": email})


def test_without_demo_mode_there_is_no_such_page(client, town, settings):
    settings.DEMO = False
    assert client.get("/demo/").status_code == 404
    assert become(client, "ana@demo.example").status_code == 404
    assert who(client) == "visitor"


@pytest.mark.usefixtures("_demo")
def test_people_are_listed_by_what_they_can_do(client, town):
    a_person(town.here, "Without a part", email="none@demo.example")
    page = BeautifulSoup(client.get("/demo/").content, "html.parser")
    sections = [section.h2.get_text() for section in page.select("main section")]
    assert sections == ["Northbrook", "Southbrook"]
    assert cast(page.select("main section")[0]) == {
        "Group members": ["Sign in as Ana", "Sign in as Bea"],
        "Secretariat": ["Sign in as Sam"],
        "Chair": ["Sign in as Cho"],
    }
    assert [summary.get_text(strip=True) for summary in page.select("main summary")] == [
        "Group 1: 2 people",
        "Group 1: 1 person",
    ]


@pytest.mark.usefixtures("_demo")
@time_machine.travel(make.NOW + make.DAY)
def test_the_page_begins_with_somebody_who_has_not_answered(client):
    weight_round = make.open_round(make.make_town(synthetic=True, size=2))
    Person.objects.update(synthetic=True)
    first = weight_round.roll.filter(group__is_affected=True).order_by("pk").first().person
    page = BeautifulSoup(client.get("/demo/").content, "html.parser")
    assert page.select_one("main section form button").get_text(strip=True) == f"Sign in as {first.name}"
    make.answer(weight_round, first, (2500, 2500, 2500, 2500))
    page = BeautifulSoup(client.get("/demo/").content, "html.parser")
    assert page.select_one("main section form button").get_text(strip=True) != f"Sign in as {first.name}"


@pytest.mark.usefixtures("_demo")
def test_the_page_says_what_to_try_in_order(client, town):
    page = BeautifulSoup(client.get("/demo/").content, "html.parser")
    assert len(page.select("main ol li")) == 6
    assert page.title.string.strip().startswith("People to try this out as")


@pytest.mark.usefixtures("_demo")
def test_an_empty_demo_says_so(client):
    assert "There is nobody here yet." in shown(client.get("/demo/"))


@pytest.mark.usefixtures("_demo")
def test_one_button_signs_in_and_satisfies_binding_acts_for_long(client, town, clock):
    assert become(client, "sam@demo.example")["Location"] == "/northbrook/"
    clock.shift(dt.timedelta(hours=2))
    assert client.post("/northbrook/binding/", {"words": "close"}).content == b"POST done close"


@pytest.mark.usefixtures("_demo")
def test_changing_persona_starts_a_new_session(client, town):
    become(client, "ana@demo.example")
    before = client.session.session_key
    become(client, "cho@demo.example")
    assert (who(client), client.session.session_key == before) == ("Cho", False)


@pytest.mark.usefixtures("_demo")
def test_signing_in_by_password_is_no_demo_session(client, town, clock):
    become(client, "sam@demo.example")
    client.post("/sign-out/")
    by_password(client, "sam@demo.example")
    clock.shift(dt.timedelta(minutes=6))
    assert client.post("/northbrook/binding/").status_code == 302


@pytest.mark.usefixtures("_demo")
def test_real_people_are_neither_listed_nor_opened(client, town):
    real_town = a_jurisdiction("realtown", "RT", synthetic=False)
    a_member(town.here, town.group, "Real", email="real@example.org", synthetic=False)
    a_person(real_town, "Bea too", email="bea@demo.example", synthetic=False)
    assert "real@example.org" not in shown(client.get("/demo/"))
    for email in ("real@example.org", "bea@demo.example", "nobody@example.org", "", "sam\x00@demo.example"):
        assert become(client, email).status_code == 404
    assert who(client) == "visitor"


def test_every_role_has_words():
    assert set(OFFICES) == set(Role) - {Role.MEMBER}
