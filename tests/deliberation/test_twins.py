"""Public pages as files: what stands in them, how it is written, and that the dictionary names every column."""

import csv
import hashlib
import io
import json
from decimal import Decimal

import pytest
from django.urls import reverse

from assessments.actions.merges import merge_incident
from assessments.models import Incident
from assessments.scoring.arithmetic import apportion
from assessments.states import Visibility
from deliberation.open_data.files import CASE, CASE_LIST, FILES, SENSITIVITY, WORKING, harmless, written
from lastvote.access import Role
from lastvote.texts import text
from tests import factories as make
from tests.computing import work_out
from tests.deliberation import world as w

pytestmark = pytest.mark.django_db


def read_csv(response):
    return list(csv.DictReader(io.StringIO(response.content.decode(), newline="")))


def facts(response):
    """The facts of a file by table, row and column."""
    return {(row["table"], row["row"], row["column"]): row["value"] for row in read_csv(response)}


def test_the_list_has_the_same_cases_in_both_files_and_under_the_same_filters():
    world = w.published()
    other = make.make_incident(world.town, title="Zeppelin over town")
    url = "/testville/cases"
    for query, wanted in (("", 2), ("?q=zeppelin", 1), ("?stage=scored", 1), ("?q=nothing", 0), ("?stage=nonsense", 2)):
        listed = json.loads(w.get(f"{url}.json{query}", at=w.CLOSED).content)["case"]
        sheet = read_csv(w.get(f"{url}.csv{query}", at=w.CLOSED))
        assert len(listed) == wanted
        assert [row["reference"] for row in sheet] == [row["reference"] for row in listed]
    (found,) = read_csv(w.get(f"{url}.csv?q=zeppelin", at=w.CLOSED))
    assert (found["reference"], found["title"], found["stage"]) == (other.reference, "Zeppelin over town", "received")
    assert (found["score"], found["provisional"], found["synthetic"], found["licence"]) == (
        "",
        "",
        "false",
        "CC BY 4.0",
    )
    assert found["page"].endswith(f"/testville/cases/{other.reference}/")


def test_the_list_holds_every_case_not_one_page_of_them():
    town = make.make_town(size=1)
    for number in range(23):
        make.make_incident(town, title=f"Case {number}")

    assert len(read_csv(w.get("/testville/cases.csv"))) == 23


def test_a_published_score_stands_in_the_list_with_four_decimals():
    world = w.published()
    page = w.text_of(w.get(world.case_url + "score/working/", at=w.CLOSED))
    (row,) = read_csv(w.get("/testville/cases.csv", at=w.CLOSED))

    assert f"The score is {row['score']}, read as" in page
    assert (row["score_source"], row["provisional"]) == ("RO", "false")


def test_the_working_can_be_repeated_from_either_file():
    world = w.published()
    data = json.loads(w.get(world.case_url + "score/working.json", at=w.CLOSED).content)
    (result,) = data["result"]
    parts = [Decimal(item["weight"]) * Decimal(item["effect"]) for item in data["items"]]
    assert sum(parts) == Decimal(result["unrounded"])
    told = facts(w.get(world.case_url + "score/working.csv", at=w.CLOSED))
    again = [
        Decimal(told["items", code, "weight"]) * Decimal(told["items", code, "effect"]) for code in ("I", "E", "R", "X")
    ]
    assert sum(again) == sum(parts)
    assert told["result", world.assessment.incident.reference, "score"] == result["score"]
    assert result["score_string"].startswith(result["score"])
    voices = {row["group"]: row["voice"] for row in data["groups"]}
    pooled = [
        sum(voices[row["group"]] * row["points"] for row in data["positions"] if row["item"] == item["item"])
        for item in data["items"]
    ]
    assert apportion(pooled) == tuple(int(Decimal(item["weight"]) * 10_000) for item in data["items"])


def test_an_earlier_assessment_has_a_working_of_its_own():
    world = w.published()
    numbered = w.get(world.case_url + "assessments/1/score/working.json", at=w.CLOSED)

    assert numbered.content == w.get(world.case_url + "score/working.json", at=w.CLOSED).content
    assert w.get(world.case_url + "assessments/2/score/working.json").status_code == 404


@pytest.mark.parametrize("stage", [w.rated, w.opened, w.answered, w.closed])
def test_before_the_publication_no_number_rests_on_answers(stage):
    world = stage()
    case = json.loads(w.get(world.case_url + "case.json", at=make.NOW + make.DAY).content)
    working = json.loads(w.get(world.case_url + "score/working.json", at=make.NOW + make.DAY).content)

    assert (case["groups"], working["groups"], working["positions"]) == ([], [], [])
    assert case["case"][0]["score_source"] == working["result"][0]["score_source"] == "EQ"
    assert {item["weight"] for item in working["items"]} == {"0.2500"}


def test_a_group_with_too_few_answers_is_not_numbered():
    world = w.published(silent=("A",))
    data = json.loads(w.get(world.case_url + "case.json", at=w.CLOSED).content)
    silent = next(row for row in data["groups"] if row["group"] == "A")

    assert (silent["counted"], silent["answers"], silent["score"], silent["how"]) == (False, None, None, None)
    assert next(row for row in data["groups"] if row["group"] == "B")["answers"] == 5


def test_withheld_evidence_tells_that_it_is_and_why_and_nothing_else():
    world = w.rated()
    item = world.assessment.incident.evidence.first()
    type(item).objects.filter(pk=item.pk).update(
        visibility=Visibility.RESTRICTED, visibility_reason="It names a witness.", statement="SECRETWORD",
        caveat="SECRETWORD", unit="SECRETWORD", low="771.5", high="772.5",
    )  # fmt: skip
    for kind in ("json", "csv"):
        content = w.get(world.case_url + f"case.{kind}").content.decode()
        assert "It names a witness." in content
        assert [word for word in ("SECRETWORD", "771.5", "772.5") if word in content] == []


def test_no_working_without_a_score_and_no_case_of_another_town():
    town = make.make_town(size=1)
    make.make_town(slug="elsewhere", code="EW", size=1)
    incident = make.make_incident(town)
    for kind in ("json", "csv"):
        assert w.get(f"/testville/cases/{incident.reference}/score/working.{kind}").status_code == 404
        assert w.get(f"/elsewhere/cases/{incident.reference}/case.{kind}").status_code == 404
        assert read_csv(w.get("/elsewhere/cases.csv")) == []


def test_a_merged_case_leads_to_the_one_it_went_into():
    town = make.make_town(size=1)
    kept, merged = make.make_incident(town), make.make_incident(town, title="The same again")
    Incident.objects.filter(pk=merged.pk).update(merged_into=kept)
    answer = w.get(f"/testville/cases/{merged.reference}/case.csv")

    assert (answer.status_code, answer["Location"]) == (302, f"/testville/cases/{kept.reference}/case.csv")
    assert [row["reference"] for row in read_csv(w.get("/testville/cases.csv"))] == [kept.reference]


@pytest.mark.parametrize("kind", ["json", "csv"])
def test_files_say_who_they_are_and_that_they_have_not_changed(kind):
    world = w.published()
    answer = w.get(world.case_url + f"case.{kind}", at=w.CLOSED)
    reference = world.assessment.incident.reference

    assert answer["Content-Type"] == {"json": "application/json", "csv": "text/csv; charset=utf-8"}[kind]
    assert answer["Content-Disposition"] == f'attachment; filename="testville-{reference}-case.{kind}"'
    assert answer["Link"] == '<https://creativecommons.org/licenses/by/4.0/>; rel="license"'
    assert answer["ETag"] == f'"{hashlib.sha256(answer.content).hexdigest()}"'
    again = w.visitor(at=w.CLOSED).get(
        world.case_url + f"case.{kind}", headers={"if-none-match": answer["ETag"], "accept-language": "pt"}
    )
    assert (again.status_code, again.content) == (304, b"")


def test_made_up_towns_mark_every_row():
    world = w.published(make.make_town(size=5, synthetic=True))

    assert json.loads(w.get(world.case_url + "case.json", at=w.CLOSED).content)["synthetic"] is True
    for name in ("case.csv", "score/working.csv", "score/sensitivity.csv"):
        assert {row["synthetic"] for row in read_csv(w.get(world.case_url + name, at=w.CLOSED))} == {"true"}
    assert {row["synthetic"] for row in read_csv(w.get("/testville/cases.csv", at=w.CLOSED))} == {"true"}


@pytest.mark.parametrize("sign", ["=", "+", "-", "@", "\t", "\r", "\0"])
def test_a_cell_that_would_be_a_formula_is_made_harmless(sign):
    assert harmless(f"{sign}HYPERLINK(1)") == f"'{sign}HYPERLINK(1)"
    assert harmless(f"a{sign}") == f"a{sign}"


def test_a_title_that_is_a_formula_arrives_as_words():
    town = make.make_town(size=1)
    incident = make.make_incident(town, title='=HYPERLINK("http://x","y")')
    url = f"/testville/cases/{incident.reference}/case"

    assert read_csv(w.get("/testville/cases.csv"))[0]["title"] == '\'=HYPERLINK("http://x","y")'
    assert facts(w.get(f"{url}.csv"))["case", incident.reference, "title"].startswith("'=")
    assert json.loads(w.get(f"{url}.json").content)["case"][0]["title"] == '=HYPERLINK("http://x","y")'


def test_texts_stand_in_the_language_they_were_written_in_with_every_sign():
    town = make.make_town(size=1)
    incident = make.make_incident(town)
    words = 'Crónica, "dita"\nعربي'
    Incident.objects.filter(pk=incident.pk).update(title=text(words, "pt"))
    (row,) = read_csv(w.get("/testville/cases.csv"))

    assert (row["language"], row["title"]) == ("pt", words)


def test_written_follows_the_standard():
    assert written(("a", "b"), [("x,y", None), ('"', True), ("é\nf", 7)]) == (
        'a,b\r\n"x,y",\r\n"""",true\r\n"é\nf",7\r\n'.encode()
    )


# --- The dictionary ---------------------------------------------------------------------------------------------


def test_the_dictionary_names_every_column_of_every_file():
    world = w.published()
    merge_incident(
        incident=make.make_incident(world.town), into=world.assessment.incident, reason="The same again.",
        by=world.staff(Role.SECRETARIAT), now=make.NOW,
    )  # fmt: skip
    work_out(world.assessment, w.CLOSED)
    page = w.soup(w.get("/testville/data/"))
    named = {
        section.h2["id"].removeprefix("table-"): [cell.get_text(strip=True) for cell in section.select("tbody th")]
        for section in page.select("main section")
        if section.select("table")
    }
    addresses = {
        "cases": "/testville/cases",
        "case": world.case_url + "case",
        "working": world.case_url + "score/working",
        "sensitivity": world.case_url + "score/sensitivity",
    }
    for file in (CASE_LIST, CASE, WORKING, SENSITIVITY):  # those of talks: test_talks_files.py
        heading = read_csv(w.get(addresses[file.name] + ".csv", at=w.CLOSED))[0]
        assert list(heading) == named[file.sheet.name] + named["marks"]
        data = json.loads(w.get(addresses[file.name] + ".json", at=w.CLOSED).content)
        for table in file.tables:
            assert data[table.name], table.name
            for row in data[table.name]:
                assert sorted(row) == sorted(named[table.name])
    every = [table for file in FILES for table in (*file.tables, file.sheet)]
    assert set(named) == {table.name for table in every} | {"marks"}
    assert len(set(map(id, every))) == len(named) - 1


def test_every_value_is_one_that_the_dictionary_allows():
    world = w.published(silent=("A",))
    allowed = {
        table.name: {column.name: set(column.allowed) for column in table.columns if column.allowed}
        for file in FILES
        for table in file.tables
    }
    for name in ("case.csv", "score/working.csv"):
        for (table, _row, column), value in facts(w.get(world.case_url + name, at=w.CLOSED)).items():
            if value and column in allowed[table]:
                assert value in allowed[table][column], (table, column)


def test_no_two_columns_of_a_table_have_one_name_and_every_one_is_explained():
    for file in FILES:
        for table in (*file.tables, file.sheet):
            names = [column.name for column in table.columns]
            assert len(set(names)) == len(names)
            assert [column.name for column in table.columns if not str(column.meaning).strip()] == []


def test_the_pages_link_to_their_files():
    world = w.published()
    reference = world.assessment.incident.reference
    pages = {
        "/testville/cases/?q=case&stage=scored": [
            f"/testville/cases.{kind}?q=case&stage=scored" for kind in ("csv", "json")
        ],
        world.case_url: [reverse(f"case_{kind}", args=["testville", reference]) for kind in ("csv", "json")],
        world.case_url + "score/working/": [
            reverse(f"assessment_working_{kind}", args=["testville", reference, 1]) for kind in ("csv", "json")
        ],
    }
    for page, wanted in pages.items():
        links = [link["href"] for link in w.soup(w.get(page, at=w.CLOSED)).select(".downloads a")]
        assert links == [*wanted, "/testville/data/"]
        assert [w.get(link, at=w.CLOSED).status_code for link in links] == [200, 200, 200]
