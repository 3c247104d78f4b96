"""Reading what is public: lists in pages, filters, one content on page, file and API, and nothing of an open round."""

import hashlib
import json

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from assessments.actions.evidence import add_evidence
from assessments.models import Incident, Source
from assessments.states import EvidenceKind, RoundState, Visibility
from lastvote.access import Role
from tests import factories as make
from tests.architecture.routes import receipt_of
from tests.architecture.world import NOW, STATES

HERE = "/api/v1/testville/"
LICENCE = '<https://creativecommons.org/licenses/by/4.0/>; rel="license"'


@pytest.fixture
def ask(browsers):
    """Ask as a visitor, unless somebody else is named."""

    def answer(path, who="visitor", **more):
        return browsers.ask(who, "GET", path if path.startswith("/") else HERE + path, **more)

    return answer


@pytest.fixture
def read(ask):
    """Return what stands at an address."""

    def answer(path, **more):
        response = ask(path, **more)
        assert response.status_code == 200, (path, response.content)
        return json.loads(response.content)

    return answer


def references(found):
    return [row["reference"] for row in found["case"]]


def case_of(world, state):
    return f"cases/{world.cases[state].reference}/"


# --- Lists ------------------------------------------------------------------------------------------------------


def test_a_list_comes_in_pages_that_lead_to_each_other(world, read):
    first = read("cases/?size=3&sort=oldest")
    assert first["page"] == {"number": 1, "size": 3, "count": 8}
    assert (first["previous"], references(first)) == (None, [world.cases[state].reference for state in STATES[:3]])
    second = read(first["next"].removeprefix("http://localhost:8000"))
    last = read(second["next"].removeprefix("http://localhost:8000"))
    assert references(first) + references(second) + references(last) == [one.reference for one in world.cases.values()]
    assert (last["page"]["number"], last["next"]) == (3, None)
    assert last["previous"] == second["next"].replace("page=3", "page=2")


def test_a_page_behind_the_last_one_is_empty_and_leads_back(read):
    found = read("cases/?page=9&size=5")
    assert (references(found), found["next"]) == ([], None)
    assert found["previous"].endswith("?page=2&size=5")


def test_row_62_a_page_holds_a_hundred_rows_at_most(read):
    assert read("cases/?size=999999999")["page"]["size"] == 100


@pytest.mark.parametrize(
    "query",
    ["order=password", "a__b__c=1", "_connector=OR", "id=1", "jurisdiction__slug=otherville", "page_size=5", "Q=x"],
)
def test_row_62_what_no_list_can_be_asked_for_is_refused(ask, query):
    response = ask(f"cases/?{query}")
    body = json.loads(response.content)
    assert (response.status_code, body["code"]) == (400, "unknown_filter")
    assert body["details"] == {"parameter": query.partition("=")[0]}
    assert body["detail"] == (
        "This address can be asked for: q, stage, sort, changed_since, published_after, page, size."
    )


def test_an_address_that_can_be_asked_for_nothing_says_so(ask):
    response = ask("lines/?day=2026-01-01")
    assert json.loads(response.content)["detail"] == "Nothing can be asked for behind this address."


@pytest.mark.parametrize(
    ("query", "code"),
    [
        ("page=-1", "not_an_integer"), ("page=0", "out_of_range"), ("page=1.0", "not_an_integer"),
        ("page=%207%20", "not_an_integer"), ("page=", "not_an_integer"), ("page=1e3", "not_an_integer"),
        ("page=" + "9" * 31, "not_an_integer"), ("page=٣", "not_an_integer"), ("page=100001", "out_of_range"),
        ("size=0", "out_of_range"), ("size=1000000000", "not_an_integer"), ("stage=nonsense", "unknown_value"),
        ("sort=-created_at", "unknown_value"), ("q=%00", "null_characters"), ("q=" + "x" * 101, "too_long"),
        ("page=1&page=2", "given_twice"),
    ],
)  # fmt: skip
def test_rows_58_62_what_makes_no_sense_is_refused_and_named(ask, query, code):
    response = ask(f"cases/?{query}")
    body = json.loads(response.content)
    assert (response.status_code, body["code"], body["details"]) == (400, code, {"parameter": query.partition("=")[0]})


def test_the_filters_find_what_those_of_the_page_find(world, read, ask):
    for query in ("q=OPEN", "stage=scored", "stage=weighing&sort=closing", "q=nothing", f"q={world.cases['open']}"):
        assert references(read(f"cases/?{query}")) == references(
            json.loads(ask(f"/testville/cases.json?{query}").content)
        )
    assert references(read("cases/?q=open")) == [world.cases["open"].reference]


@pytest.mark.parametrize("name", ["changed_since", "published_after"])
@pytest.mark.parametrize(
    ("typed", "code"),
    [
        ("2025-02-30T10:00:00Z", "invalid_date"), ("2025-13-01T10:00:00Z", "invalid_date"),
        ("0000-01-01T00:00:00Z", "invalid_date"), ("99999", "invalid_date"), ("20250105", "invalid_date"),
        ("20250105T100000Z", "invalid_date"), ("٢٠٢٥-01-05T10:00:00Z", "invalid_date"), ("2025-01-05", "invalid_date"),
        ("2025-01-05 10:00:00Z", "invalid_date"), ("2025-01-05T10:00:00 02:00", "invalid_date"), ("", "invalid_date"),
        ("2025-01-05T24:00:01Z", "invalid_date"), ("2025-01-05T10:00:00", "timezone_required"),
        ("2025-03-30T02:30", "timezone_required"), ("0001-01-01T00:00%2B14:00", "out_of_range"),
        ("1999-12-31T23:59:59Z", "out_of_range"), ("9999-12-31T23:59:59-14:00", "out_of_range"),
    ],
)  # fmt: skip
def test_rows_47_48_49_an_instant_needs_its_zone(ask, name, typed, code):
    response = ask(f"cases/?{name}={typed}")
    assert (response.status_code, json.loads(response.content)["code"]) == (400, code)


def test_cases_that_changed_are_those_with_a_newer_entry_in_their_timeline(world, read):
    def since(moment):
        return {state for state, case in world.cases.items() if case.reference in references(read(moment))}

    assert since("cases/?changed_since=2026-01-01T00:00:00Z") == set(STATES)
    assert since("cases/?changed_since=2026-06-03T12:00:00Z") == {"published"}
    assert since("cases/?changed_since=2026-06-03T14:00:00%2B02:00") == {"published"}
    assert since("cases/?changed_since=2026-06-03T12:00:01Z") == set()
    assert since("cases/?changed_since=2026-06-01T12:00:00Z") == {"open", "published"}


def test_cases_with_a_newly_published_result(world, read):
    assert references(read("cases/?published_after=2026-06-03T11:59:59Z")) == [world.cases["published"].reference]
    assert references(read("cases/?published_after=2026-06-03T12:00:00Z")) == []


# --- One content ------------------------------------------------------------------------------------------------


def test_a_case_and_a_working_are_the_very_bytes_of_the_files(world, ask):
    case = case_of(world, "published")
    for below, file in (("", "case.json"), ("score/", "score/working.json")):
        assert ask(f"{case}{below}").content == ask(f"/testville/{case}{file}").content
    assert ask(f"{case}score/").content == ask(f"{case}assessments/1/score/").content


def test_records_are_the_very_bytes_that_hashes_name(world, ask, read):
    case = case_of(world, "published")
    record = ask(f"{case}assessments/1/rounds/1/record/").content
    (course,) = read(f"{case}assessments/1/rounds/1/")["course"]
    assert hashlib.sha256(record).hexdigest() == course["record_sha256"]
    assert record == ask(f"/testville/{case}rounds/1/record.json").content
    assert ask(f"{case}assessments/1/evidence/").content == ask(f"/testville/{case}evidence.json").content
    (version,) = read("policies/in-force/")["policies"]
    assert hashlib.sha256(ask("/testville/lines/policy-1.json").content).hexdigest() == version["sha256"]
    assert read("policies/1/") == read("policies/in-force/")
    assert read("policies/1/")["body"] == json.loads(ask("/testville/lines/policy-1.json").content)


def test_whoever_has_the_newest_already_gets_nothing_more(world, ask):
    case = case_of(world, "published")
    for path in ("", "cases/", case, f"{case}score/", "lines/", "/api/v1/openapi.json"):
        first = ask(path)
        assert first["ETag"] == f'"{hashlib.sha256(first.content).hexdigest()}"'
        again = ask(path, headers={"if-none-match": first["ETag"]})
        assert (again.status_code, again.content, again["ETag"]) == (304, b"", first["ETag"])
    assert ask(case)["Link"] == LICENCE


def test_answers_do_not_depend_on_the_readers_language(world, ask):
    case = case_of(world, "published")
    for path in ("", "cases/", case, f"{case}score/", "policies/", "validation/"):
        assert ask(path).content == ask(path, headers={"accept-language": "pt"}).content


def test_the_jurisdiction_leads_to_everything(read, ask):
    found = read("")
    assert [row["group"] for row in found["stakeholders"]] == ["A", "C", "D"]
    assert (found["place"][0]["timezone"], found["languages"]) == ("Europe/Lisbon", [{"language": "en"}])
    assert {ask(row["address"].removeprefix("http://localhost:8000")).status_code for row in found["links"]} == {200}


def test_the_policy_says_which_version_is_in_force_and_the_lines_follow(read):
    assert [(row["number"], row["in_force"]) for row in read("policies/")["policies"]] == [(1, True)]
    found = read("lines/")
    assert found["day"][0] == {
        "day": "2026-06-03", "policy": 1, "month": 5, "measures_line": "0.6000", "suspension_line": "0.8000",
    }  # fmt: skip
    assert [row["level"] for row in found["lines"]] == ["L", "M", "H"]


# --- What stays hidden ------------------------------------------------------------------------------------------


def test_an_open_round_shows_bands_and_nothing_else(world, read):
    found = read(f"{case_of(world, 'open')}assessments/1/rounds/1/")
    assert found["heard"] == [{"group": code, "at_least": 0} for code in "ACD"]
    assert (found["groups"], found["course"][0]["record"]) == ([], None)
    assert [row["voice"] for row in found["voices"]] == [3334, 3333, 3333]
    assert read(f"{case_of(world, 'open')}score/")["result"][0]["score_source"] == "EQ"


def test_a_published_round_shows_who_was_counted(world, read):
    found = read(f"{case_of(world, 'published')}assessments/1/rounds/1/")
    assert found["heard"] == []
    assert [(row["group"], row["answers"]) for row in found["groups"]] == [("A", 5), ("C", 5), ("D", 5)]


def test_a_round_that_nobody_announced_does_not_exist(world, read, ask):
    case = case_of(world, "proposed")
    assert world.cases["proposed"].assessments.get().rounds.get().state == RoundState.DRAFT
    assert read(f"{case}rounds/")["rounds"] == read(f"{case}assessments/1/")["rounds"] == []
    assert ask(f"{case}assessments/1/rounds/1/").status_code == 404


def test_what_is_withheld_says_so_and_its_source_is_not_listed(world, read, ask):
    secret = Source.objects.create(jurisdiction=world.here.jurisdiction, title="SECRETWORD", published_words="2026")
    add_evidence(
        incident=world.cases["open"], kind=EvidenceKind.EVIDENCE, statement="SECRETWORD", as_of_words="2026",
        as_of_from=None, as_of_to=None, sources=[secret],
        by=world.here.staff[Role.SECRETARIAT], now=NOW, visibility=Visibility.RESTRICTED,
        visibility_reason="It names a witness.",
    )  # fmt: skip
    row = read(f"{case_of(world, 'open')}evidence/2/")["evidence"][0]
    assert (row["statement"], row["sources"], row["withheld_because"]) == (None, None, "It names a witness.")
    assert "SECRETWORD" not in ask("sources/").content.decode()
    assert ask(f"sources/{secret.token}/").status_code == 404
    assert ask(f"{case_of(world, 'open')}evidence/3/").status_code == 404


def test_a_system_without_a_public_case_is_not_listed(world, read, ask):
    system = world.here.jurisdiction.systems.get()
    (listed,) = read("systems/")["systems"]
    assert listed["cases"].split("\n") == [case.reference for case in world.cases.values()]
    assert read(f"systems/{system.token}/")["systems"] == [listed]
    unused = world.here.jurisdiction.systems.create(name="Unused", deployer=system.deployer, description={})
    other = world.there.jurisdiction.systems.get()
    assert len(read("systems/")["systems"]) == 1
    assert {ask(f"systems/{token}/").status_code for token in (unused.token, other.token, "0" * 16)} == {404}


def test_a_merged_case_leads_on_and_leaves_the_lists(world, read, ask):
    kept, merged = world.cases["open"], world.cases["received"]
    Incident.objects.filter(pk=merged.pk).update(merged_into=kept)
    answer = ask(f"cases/{merged.reference}/")
    assert (answer.status_code, answer["Location"]) == (302, f"{HERE}cases/{kept.reference}/")
    assert merged.reference not in references(read("cases/"))


def test_row_58_numbers_that_no_row_can_have_are_not_found(world, ask):
    huge = 10**30
    case = case_of(world, "published")
    paths = (
        f"{case}evidence/{huge}/",
        f"{case}assessments/{huge}/",
        f"policies/{huge}/",
        f"{case}assessments/1/rounds/{huge}/",
    )
    assert {ask(path).status_code for path in paths} == {404}


# --- Receipts ---------------------------------------------------------------------------------------------------


def test_the_holder_of_a_receipt_is_told_its_status_and_nothing_else(world, read, ask):
    code = receipt_of(world.rounds["open"], "author", world)
    shown = f"LV-{code[:4]}-{code[4:8]}-{code[8:]}"
    for typed in (code, code.lower(), shown):
        assert read(f"receipts/{typed}/") == {"receipt": shown, "status": "sent"}
    assert ask(f"receipts/{code}/")["Cache-Control"] == "no-store, private"


@pytest.mark.parametrize(
    "typed", ["K7M29QTD3XW", "LV-7K2M", "LV-7K2M-9QTD-3XA", "x" * 500, "%00", "٧" * 11, "<script>"]
)
def test_row_66_unknown_and_mistyped_receipts_get_one_answer(ask, typed):
    response, other = ask(f"receipts/{typed}/"), ask("nowhere/")
    assert (response.status_code, response.content) == (404, other.content)
    with CaptureQueriesContext(
        connection,
    ) as asked:
        ask(f"receipts/{typed}/")
    assert len([query for query in asked if "submissiondetail" in query["sql"]]) == 1


def test_a_receipt_of_elsewhere_is_not_found(world, ask):
    code = receipt_of(world.rounds["open"], "author", world)
    assert ask(f"/api/v1/otherville/receipts/{code}/").status_code == 404


# --- Effort -----------------------------------------------------------------------------------------------------

MOST = {
    "": 2, "cases/": 5, "{case}": 12, "{case}evidence/": 5, "{case}assessments/": 6, "{case}assessments/1/": 6,
    "{case}score/": 7, "{case}rounds/": 4, "{case}assessments/1/rounds/1/": 10, "systems/": 4, "deployers/": 4,
    "sources/": 4, "policies/": 4, "lines/": 3, "learning/": 3, "validation/": 3,
}  # fmt: skip
"""Questions that each address may ask the database, however many rows there are."""


@pytest.mark.parametrize("path", MOST)
def test_more_rows_ask_no_more(world, ask, path):
    address = path.format(case=case_of(world, "published"))
    town = world.here

    def questions():
        with CaptureQueriesContext(connection) as asked:
            assert ask(address).status_code == 200
        return [query["sql"] for query in asked if not query["sql"].startswith(("SAVEPOINT", "RELEASE", "ROLLBACK"))]

    before = questions()
    for number in range(3):
        deployer = town.jurisdiction.deployers.create(name=f"Office {number}")
        system = town.jurisdiction.systems.create(name=f"System {number}", deployer=deployer, description={})
        Incident.objects.filter(pk=make.make_incident(town, title=f"More {number}").pk).update(system=system)
        source = Source.objects.create(jurisdiction=town.jurisdiction, title=f"Report {number}", published_words="2026")
        add_evidence(
            incident=world.cases["published"], kind=EvidenceKind.EVIDENCE, statement="More.", as_of_words="2026",
            as_of_from=None, as_of_to=None, sources=[source], by=town.staff[Role.SECRETARIAT], now=NOW,
        )  # fmt: skip
    assert len(questions()) == len(before) <= MOST[path]
