"""Finding rows in the lists of the desk: the queue, the sources, the systems with whoever uses them."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from assessments.models import AISystem, Deployer, Source
from lastvote.access import Role
from lastvote.texts import text
from tests import factories as make
from tests.deliberation import world as w
from tests.keeping import copied, kept

pytestmark = pytest.mark.django_db

DESK = "/testville/desk/"


def build():
    town = make.make_town(size=1)
    harbour = Deployer.objects.create(jurisdiction=town.jurisdiction, name="Harbour Office")
    for name, told in (("Crane watch", "Watches CRANES at night."), ("Berth plan", "Gives ships a place.")):
        AISystem.objects.create(jurisdiction=town.jurisdiction, deployer=harbour, name=name, description=text(told))
    Deployer.objects.create(jurisdiction=town.jurisdiction, name="Harbour Trust")
    for title, publisher, printed in (("Éclat in the hall", "City Post", "March 2018"), ("Hall of cranes", "", "")):
        Source.objects.create(jurisdiction=town.jurisdiction, title=title, publisher=publisher, published_words=printed)
    make.make_incident(town, title="Crane fell")
    make.make_incident(town, title="Berth lost")
    make.make_town(slug="elsewhere", code="EW", size=1)
    return town


built = kept(build)


@pytest.fixture
def secretary(built, db):
    return w.visitor(copied(built).staff[Role.SECRETARIAT])


def shown(page, selector):
    return [" ".join(row.get_text().split()) for row in w.soup(page).select(selector)]


def empty(page):
    return [" ".join(line.get_text().split()) for line in w.soup(page).select("main .empty")]


@pytest.mark.parametrize(
    ("words", "titles"),
    [
        ("ÉCLAT", ["Éclat in the hall"]),
        ("hall", ["Hall of cranes", "Éclat in the hall"]),
        ("hall post 2018", ["Éclat in the hall"]),
        ("hall zeppelin", []),
        ("100%", []),
    ],
)
def test_sources_are_found_by_every_word(secretary, words, titles):
    page = w.get(f"{DESK}sources/", by=secretary, q=words)
    assert shown(page, "main ul.listing a") == titles
    told = [f"0 results for “{words}”. Use fewer words. Show all sources"]
    assert empty(page) == ([] if titles else told)
    assert w.soup(page).select_one("#id_q")["value"] == words


@pytest.mark.parametrize(
    ("words", "deployers", "systems"),
    [
        ("cranes", ["Harbour Office"], ["Crane watch"]),
        ("harbour", ["Harbour Office", "Harbour Trust"], ["Berth plan", "Crane watch"]),
        ("office ships", ["Harbour Office"], ["Berth plan"]),
        ("crane ships", [], []),
    ],
)
def test_systems_are_found_with_whoever_uses_them(secretary, words, deployers, systems):
    page = w.get(f"{DESK}systems/", by=secretary, q=words)
    assert shown(page, "main h2") == deployers
    assert shown(page, "main li[dir=auto] a") == systems
    told = [f"0 results for “{words}”. Use fewer words. Show all systems"]
    assert empty(page) == ([] if deployers else told)


def test_the_queue_keeps_the_cases_that_hold_every_word(secretary):
    page = w.get(DESK, by=secretary, q="crane fell")
    assert shown(page, "tbody th a") == ["Crane fell"]
    assert shown(page, ".chips a") == ["What I can do (1)", "All cases (1)"]
    links = [link["href"] for link in w.soup(page).select("main .chips a")]
    assert links == [f"{DESK}?mine=1&q=crane%20fell", f"{DESK}?q=crane%20fell"]
    assert shown(w.get(links[0], by=secretary), "tbody th a") == ["Crane fell"]


def test_the_queue_says_what_each_word_finds_where_nothing_fits(secretary):
    page = w.get(DESK, by=secretary, q="crane berth")
    assert empty(page) == ["0 results for “crane berth”. Use fewer words. Show all cases"]
    assert [line for line in shown(page, "main ul li") if "case" in line][-2:] == ["crane 1 case", "berth 1 case"]


@pytest.mark.parametrize("page", ["", "sources/", "systems/"])
def test_the_number_of_questions_does_not_grow(built, db, page):
    town = copied(built)
    secretary = w.visitor(town.staff[Role.SECRETARIAT])

    def asked():
        with CaptureQueriesContext(connection) as queries:
            assert w.get(f"{DESK}{page}", by=secretary, q="e a").status_code == 200
        return len(queries)

    asked()
    once = asked()
    for number in range(3):
        make.make_incident(town, title=f"Crane {number}")
        user = Deployer.objects.create(jurisdiction=town.jurisdiction, name=f"Crane area {number}")
        AISystem.objects.create(
            jurisdiction=town.jurisdiction, deployer=user, name="Crane area", description=text("Crane area.")
        )
        Source.objects.create(jurisdiction=town.jurisdiction, title=f"Crane area {number}")
    assert asked() == once


def test_the_queue_comes_in_pages_that_keep_the_filters(built, db):
    town = copied(built)
    secretary = w.visitor(town.staff[Role.SECRETARIAT])
    for number in range(21):
        make.make_incident(town, title=f"Lift {number} stood still")
    first = w.get(DESK, by=secretary, q="lift", mine="1")
    assert shown(first, ".chips a") == ["What I can do (21)", "All cases (21)"]
    (rest,) = [link["href"] for link in w.soup(first).select("nav.pages a")]
    second = w.get(f"{DESK}{rest}", by=secretary)
    titles = shown(first, "tbody th a") + shown(second, "tbody th a")
    assert (len(shown(first, "tbody tr")), len(titles), len(set(titles))) == (20, 21, 21)
    assert (rest, w.soup(second).title.get_text(" ", strip=True).split()[:3]) == (
        "?q=lift&mine=1&page=2", ["Desk", "(page", "2)"],
    )  # fmt: skip
    assert w.get(f"{DESK}?page=99&mine=1&q=lift", by=secretary).status_code == 200


def test_systems_come_in_pages_of_deployers(built, db):
    town = copied(built)
    secretary = w.visitor(town.staff[Role.SECRETARIAT])
    Deployer.objects.bulk_create(
        Deployer(jurisdiction=town.jurisdiction, name=f"Harbour branch {number:02}") for number in range(20)
    )
    first = w.get(f"{DESK}systems/", by=secretary, q="harbour")
    (rest,) = [link["href"] for link in w.soup(first).select("nav.pages a")]
    names = shown(first, "main h2") + shown(w.get(f"{DESK}systems/{rest}", by=secretary), "main h2")
    assert (len(shown(first, "main h2")), len(names), len(set(names)), rest) == (20, 22, 22, "?q=harbour&page=2")
