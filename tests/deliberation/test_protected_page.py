"""A case that ended in the protective default: both outcomes side by side, the rule, and the record as a file."""

import json

import pytest
from django.core.management import call_command

from assessments.scoring.record import digest
from deliberation.models import ProtectiveFinding
from tests.deliberation import room_world as r
from tests.deliberation import talks_world as t
from tests.deliberation import world as w
from tests.keeping import copied, kept

pytestmark = pytest.mark.django_db


def build():
    world, _now = t.judged(t.SPLIT)
    return world, r.ended(world)


built = kept(build)


@pytest.fixture
def case(built):
    return copied(built)


def rows(page, place: int) -> list[list[str]]:
    table = w.soup(page).select("#score table")[place]
    return [[cell.get_text(" ", strip=True) for cell in row.select("th, td")] for row in table.select("tbody tr")]


def test_both_outcomes_stand_side_by_side(case):
    world, now = case
    page = w.get(world.case_url, at=now)
    assert rows(page, 0) == [
        ["Score", "82.0", "91.2"],
        ["Level", "High", "High"],
        ["Alert: highest line that is possibly crossed", "High", "High"],
        ["Powers that a committee may use", "extra measures and suspension", "extra measures and suspension"],
    ]
    assert rows(page, 1) == [["All groups together", "82.0", "–"], ["Group C", "91.2", "decided"]]
    notice = w.text_of(page, "#score .notice")
    assert "That is 91.2 out of 100, by the weights of Group C, instead of 82.0." in notice
    assert "It ends only when the case is reconsidered." in w.text_of(page, "#score")


def test_what_comes_next_is_that_the_committee_starts_from_it(case):
    world, now = case
    said = w.text_of(w.get(world.case_url, at=now), ".callout")
    assert "The committee must start from the most protective view, shown below." in said


def test_the_timeline_tells_the_steps_of_the_protocol(case):
    world, now = case
    told = w.text_of(w.get(world.case_url, at=now, all=""), "#timeline")
    assert "The most protective view of the people directly affected holds." in told
    assert told.count("The protocol convened a round of talks.") == 2


def test_the_record_is_served_byte_for_byte(case):
    world, now = case
    finding = ProtectiveFinding.objects.get()
    for path in ("protection.json", "assessments/1/protection.json"):
        page = w.get(world.case_url + path, at=now)
        assert (page.status_code, page.content.decode()) == (200, finding.body)
        assert page["ETag"] == f'"{digest(page.content)}"' == f'"{finding.sha256}"'
    assert w.get(world.case_url + "assessments/2/protection.json", at=now).status_code == 404


def test_the_score_string_on_the_page_is_worked_out_again_by_the_command(case, capsys):
    world, now = case
    shown = [code.get_text(strip=True) for code in w.soup(w.get(world.case_url, at=now)).select("#score code.hash")]
    finding = ProtectiveFinding.objects.get()
    assert shown == [finding.sha256, finding.score_string]
    call_command("score", shown[1])
    assert json.loads(finding.body)["protective"] in capsys.readouterr().out


def test_talks_that_are_over_are_linked_from_the_case(case):
    world, now = case
    links = w.soup(w.get(world.case_url, at=now)).select("#talks a")
    assert [link["href"] for link in links] == [
        f"{world.case_url}assessments/1/talks/{number}/" for number in (2, 1)
    ]  # fmt: skip
    assert [w.get(link["href"], at=now).status_code for link in links] == [200, 200]
