"""The policy in public: one version in words, its history, and what differs between two versions."""

import datetime as dt
import hashlib
import json

import pytest

from assessments.actions import policies, policy_proposals
from assessments.models import PolicyVersion
from assessments.scoring.record import canonical_bytes
from lastvote.access import Role
from lastvote.texts import text
from tests import factories as make
from tests.deliberation import world as w
from tests.deliberation.test_lists import queries

pytestmark = pytest.mark.django_db

START = dt.date(2026, 7, 1)


def second_version(town: make.Town, **changes: object) -> PolicyVersion:
    """A version that two people made by proposing and adopting."""
    data = json.loads(town.jurisdiction.policies.latest("number").body)
    body = canonical_bytes({**data, "parameters": {**data["parameters"], **(changes or {"quorum": 5})}}).decode()
    proposal = policy_proposals.propose_policy(
        base=town.jurisdiction.policies.latest("number"), body=body, reason=text("Four were too few."),
        effective_from=START, by=town.staff[Role.ADMIN], now=make.NOW,
    )  # fmt: skip
    return policy_proposals.adopt_proposal(
        proposal=proposal, seen=proposal.digest, by=town.staff[Role.CHAIR], now=make.NOW + dt.timedelta(hours=1)
    )


def rows(page, anchor: str) -> dict[str, list[str]]:
    """The table under a heading: name to value, unit and source."""
    table = w.soup(page).select_one(f"#{anchor}").find_next("table")
    found = {}
    for row in table.select("tbody tr"):
        head, *cells = row.select("th, td")
        found[head.get_text(" ", strip=True)] = [cell.get_text(" ", strip=True) for cell in cells]
    return found


def changes(page) -> dict[str, list[str]]:
    """What differs: name to before, after and unit."""
    tables = [table for table in w.soup(page).select("main table") if table.select_one("[data-label=Before]")]
    return {
        row.select_one("th").get_text(strip=True): [cell.get_text(" ", strip=True) for cell in row.select("td")]
        for table in tables
        for row in table.select("tbody tr")
    }


def test_a_version_says_every_number_with_unit_and_source():
    make.make_town(size=0, voices="eq7")
    page = w.get("/testville/lines/policy-1/")
    assert rows(page, "lines")["High line at the start"] == ["80", "out of 100", "A.6.2; D16"]
    assert rows(page, "voices")["How much each group counts"][0] == "Equation 7, with the table below"
    assert rows(page, "methods")["Unfair exclusion: leaves languages out"][:2] == ["1", "parts"]
    assert rows(page, "rounds")["Longest round"] == ["30", "days", "Appendix G"]
    assert rows(page, "learning")["Past cases needed for each number that is learned"] == ["2", "cases", "D15"]
    assert rows(page, "exploring")["Times that chance is tried"] == ["4096", "draws", "D24"]
    assert rows(page, "recalibration")["What a missed case costs"] == ["5", "–", "Section 6; D31"]


def test_a_version_shows_its_voices_with_a_reason_for_each():
    make.make_town(size=0, codes=("A", "C"))
    table = w.soup(w.get("/testville/lines/policy-1/")).select("#voices ~ table")[1]
    told = [[cell.get_text(" ", strip=True) for cell in row.select("td")] for row in table.select("tbody tr")]
    assert told == [["1", "0", "1", "0", "as everybody else"]] * 2


def test_a_version_says_who_stands_behind_it_when_and_why():
    town = make.make_town(size=0)
    version = second_version(town)
    page = w.get("/testville/lines/policy-2/")
    told = w.text_of(page, ".summary")
    for words in ("1 July 2026", "Four were too few.", "Admin 1", "Chair 1", "1pm on Monday 1 June 2026",
                  "2pm on Monday 1 June 2026", version.sha256):  # fmt: skip
        assert words in told, words
    assert w.text_of(page, ".inset") == "This version is adopted and starts on 1 July 2026."
    assert (
        w.soup(w.get("/testville/lines/policy-2/", at=dt.datetime(2026, 7, 1, 12, tzinfo=dt.UTC))).select(".inset")
        == []
    )
    link = w.soup(page).select_one("dl a")["href"]
    assert hashlib.sha256(w.get(link).content).hexdigest() == version.sha256


def test_a_version_shows_what_it_changed_and_its_neighbours():
    town = make.make_town(size=0)
    second_version(town)
    first, second = w.get("/testville/lines/policy-1/"), w.get("/testville/lines/policy-2/")
    assert changes(first) == {}
    assert changes(second) == {"Groups needed for a result that is more than provisional": ["4", "5", "groups"]}
    assert [link["href"] for link in w.soup(first).select(".pages a")] == ["/testville/lines/policy-2/"]
    assert [link["href"] for link in w.soup(second).select(".pages a")] == ["/testville/lines/policy-1/"]


@pytest.mark.parametrize("number", ["0", "2", "99999999999999999999"])
def test_a_version_that_is_not_there_is_not_found(number):
    make.make_town(size=0)
    assert w.get(f"/testville/lines/policy-{number}/").status_code == 404


def test_versions_of_another_town_are_not_found():
    make.make_town(size=0)
    second_version(make.make_town(slug="elsewhere", code="EW", size=0))
    assert w.get("/elsewhere/lines/policy-2/").status_code == 200
    assert w.get("/testville/lines/policy-2/").status_code == 404


def test_lines_lead_to_every_version_and_its_file():
    town = make.make_town(size=0)
    second_version(town)
    links = {link["href"] for link in w.soup(w.get("/testville/lines/")).select("main a")}
    assert {f"/testville/lines/policy-{number}{end}" for number in (1, 2) for end in ("/", ".json")} <= links
    assert "/testville/lines/compare/" in links


def test_any_two_versions_are_compared_either_way_round():
    town = make.make_town(size=0)
    second_version(town)
    second_version(town, quorum=6, max_rounds=1)
    quorum, talks = "Groups needed for a result that is more than provisional", "Most rounds of talks"
    assert changes(w.get("/testville/lines/compare/")) == {quorum: ["5", "6", "groups"], talks: ["2", "1", "rounds"]}
    assert changes(w.get("/testville/lines/compare/", before="1", after="3"))[quorum] == ["4", "6", "groups"]
    assert changes(w.get("/testville/lines/compare/", before="3", after="1"))[quorum] == ["6", "4", "groups"]
    same = w.get("/testville/lines/compare/", before="2", after="2")
    assert w.text_of(same, ".empty") == "Nothing differs."
    chosen = w.soup(same).select("option[selected]")
    assert [one["value"] for one in chosen] == ["2", "2"]


@pytest.mark.parametrize("asked", [{"before": "7"}, {"after": "x"}, {"before": "-1", "after": ""}])
def test_versions_that_are_not_there_cannot_be_compared(asked):
    second_version(make.make_town(size=0))
    assert w.get("/testville/lines/compare/", **asked).status_code == 404


def test_one_version_alone_cannot_be_compared():
    make.make_town(size=0)
    page = w.get("/testville/lines/compare/")
    assert w.text_of(page, ".empty") == "There are not two versions of the policy yet."
    assert "/testville/lines/compare/" not in w.text_of(w.get("/testville/lines/"))


@pytest.mark.parametrize(("year", "words"), [
    (2026, "This is the first phase"), (2028, "This is the second phase"), (2030, "This is the third phase"),
    (2032, "This is the last phase"),
])  # fmt: skip
def test_lines_say_which_phase_it_is(year, words):
    make.make_town(size=0)
    assert words in w.text_of(w.get("/testville/lines/", at=dt.datetime(year, 2, 1, 12, tzinfo=dt.UTC)))


def test_phases_begin_in_the_months_of_the_policy():
    town = make.make_town(size=0)
    body = make.policy_body()
    body["parameters"] |= {"mandate_month": 0, "coverage_month": 1}
    policies.adopt_policy(
        jurisdiction=town.jurisdiction, body=body, reason=text("Sooner."), effective_from=make.START,
        proposed_by=town.staff[Role.ADMIN], adopted_by=town.staff[Role.CHAIR], now=make.NOW,
    )  # fmt: skip
    assert "This is the third phase" in w.text_of(w.get("/testville/lines/"))


def test_pages_ask_as_often_for_three_versions_as_for_two():
    town = make.make_town(size=0)
    second_version(town)
    urls = ["/testville/lines/", "/testville/lines/policy-2/", "/testville/lines/compare/"]
    two = [queries(url) for url in urls]
    second_version(town, quorum=6)
    assert [queries(url) for url in urls] == two
