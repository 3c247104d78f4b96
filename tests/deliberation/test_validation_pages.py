"""The pages of the tests on past cases, and the command that prints the same."""

import io
import json
import re
from decimal import Decimal

import pytest
from django.core.management import CommandError, call_command
from django.db import connection
from django.test.utils import CaptureQueriesContext

from assessments.states import EvidenceKind, SchemeName, Visibility
from deliberation.validation.past_cases import past_cases
from deliberation.validation.report import report
from lastvote.access import Role
from tests import factories as make
from tests.deliberation import past
from tests.deliberation import world as w
from tests.keeping import copied, kept

pytestmark = pytest.mark.django_db
built = kept(lambda: make.make_town(size=5))

LIST = "/testville/validation/"
ONLY_FAILURES = "We tested only known failures, so this cannot show false alarms."


@pytest.fixture
def town(built, db):
    return copied(built)


def page_of(incident):
    return f"{LIST}{incident.reference}/"


def printed(**options):
    out = io.StringIO()
    call_command("retrospective", stdout=out, **options)
    return out.getvalue()


def weighed_case(town):
    parts = {("I", 0): ("0.9", "0.8"), ("E", 0): ("0.2", "0.2")}
    assessment = past.rated(town, past.past_incident(town), ("0.5", "0.4"), parts=parts)
    past.weighed(town, assessment)
    return assessment.incident


def test_nothing_tested_says_that_the_lines_are_not_calibrated(town):
    make.make_assessment(town)
    page = w.get(LIST)
    assert w.text_of(page, ".empty") == "No past cases tested yet; the lines are therefore not calibrated."
    assert "Reconstruction with hindsight risk, not a finding." in w.text_of(page, ".notice")
    assert w.soup(page).select("table") == []
    assert printed().splitlines()[1:] == ["  No past cases tested yet; the lines are therefore not calibrated."]


def test_list_tells_level_verdict_and_lead_of_each_case(town):
    incident = past.past_incident(town)
    past.rated(town, incident)
    page = w.get(LIST)
    row = w.text_of(page, "tbody tr")
    assert "10 April 2018 Four factors 70.0 Moderate. Hit, 92 days ahead Moderate. Hit, 92 days ahead" in row
    assert w.soup(page).select_one("tbody th a")["href"] == page_of(incident)
    assert "1 of 1 2.5 to 100.0 in 100" in row


def test_failures_alone_show_no_false_alarms_and_controls_do(town):
    past.rated(town, past.past_incident(town))
    assert ONLY_FAILURES in w.text_of(w.get(LIST))
    assert w.soup(w.get(LIST)).select("#false-alarms") == []
    assert ONLY_FAILURES in printed()
    past.rated(town, past.past_incident(town, "Quiet system", control=True), ("0.55", "0.55"))
    page = w.get(LIST)
    assert ONLY_FAILURES not in w.text_of(page)
    counts = [[cell.text.strip() for cell in row.select("td.number")] for row in w.soup(page).select("tbody tr")]
    assert counts[-2:] == [["1", "0", "1", "0"], ["1", "0", "0", "1"]]
    assert "Control, nothing went wrong" in w.text_of(page)
    assert ONLY_FAILURES not in printed()


def test_fewer_controls_than_failures_say_little(town):
    past.rated(town, past.past_incident(town))
    past.rated(town, past.past_incident(town, "Quiet", control=True))
    assert "fewer than the failures" not in w.text_of(w.get(LIST))
    past.rated(town, past.past_incident(town, "Another"))
    assert "That is fewer than the failures, so it says little." in w.text_of(w.get(LIST))


def test_a_case_is_a_dated_question_with_its_banner(town):
    incident = past.past_incident(town)
    past.rated(town, incident)
    page = w.get(page_of(incident))
    question = "What would the score have said on 10 April 2018, from what was known that day?"
    assert w.text_of(page, ".lead") == question
    assert "Reconstruction with hindsight risk, not a finding." in w.text_of(page, ".notice")


def test_a_weighed_case_draws_every_weighting_and_tells_the_same(town):
    page = w.get(page_of(weighed_case(town)), at=w.CLOSED)
    drawn = [mark["data-score"] for mark in w.soup(page).select("svg [data-score]")]
    table = w.soup(page).select("figure table")[0]
    told = [row.select("td")[0].text.strip() for row in table.select("tbody tr")]
    assert drawn == told
    assert len(drawn) == 13
    names = [" ".join(row.th.get_text(" ").split()) for row in table.select("tbody tr")]
    assert names[:2] == ["All groups together", "Aa Group A"]


def test_a_group_that_is_not_counted_is_named_without_a_number(town):
    incident = past.past_incident(town)
    past.weighed(town, past.rated(town, incident), silent=("F",))
    page = w.get(page_of(incident), at=w.CLOSED)
    assert "Ff Group F : fewer than 5 answers, not counted" in w.text_of(page)
    names = [row.th.get_text(" ") for row in w.soup(page).select("figure table")[0].select("tbody tr")]
    assert [name for name in names if "Group F" in name] == []


def test_outcomes_stand_only_beside_what_was_called_for(town):
    incident = past.past_incident(town)
    past.rated(town, incident)
    page = w.get(page_of(incident))
    assert "A regulator fined the platform." in w.text_of(page, "[aria-labelledby=outcome]")
    assert "A regulator fined the platform." not in w.text_of(page, "[aria-labelledby=evidence]")
    assert "A review, with one session in which all groups talk it through." in w.text_of(page, "#outcome ~ table")


def test_a_control_says_that_nothing_went_wrong(town):
    incident = past.past_incident(town, control=True)
    past.rated(town, incident)
    assert "Nothing went wrong. That is why this case is a control." in w.text_of(w.get(page_of(incident)))


def test_withheld_evidence_and_outcomes_are_withheld_here_too(town):
    incident = past.past_incident(town)
    for kind in (EvidenceKind.EVIDENCE, EvidenceKind.OUTCOME):
        past.add_row(
            town, incident, "SECRET words", past.KNOWN_ON, kind=kind, visibility=Visibility.RESTRICTED,
            visibility_reason="It names a child.",
        )  # fmt: skip
    past.rated(town, incident)
    page = w.get(page_of(incident))
    assert w.text_of(page).count("Reason: It names a child.") == 2
    assert b"SECRET" not in page.content
    assert "SECRET" not in printed(json="-")


def test_a_day_filters_the_evidence_and_never_rescores(town):
    incident = past.past_incident(town)
    past.add_row(town, incident, "It was more.", past.dt.date(2018, 4, 4))
    past.add_row(town, incident, "Nobody knows when.", None)
    past.rated(town, incident)
    whole, early = w.get(page_of(incident)), w.get(page_of(incident), known_by="1 April 2018")
    evidence = "[aria-labelledby=evidence] ol"
    assert [part["id"] for part in w.soup(whole).select(f"{evidence} > li")] == [
        "evidence-1", "evidence-3", "evidence-4",
    ]  # fmt: skip
    assert [part["id"] for part in w.soup(early).select(f"{evidence} > li")] == ["evidence-1"]
    assert w.text_of(early, "figure") == w.text_of(whole, "figure")
    assert "The ratings and scores do not change with this day." in w.text_of(early, ".inset")
    assert w.text_of(whole, ".inset") == ""


def test_a_day_before_the_evidence_says_which_ratings_rest_on_what_was_not_known(town):
    incident = past.past_incident(town)
    past.rated(town, incident)
    page = w.get(page_of(incident), known_by="2018-03-19")
    assert "4 ratings rest on evidence that was not known by 19 March 2018." in w.text_of(page, "details")
    assert w.text_of(page, "details").count("No: row 1") == 4
    assert w.text_of(page, "[aria-labelledby=evidence] .empty") == "No row was known by that day."


@pytest.mark.parametrize("typed", ["tomorrow", "31 June 2018", "10 April 0018", "\x00", "9" * 500])
def test_what_is_no_day_comes_back_with_an_error(town, typed):
    incident = past.past_incident(town)
    past.rated(town, incident)
    page = w.get(page_of(incident), known_by=typed)
    assert page.status_code == 422
    assert w.soup(page).title.text.split()[0] == "Error:"
    assert w.soup(page).select_one(".error-summary a")["href"] == "#id_known_by"


def test_only_past_cases_of_this_town_with_a_score_have_a_page(town):
    other = make.make_town(slug="elsewhere", code="EW", size=1)
    today = make.make_assessment(town).incident
    unrated, foreign = past.past_incident(town), past.past_incident(other, "Foreign")
    past.rated(other, foreign)
    addresses = [page_of(today), page_of(unrated), page_of(foreign), f"{LIST}TV-1999-0001/"]
    assert [w.get(address).status_code for address in addresses] == [404] * 4


@pytest.mark.parametrize("role", [None, Role.SECRETARIAT, Role.CHAIR, Role.AUDITOR])
def test_everybody_reads_the_same_page(town, role):
    incident = past.past_incident(town)
    past.rated(town, incident)
    by = town.staff[role] if role else None
    assert w.text_of(w.get(page_of(incident), by=by)) == w.text_of(w.get(page_of(incident)))
    assert w.post(page_of(incident), by=w.visitor(by)).status_code == 405


def test_pages_ask_as_often_for_three_cases_as_for_one(town):
    incident = weighed_case(town)
    past.rated(town, incident, scheme=SchemeName.TAXONOMY)
    one = [queries(LIST), queries(page_of(incident))]
    for title in ("Second", "Third"):
        other = past.past_incident(town, title)
        past.rated(town, other)
        past.rated(town, other, scheme=SchemeName.TAXONOMY)
    assert [queries(LIST), queries(page_of(incident))] == one
    assert one == [9, 10]


def queries(url):
    client = w.visitor()
    client.get(url)
    with CaptureQueriesContext(connection) as seen:
        client.get(url)
    return len(seen)


def test_command_writes_the_numbers_of_the_page(town, tmp_path):
    incident = weighed_case(town)
    file = tmp_path / "past.json"
    assert printed(json=str(file)).splitlines()[-1] == f"Written to {file}."
    data, found = json.loads(file.read_text())["jurisdictions"][0], past_cases(town.jurisdiction)
    assert data == json.loads(json.dumps(report(town.jurisdiction, found)))
    table = w.soup(w.get(page_of(incident), at=w.CLOSED)).select("figure table")[0]
    on_page = [[cell.text.strip() for cell in row.select("td")[:3]] for row in table.select("tbody tr")]
    rows = data["cases"][0]["scores"][0]["weightings"]
    shown = found.cases[0].scores[0].score.shown
    assert [[shown(Decimal(row[name])) for name in ("score", "low", "high")] for row in rows] == on_page
    assert data["tallies"][0]["hit_interval"] == ["0.0250", "1.0000"]


def test_command_prints_text_that_holds_every_score(town):
    weighed_case(town)
    text, data = printed(), json.loads(printed(json="-"))
    scores = [row["score"] for row in data["jurisdictions"][0]["cases"][0]["scores"][0]["weightings"]]
    assert [score for score in scores if score not in text] == []
    assert re.findall(r"classic 0\.\d{4} \(RO\): t0 (\w+) (\w+)(?: 92 days ahead)?, t1", text) == [("M", "hit")]


def test_command_takes_one_town_and_refuses_an_unknown_one():
    make.make_town(slug="elsewhere", code="EW", size=1)
    assert printed(jurisdiction="elsewhere").splitlines()[0] == "elsewhere"
    assert [line for line in printed().splitlines() if not line.startswith(" ")] == ["elsewhere", "testville"]
    with pytest.raises(CommandError, match=r"There is no jurisdiction nowhere\."):
        printed(jurisdiction="nowhere")
