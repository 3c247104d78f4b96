"""The front page, the home of a town and its case list."""

import datetime as dt

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from deliberation.actions.cases import advance_case, advance_due_cases
from deliberation.reads import CaseFilter, cases_of, newest_round, stage_of
from deliberation.states import CaseStage
from lastvote.audit.models import AuditEvent
from stakeholders import actions as people
from tests import factories as make
from tests.deliberation import talks_world as t
from tests.deliberation import world as w

pytestmark = pytest.mark.django_db

NEWEST_FIRST = ["Housing chatbot", "Tram timetable", "School places", "Parking appeals"]


def titles(page) -> list[str]:
    return [link.get_text(strip=True) for link in w.soup(page).select("tbody th a")]


def cases_in_stages() -> make.Town:
    """One case in each of three stages, besides one that was only received."""
    town = make.make_town(size=1)
    make.make_incident(town, title="Parking appeals")
    make.make_assessment(town, incident=make.make_incident(town, title="School places"), freeze=False)
    make.make_assessment(town, incident=make.make_incident(town, title="Tram timetable"))
    w.opened(town, incident=make.make_incident(town, title="Housing chatbot"))
    return town


def test_stage_in_the_database_is_the_stage_in_python():
    town = cases_in_stages()
    in_database = {case.pk: case.stage for case in cases_of(town.jurisdiction)}
    told = {}
    for case in cases_of(town.jurisdiction):
        assessment = case.assessments.order_by("-number").first()
        told[case.pk] = stage_of(assessment, newest_round(assessment))
    assert in_database == told
    assert sorted(told.values()) == ["rated", "rating", "received", "weighing"]


@pytest.mark.parametrize("build", [w.closed, w.published])
def test_stage_after_the_close(build):
    world = build(make.make_town(size=5))
    case = cases_of(world.town.jurisdiction).get()
    expected = stage_of(world.assessment, newest_round(world.assessment))
    assert case.stage == expected
    assert expected == (CaseStage.COUNTING if build is w.closed else CaseStage.SCORED)


def test_proposed_round_changes_no_stage_in_public():
    world = w.rated(make.make_town(size=1))
    w.rounds.propose_announcement(
        assessment=world.assessment, opens_at=make.NOW + 9 * make.DAY, closes_at=make.NOW + 30 * make.DAY,
        by=world.staff(w.Role.SECRETARIAT), now=make.NOW,
    )  # fmt: skip
    assert cases_of(world.town.jurisdiction).get().stage == CaseStage.RATED
    assert newest_round(world.assessment) is None
    assert w.get(world.case_url + "rounds/1/").status_code == 404


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ({}, NEWEST_FIRST),
        ({"sort": "oldest"}, ["Parking appeals", "School places", "Tram timetable", "Housing chatbot"]),
        ({"sort": "closing"}, NEWEST_FIRST),
        ({"stage": "weighing"}, ["Housing chatbot"]),
        ({"stage": "received"}, ["Parking appeals"]),
        ({"q": "TRAM time"}, ["Tram timetable"]),
        ({"q": "TV-2026-0002"}, ["School places"]),
        ({"q": "housing office", "stage": "rated"}, ["Tram timetable"]),
        ({"stage": "no", "sort": "no", "page": "9"}, NEWEST_FIRST),
    ],
)  # fmt: skip
def test_list_filters_by_words_stage_and_order(query, found):
    cases_in_stages()
    assert titles(w.get("/testville/cases/", **query)) == found


def test_words_that_match_nothing_say_so():
    make.make_town(size=1)
    page = w.get("/testville/cases/", q="zeppelin")
    assert w.text_of(page, "h2") == "0 cases"
    assert w.text_of(page, ".empty") == "0 results for “zeppelin”. Use fewer words, or take a filter away."


def test_chips_take_one_filter_away_each():
    cases_in_stages()
    page = w.get("/testville/cases/", q="chatbot", stage="weighing", sort="oldest", page="1")
    chips = {chip.get_text(" ", strip=True).split(" ×")[0]: chip["href"] for chip in w.soup(page).select(".chips a")}
    assert chips == {
        "Words: chatbot": "?stage=weighing&sort=oldest",
        "Open for answers": "?q=chatbot&sort=oldest",
        "Oldest first": "?q=chatbot&stage=weighing",
        "Clear all filters": "/testville/cases/",
    }


def test_long_list_has_pages_that_keep_the_filters():
    town = make.make_town(size=1)
    for number in range(21):
        make.make_incident(town, title=f"Case {number}")
    first = w.get("/testville/cases/", sort="oldest")
    assert len(titles(first)) == 20
    link = w.soup(first).select_one(".pages a[rel=next]")["href"]
    assert link == "?sort=oldest&page=2"
    second = w.get("/testville/cases/" + link)
    assert titles(second) == ["Case 20"]
    assert w.text_of(second, ".pages") == "Previous page Page 2 of 2"


def queries(url: str) -> int:
    client = w.visitor()
    client.get(url)
    with CaptureQueriesContext(connection) as seen:
        client.get(url)
    return len(seen)


def test_lists_ask_as_often_for_three_cases_as_for_one():
    town = make.make_town(size=1)
    make.make_assessment(town)
    urls = ["/", "/testville/", "/testville/cases/"]
    one = [queries(url) for url in urls]
    for _ in range(2):
        w.opened(town, incident=make.make_incident(town))
    assert [queries(url) for url in urls] == one


def test_case_of_another_town_is_in_no_list():
    town = make.make_town(size=1)
    make.make_incident(make.make_town(slug="elsewhere", code="EW", size=1), title="Foreign case")
    assert list(cases_of(town.jurisdiction, CaseFilter())) == []
    assert "Foreign case" not in w.text_of(w.get("/testville/cases/"))


def test_home_shows_what_is_open_and_how_many_there_are():
    cases_in_stages()
    page = w.get("/testville/")
    assert w.text_of(page, ".callout h3") == "Housing chatbot"
    assert w.text_of(page, ".figures") == "4 cases in all 1 open for answers 0 being counted 0 with a published score"
    assert w.text_of(page, "[aria-labelledby=latest] .empty") == "No score has been published yet."


def test_home_shows_the_latest_result_in_one_sentence():
    world = w.published()
    page = w.get("/testville/", at=w.CLOSED)
    assert w.text_of(page, "[aria-labelledby=open] .empty") == "Nothing is open for answers now."
    result = w.text_of(page, "[aria-labelledby=latest] li")
    assert result.startswith("Housing chatbot ")
    assert "out of 100, depending on whose weights you use." in result
    assert world.case_url in {link["href"] for link in w.soup(page).select("main a")}


def test_front_page_lists_towns_with_what_is_open():
    w.opened(make.make_town(size=1))
    make.make_town(slug="elsewhere", code="EW", size=1, synthetic=True)
    page = w.get("/")
    assert [part.get_text(strip=True) for part in w.soup(page).select("h3 a")] == ["Elsewhere", "Testville"]
    assert w.text_of(page, ".listing > li:nth-of-type(2) .tag--now") == "Open for your say"
    assert "made up" in w.text_of(page, ".listing > li:nth-of-type(1)")
    assert "made up" not in w.text_of(page, ".listing > li:nth-of-type(2)")


def test_front_page_without_towns_says_so():
    assert w.text_of(w.get("/"), ".empty") == "No place has been set up yet."


def test_town_without_cases_has_empty_pages():
    people.found_jurisdiction(
        code="NW", slug="newtown", name=make.text("Newtown"), purpose=make.text("To begin."), timezone="UTC",
        languages=["en"], roadmap_start=make.START, contact_email="a@newtown.example", synthetic=False, now=make.NOW,
    )  # fmt: skip
    assert w.text_of(w.get("/newtown/cases/"), ".empty") == "No case fits these filters."
    assert w.text_of(w.get("/newtown/lines/"), ".empty") == "No policy is in force yet, so there are no lines."
    assert w.get("/newtown/how-it-works/").status_code == 200
    assert w.get("/nowhere-at-all/").status_code == 404


def changed_since(world, instant):
    return list(cases_of(world.town.jurisdiction, CaseFilter(changed_since=instant)))


def test_a_case_has_changed_when_a_step_of_its_talks_is_written_down():
    world = w.published()
    later = w.CLOSED + dt.timedelta(minutes=5)
    assert changed_since(world, later) == []
    advance_case(world.assessment.pk, later)
    assert changed_since(world, later) == [world.assessment.incident]


def test_a_step_written_down_late_counts_by_then_and_not_by_the_legal_time_that_it_is_about():
    """Whoever asked in between has not seen it yet."""
    world, _now = t.judged(t.SPLIT)
    due = t.talks_of(world).clocks.get(kind="statements").due_at
    asked = due + dt.timedelta(hours=1)
    assert changed_since(world, asked) == []
    advance_due_cases(asked + dt.timedelta(hours=1))
    assert AuditEvent.objects.get(kind="case.statements_ended").effective_at == due
    assert changed_since(world, asked) == [world.assessment.incident]
